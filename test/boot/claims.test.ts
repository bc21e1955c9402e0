import {readdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createClaims} from '../../source/boot/claims.ts';
import {temporaryFolder} from './temporary-folder.ts';

const request = {runId: 'run_a', requestId: 'request_a_1'} as const;

test('of several screens the first one takes note of a request, whatever its id holds', () => {
	const dir = join(temporaryFolder(), 'notices');
	const [one, other] = [createClaims(dir, () => 0), createClaims(dir, () => 0)];
	expect([one(request), other(request), one(request)]).toEqual([true, false, false]);
	const hostile = {runId: 'run_../../x', requestId: 'request_/etc/passwd'} as const;
	expect([other(hostile), one(hostile)]).toEqual([true, false]);
	expect(readdirSync(dir)).toHaveLength(2);
});

test('what is a day old is forgotten, so that the folder stays small', () => {
	const dir = temporaryFolder();
	writeFileSync(join(dir, 'old'), '');
	writeFileSync(join(dir, 'new'), '');
	utimesSync(join(dir, 'old'), 1000, 1000);
	utimesSync(join(dir, 'new'), 90_000, 90_000);
	createClaims(dir, () => 100_000_000)(request);
	expect(readdirSync(dir)).toHaveLength(2);
	expect(readdirSync(dir)).toContain('new');
});

test('where nothing can be written each screen takes note by itself', () => {
	const file = join(temporaryFolder(), 'a-file');
	writeFileSync(file, '');
	expect(createClaims(file, () => 0)(request)).toBe(true);
});
