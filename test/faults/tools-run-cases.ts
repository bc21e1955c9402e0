import {execFileSync} from 'node:child_process';
import {closeSync, ftruncateSync, openSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** A call as a model should not make it, or on a file as a person should not have it. */
export type ToolCase = {
	readonly name: string;
	readonly tool: string;
	/** The input as it is streamed. What breaks the reply is sent once only, and then as `{}`. */
	readonly json: string;
	/** Whether the reply as a whole is refused, so that the model is asked again. */
	readonly breaks?: true;
	/** What the model must be told. */
	readonly says: RegExp;
};

const mb = 1024 * 1024;

const given = (name: string, tool: string, input: unknown, says: RegExp): ToolCase => ({
	name,
	tool,
	json: JSON.stringify(input),
	says,
});

const doesNotFit = /does not fit/;
const nested = (depth: number): string => `{"path": ${'['.repeat(depth)}${']'.repeat(depth)}}`;

export const malformedCases: readonly ToolCase[] = [
	given('a number for a path', 'read_file', {path: 7}, doesNotFit),
	given('an object for a path', 'read_file', {path: {toString: 'README.md'}}, doesNotFit),
	given('no field at all', 'read_file', {}, doesNotFit),
	given('null', 'read_file', null, doesNotFit),
	given('a list', 'read_file', ['README.md'], doesNotFit),
	given('a text', 'read_file', 'README.md', doesNotFit),
	given('a line that is no number', 'read_file', {path: 'README.md', from_line: '1; rm -rf /'}, doesNotFit),
	given('a line below the first', 'read_file', {path: 'README.md', from_line: -1}, doesNotFit),
	given('a number beyond all', 'grep', {pattern: 'x', max_results: 1e308}, doesNotFit),
	given('a field that nobody knows', 'read_file', {path: 'README.md', encoding: 'latin1'}, doesNotFit),
	given('a tool that nobody knows', 'launch_rocket', {path: 'README.md'}, /no tool/),
	given('a tool of the prototype', 'constructor', {}, /no tool/),
	given('an empty command', 'run_command', {command: ''}, doesNotFit),
	given('a name with a zero byte', 'read_file', {path: 'README.md\0.txt'}, /\S/),
	given('an empty name', 'read_file', {path: ''}, /\S/),
	given('a name of 5,000 letters', 'read_file', {path: 'x'.repeat(5000)}, /\S/),
	given('a name of 500 KB', 'read_file', {path: 'x'.repeat(mb / 2)}, /\S/),
	given('a pattern of 500 KB', 'grep', {pattern: 'x'.repeat(mb / 2)}, doesNotFit),
	given('a pattern that never ends', 'grep', {pattern: '(a+)+$', path: 'slow.txt'}, /took too long/),
	{name: 'a prototype as a field', tool: 'read_file', json: '{"__proto__": {"path": "README.md"}}', says: doesNotFit},
	{
		name: 'a prototype beside a path',
		tool: 'read_file',
		json: '{"path": "README.md", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
		says: /\S/,
	},
	{name: 'nested 100 deep', tool: 'read_file', json: nested(100), says: doesNotFit},
	{name: 'nested 20,000 deep', tool: 'edit_file', json: nested(20_000), breaks: true, says: doesNotFit},
	{name: 'input that is no JSON', tool: 'read_file', json: '{"path": "READ', breaks: true, says: doesNotFit},
	{
		name: 'input that is too much JSON',
		tool: 'read_file',
		json: '{"path": "README.md"}}',
		breaks: true,
		says: doesNotFit,
	},
];

export const hugeCases: readonly ToolCase[] = [
	given('10 MB in one line', 'run_command', {command: "head -c 10000000 /dev/zero | tr '\\0' x"}, /left out|let go/),
	given('10 MB in lines', 'run_command', {command: 'yes lorem | head -c 10000000'}, /left out|let go/),
	given('1 MB of noise', 'run_command', {command: 'head -c 1000000 /dev/urandom'}, /exit code 0/),
	given('1 GB read', 'read_file', {path: 'big.bin'}, /too large|large|MB|bytes/i),
	given('1 GB searched', 'grep', {pattern: 'x', path: 'big.bin'}, /not searched|too large/),
	given('1 GB counted', 'count_lines', {path: 'big.bin'}, /files: 1/),
	given('1 GB edited', 'edit_file', {path: 'big.bin', old_string: 'a', new_string: 'b'}, /large|bytes/i),
	given('40 MB of text counted', 'count_lines', {path: 'long.txt'}, /lines: 20000000/),
	given('40 MB of text read', 'read_file', {path: 'long.txt'}, /large|bytes/i),
	given('9 MB in one line read', 'read_file', {path: 'line.txt'}, /more characters/),
	given('a binary file read', 'read_file', {path: 'noise.bin'}, /binary|not text|no text/i),
	given('a binary file searched', 'grep', {pattern: 'x', path: 'noise.bin'}, /not text/),
	given('a binary file counted', 'count_lines', {path: 'noise.bin'}, /binary files: 1/),
	given('no UTF-8 read', 'read_file', {path: 'latin1.txt'}, /caf/),
	given('no UTF-8 searched', 'grep', {pattern: 'caf', path: 'latin1.txt'}, /matching lines: 1/),
	given('no UTF-8 counted', 'count_lines', {path: 'latin1.txt'}, /lines: 1/),
	given('no UTF-8 edited', 'edit_file', {path: 'latin1.txt', old_string: 'caf', new_string: 'tea'}, /not UTF-8/),
	given('a pipe that nobody fills read', 'read_file', {path: 'pipe'}, /\S/),
];

/** The files of these cases. The big one takes no room on the disk. */
export const prepareCases = (dir: string): void => {
	const put = (name: string, content: string | Buffer): void => writeFileSync(join(dir, name), content);
	const big = openSync(join(dir, 'big.bin'), 'w');
	ftruncateSync(big, 1024 * mb);
	closeSync(big);
	put('README.md', '# Tools\n');
	put('slow.txt', `${'a'.repeat(40)}!\n`);
	put('long.txt', 'x\n'.repeat(20_000_000));
	put('line.txt', 'x'.repeat(9 * mb));
	put('noise.bin', Buffer.from([0, 1, 2, 255, 0, 10, 27]));
	put('latin1.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]));
	execFileSync('mkfifo', [join(dir, 'pipe')]);
};
