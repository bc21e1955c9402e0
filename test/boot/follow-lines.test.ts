import {appendFileSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {followLines} from '../../source/boot/follow-lines.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('every line comes once, whole, also those that are written while the file is put away for a new one', async () => {
	const file = join(temporaryFolder(), 'engine.log');
	const clock = createManualClock();
	const over = new AbortController();
	const lines: string[] = [];
	const followed = followLines({file, clock, abort: over.signal, onLine: line => lines.push(line)});
	const look = async (): Promise<void> => {
		clock.advance(250);
		await Promise.resolve();
	};
	await look();
	appendFileSync(file, 'one\ntwo, \u00fcb');
	await look();
	expect(lines).toEqual(['one']);
	appendFileSync(file, 'er\n');
	renameSync(file, `${file}.1`);
	appendFileSync(file, 'three\n');
	await look();
	appendFileSync(file, 'four\n');
	await look();
	expect(lines).toEqual(['one', 'two, über', 'three', 'four']);
	over.abort();
	await followed;
	expect(clock.waiting()).toBe(0);
});
