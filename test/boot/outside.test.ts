import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {createOutside} from '../../source/boot/outside.ts';
import {noOutside} from '../../store/outside.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {temporaryFolder} from './temporary-folder.ts';

const script = (text: string): string => {
	const path = join(temporaryFolder(), 'program.sh');
	writeFileSync(path, text);
	return `sh ${path}`;
};

const open = (env: Readonly<Record<string, string>>) => {
	let borrowed = 0;
	const outside = createOutside({
		env: {PATH: process.env['PATH'], ...env},
		clock: createManualClock(),
		copy: noOutside.copy,
		borrow: call => {
			borrowed++;
			return call();
		},
	});
	return {outside, borrowed: () => borrowed};
};

test('an editor changes the text, in a file nobody else can read, while it has the terminal', async () => {
	const {outside, borrowed} = open({
		VISUAL: script('ls -l "$1" | cut -c1-10 > "$1.mode"; cat "$1.mode" >> "$1"; echo "$1" >> "$1"'),
	});
	const edited = await outside.edit('step.md', 'first\n');
	expect(edited).toMatchObject({kind: 'edited', text: expect.stringMatching(/^first\n-rw-------\n.*step\.md\n$/)});
	expect(borrowed()).toBe(1);
});

test('nothing is left of the text afterwards', async () => {
	const seen = join(temporaryFolder(), 'seen');
	const pager = script(`cat "$1" > ${seen}; printf ' %s' "$1" >> ${seen}`);
	expect(await open({PAGER: pager}).outside.page('transcript.md', 'words')).toBeUndefined();
	const [text, path = ''] = readFileSync(seen, 'utf8').split(' ');
	expect(text).toBe('words');
	expect(existsSync(dirname(path))).toBe(false);
});

test('a program that fails, or is not there, is told in words', async () => {
	expect(await open({EDITOR: script('exit 3')}).outside.edit('a.md', '')).toEqual({
		kind: 'problem',
		text: 'sh ended with exit code 3.',
	});
	expect(await open({PAGER: 'no-such-pager'}).outside.page('a.md', '')).toMatch(
		/^no-such-pager could not be started .*Set PAGER to a program that is there\.$/,
	);
});

test('what was saved before an editor failed is kept, and its place told', async () => {
	for (const [end, words] of [
		['kill -KILL $$', 'sh was ended by SIGKILL.'],
		['exit 3', 'sh ended with exit code 3.'],
	]) {
		const edited = await open({EDITOR: script(`echo mine > "$1"; ${end}`)}).outside.edit('step.md', 'first');
		const [, told, path = ''] = /^(.*) What was saved is kept in (.*step\.md)\.$/.exec(edited.text) ?? [];
		expect([edited.kind, told]).toEqual(['problem', words]);
		expect(readFileSync(path, 'utf8')).toBe('mine\n');
		rmSync(dirname(path), {recursive: true});
	}
});

test('a text that an editor failed on without a change, or took away, is not kept', async () => {
	const seen = join(temporaryFolder(), 'seen');
	for (const deed of ['', 'rm "$1"; ']) {
		await open({EDITOR: script(`printf %s "$1" > ${seen}; ${deed}exit 1`)}).outside.edit('step.md', 'first');
		expect(existsSync(dirname(readFileSync(seen, 'utf8')))).toBe(false);
	}
});
