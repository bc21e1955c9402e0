import {expect, test} from 'vitest';
import {RunFileProblem, readRunFile, writeRunFile} from '../../source/records/run-file.ts';

const events = [
	{seq: 4, at: 1000, type: 'run.created', version: 1, cause: 'command', fields: {goal: 'line\nbreak', deep: {a: [1]}}},
	{seq: 9, at: 1001, type: 'run.paused', version: 2, cause: 'command', fields: {by: 'person'}},
];

const write = (): readonly string[] => [
	...writeRunFile({
		runId: 'run_a1',
		goal: 'a goal',
		deliverables: ['/out/report.md'],
		events: () => events,
		lineOf: value => JSON.stringify(value),
	}),
];

const bytes = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''));

test('what is written is read again, and the header names what is not packed', () => {
	const lines = write();
	expect(lines).toHaveLength(3);
	expect(JSON.parse(lines[0] ?? '')).toMatchObject({
		format: 'flotilla-run',
		version: 1,
		runId: 'run_a1',
		events: 2,
		deliverables: ['/out/report.md'],
	});
	expect(readRunFile(bytes(lines))).toEqual({runId: 'run_a1', goal: 'a goal', events});
});

test('any changed, missing or added byte after the header is noticed', () => {
	const whole = bytes(write());
	const start = whole.indexOf('\n') + 1;
	for (let at = start; at < whole.length; at++) {
		const changed = Buffer.from(whole);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(() => readRunFile(changed)).toThrow(RunFileProblem);
	}
	expect(() => readRunFile(whole.subarray(0, -5))).toThrow(/cut off or changed/);
	expect(() => readRunFile(Buffer.concat([whole, Buffer.from('{}\n')]))).toThrow(/cut off or changed/);
});

test.each([
	{what: 'an empty file', text: '', says: /first line is no JSON/},
	{what: 'a letter', text: 'Dear Ada,\n', says: /first line is no JSON/},
	{what: 'other JSON', text: '{"name": "x"}\n', says: /no file of `flotilla export`/},
	{what: 'a newer format', text: '{"format": "flotilla-run", "version": 2}\n', says: /newer Flotilla.*Update/},
	{what: 'half a header', text: '{"format": "flotilla-run", "version": 1}\n', says: /its header is not right/},
])('$what is refused in words', ({text, says}) => {
	expect(() => readRunFile(Buffer.from(text))).toThrow(says);
	expect(() => readRunFile(Buffer.from(text))).toThrow(RunFileProblem);
});

test('an id that could name a file elsewhere is refused', () => {
	const lines = write();
	const [header = '', ...rest] = lines;
	expect(() => readRunFile(bytes([header.replace('run_a1', 'run_../../etc'), ...rest]))).toThrow(/header is not right/);
});
