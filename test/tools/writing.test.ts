import {chmod, readFile, stat, symlink} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {makeTempProject, type TempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

let project: TempProject;
let box: ReturnType<typeof makeToolBox>;
beforeEach(async () => {
	project = await makeTempProject();
	box = makeToolBox(project);
});
afterEach(() => project.remove());

const content = (name: string) => readFile(path.join(project.root, name), 'utf8');
const modeOf = async (name: string) => (await stat(path.join(project.root, name))).mode & 0o777;

describe('write_file', () => {
	test('makes folders and a file with the modes that the person’s system gives', async () => {
		const outcome = await box.run('write_file', {path: 'a/b/new.txt', content: 'one\ntwo\n'});
		expect(outcome).toEqual({
			text: 'Wrote a/b/new.txt: 2 lines, 8 bytes.',
			isError: false,
			touched: [{path: path.join(project.root, 'a/b/new.txt'), how: 'written'}],
		});
		expect(await content('a/b/new.txt')).toBe('one\ntwo\n');
		await project.sh('mkdir same; : > same/file');
		expect(await modeOf('a/b/new.txt')).toBe(await modeOf('same/file'));
		expect(await modeOf('a/b')).toBe(await modeOf('same'));
		expect(await project.sh('ls -A a/b')).toBe('new.txt\n');
	});

	test('keeps the mode of a file it replaces, and writes through a link that stays inside', async () => {
		await project.write({'run.sh': 'old'});
		await chmod(path.join(project.root, 'run.sh'), 0o755);
		await symlink('run.sh', path.join(project.root, 'link.sh'));
		expect((await box.run('write_file', {path: 'link.sh', content: 'new'})).isError).toBe(false);
		expect(await content('run.sh')).toBe('new');
		expect(await modeOf('run.sh')).toBe(0o755);
		expect(await project.sh('readlink link.sh')).toBe('run.sh\n');
	});

	test('writes into the outputs folder', async () => {
		const outcome = await box.run('write_file', {path: 'outputs:sub/report.md', content: '# Report'});
		expect(outcome.touched).toEqual([{path: path.join(project.outputs, 'sub/report.md'), how: 'written'}]);
		expect(await project.sh('cat ../outputs/sub/report.md; ls')).toBe('# Report');
	});

	test('a failed write says so and leaves nothing behind', async () => {
		await project.write({file: 'x'});
		const outcome = await box.run('write_file', {path: 'file/below.txt', content: 'x'});
		expect(outcome).toMatchObject({isError: true, touched: [], text: expect.stringContaining('was not written')});
		expect(await project.sh('ls -A')).toBe('file\n');
	});

	test('shows beforehand what it does, as a diff, and does not do it', async () => {
		await project.write({'a.txt': 'one\ntwo\n'});
		expect((await box.weigh('write_file', {path: 'a.txt', content: 'one\n2\n'})).preview).toEqual({
			title: 'Write a.txt (+1 −1)',
			body: '--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n',
			format: 'diff',
		});
		const fresh = await box.weigh('write_file', {path: 'b.txt', content: 'x\u001b[2J\n'});
		expect(fresh.preview.title).toBe('Write b.txt (new file, +1 −0)');
		expect(fresh.preview.body).toContain('+x␛[2J');
		expect(await project.sh('ls; cat a.txt')).toBe('a.txt\none\ntwo\n');
	});

	test('a folder in its place is a problem before anybody is asked', async () => {
		await project.write({'dir/x': ''});
		expect((await box.weigh('write_file', {path: 'dir', content: 'x'})).problem).toContain('Choose another path');
	});

	test('the preview of a huge change is not worked out line by line: it shows both ends of what is to be', async () => {
		const lines = (word: string, count: number) => Array.from({length: count}, (_, n) => `${word} ${n}`).join('\n');
		await project.write({'big.txt': lines('old', 30_000), 'edge.txt': lines('old', 500)});
		const {preview} = await box.weigh('write_file', {path: 'big.txt', content: lines('new', 30_000)});
		expect(preview).toMatchObject({title: 'Write big.txt', format: 'text'});
		expect(preview.body).toMatch(/^The whole file is replaced: 30000 lines become 30000\.\n\nnew 0\nnew 1\n/);
		expect(preview.body.endsWith('\nnew 29999')).toBe(true);
		expect(preview.body.length).toBeLessThan(5000);
		const at = async (count: number) =>
			(await box.weigh('write_file', {path: 'edge.txt', content: lines('new', count)})).preview.format;
		expect([await at(500), await at(501)]).toEqual(['diff', 'text']);
		const long = await box.weigh('write_file', {path: 'fresh.txt', content: lines('new', 5000).slice(0, 30_000)});
		expect(long.preview.body.length).toBeLessThanOrEqual(12_000);
		expect(long.preview.body).toContain('The rest of the change is not shown.');
	});
});

describe('edit_file', () => {
	test('replaces a text that is there once, and shows the same change beforehand', async () => {
		await project.write({'a.txt': 'one $& two\n'});
		const input = {path: 'a.txt', old_string: '$& two', new_string: "$1 $' 2"};
		expect((await box.weigh('edit_file', input)).preview).toMatchObject({title: 'Edit a.txt (+1 −1)', format: 'diff'});
		expect(await box.run('edit_file', input)).toMatchObject({isError: false, text: 'Edited a.txt: 1 place replaced.'});
		expect(await content('a.txt')).toBe("one $1 $' 2\n");
	});

	test('refuses what is there twice, unless all are wanted', async () => {
		await project.write({'a.txt': 'x x'});
		const input = {path: 'a.txt', old_string: 'x', new_string: 'y'};
		expect(await box.run('edit_file', input)).toMatchObject({isError: true, text: expect.stringContaining('2 times')});
		expect(await content('a.txt')).toBe('x x');
		expect((await box.run('edit_file', {...input, replace_all: true})).text).toContain('2 places');
		expect(await content('a.txt')).toBe('y y');
	});

	test.each([
		[{path: 'a.txt', old_string: 'nope', new_string: ''}, 'is not in a.txt'],
		[{path: 'a.txt', old_string: 'x', new_string: 'x'}, 'nothing to change'],
		[{path: 'b.txt', old_string: 'x', new_string: 'y'}, 'does not exist'],
		[{path: 'latin.txt', old_string: 'x', new_string: 'y'}, 'not UTF-8'],
	])('%j fails with words and changes nothing', async (input, words) => {
		await project.write({'a.txt': 'x', 'latin.txt': new Uint8Array([0x78, 0xe9])});
		expect(await box.run('edit_file', input)).toMatchObject({
			isError: true,
			text: expect.stringContaining(words),
			touched: [],
		});
		expect(await content('a.txt')).toBe('x');
	});

	test('keeps Windows line ends', async () => {
		await project.write({'w.txt': 'one\r\ntwo\r\nthree\r\n'});
		await box.run('edit_file', {path: 'w.txt', old_string: 'one\ntwo\n', new_string: '1\n2\n'});
		expect(await content('w.txt')).toBe('1\r\n2\r\nthree\r\n');
	});

	test('edits at the same time do not undo each other', async () => {
		const names = Array.from({length: 12}, (_, n) => `<${n}>`);
		await project.write({'a.txt': names.join('')});
		await Promise.all(names.map(name => box.run('edit_file', {path: 'a.txt', old_string: name, new_string: 'x'})));
		expect(await content('a.txt')).toBe('x'.repeat(12));
	});
});

describe('run_command', () => {
	test('answers with output and exit code, streams, and knows the outputs folder', async () => {
		const outcome = await box.run('run_command', {command: 'pwd; echo warn >&2; echo hi > "$OUTPUTS/x"; exit 0'});
		expect(outcome.isError).toBe(false);
		expect(outcome.text).toMatch(/\[exit code 0 after \d+\.\d s\]$/);
		expect(outcome.text).toContain(`${project.root}\n`);
		expect(outcome.text).toContain('warn\n');
		expect(box.seen.join('')).toContain('warn\n');
		expect(await project.sh('cat ../outputs/x')).toBe('hi\n');
	});

	test('a command that fails is an error with its output', async () => {
		const outcome = await box.run('run_command', {command: 'echo before; false'});
		expect(outcome).toMatchObject({isError: true, text: expect.stringMatching(/^before\n\[exit code 1 /)});
	});

	test('has no input to wait for', async () => {
		expect((await box.run('run_command', {command: 'cat; echo end'})).text).toMatch(/^end\n/);
	});

	test('is ended when it takes too long, and says so', async () => {
		const outcome = await box.run('run_command', {command: 'echo start; sleep 60', timeout_seconds: 1});
		expect(outcome).toMatchObject({isError: true, text: expect.stringContaining('took longer than 1 s')});
		expect(outcome.text).toMatch(/^start\n/);
	});

	test('is stopped by an abort', async () => {
		const controller = new AbortController();
		const outcome = box.run('run_command', {command: 'sleep 60'}, controller.signal);
		controller.abort();
		expect(await outcome).toMatchObject({isError: true, text: expect.stringContaining('stopped')});
	});

	test('much output is cut in the middle and colours never pass', async () => {
		const command = 'echo FIRST; printf "\\033[31mred\\033[0m\\n"; yes filler | head -c 2000000; echo LAST; exit 2';
		const {text} = await box.run('run_command', {command});
		expect(text.length).toBeLessThan(30_100);
		expect(text).toMatch(/^FIRST\nred\nfiller/);
		expect(text).toContain('characters left out. Run it again');
		expect(text).toMatch(/filler\n(LAST|filler)[\s\S]*LAST\n\[exit code 2/);
		expect(text + box.seen.join('')).not.toContain('\u001b');
	});

	test('shows the whole command beforehand, with nothing hidden in it', async () => {
		const command = 'echo ok\nrm -rf \u202e/ \u001b[8m';
		expect((await box.weigh('run_command', {command})).preview).toEqual({
			title: 'Run echo ok ⏎ rm -rf <U+202E>/ ␛[8m',
			body: 'echo ok\nrm -rf <U+202E>/ ␛[8m',
			format: 'command',
		});
	});
});
