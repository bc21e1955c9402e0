import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {openEngineLog} from '../../source/boot/engine-log.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('puts a full file away and keeps three of them, for the user alone', () => {
	const folder = temporaryFolder();
	const file = join(folder, 'engine.log');
	const diary = openEngineLog(file, () => 0);
	for (let n = 1; n <= 5; n++) {
		writeFileSync(file, `${n}`.padEnd(1024 * 1024 + 1, '.'), {mode: 0o600});
		diary.say(`after ${n}\nand more`);
	}
	expect(readdirSync(folder).sort()).toEqual(['engine.log', 'engine.log.1', 'engine.log.2', 'engine.log.3']);
	expect(readFileSync(file, 'utf8')).toBe('1970-01-01T00:00:00.000Z after 5\n  and more\n');
	expect([1, 2, 3].map(n => readFileSync(`${file}.${n}`, 'utf8').charAt(0))).toEqual(['5', '4', '3']);
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('loses what cannot be written, and nothing else', () => {
	expect(() => openEngineLog('/nowhere/at/all/engine.log', () => 0).say('hello')).not.toThrow();
});
