import {symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {boundOutput, outputCharactersMax} from '../../source/tools/bound-output.ts';
import {createLineSearch} from '../../source/tools/line-search.ts';
import {makeTempProject, never, type TempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

let project: TempProject;
let box: ReturnType<typeof makeToolBox>;
beforeEach(async () => {
	project = await makeTempProject();
	box = makeToolBox(project);
});
afterEach(() => project.remove());

test.each([
	['read_file', {path: 'a.ts'}, 'Read a.ts'],
	['read_file', {path: 'a.ts', from_line: 20}, 'Read a.ts, lines 20 to the end'],
	['read_file', {path: 'a.ts', to_line: 40}, 'Read a.ts, lines 1 to 40'],
	['grep', {pattern: 'TODO'}, 'Search for TODO'],
	['grep', {pattern: 'TODO', path: 'lib', glob: '*.ts'}, 'Search for TODO in lib, files *.ts'],
	['glob', {pattern: '*.md'}, 'Find files *.md'],
	['glob', {pattern: '*.md', path: 'docs'}, 'Find files *.md in docs'],
	['count_lines', {}, 'Count lines'],
	['count_lines', {pattern: '/docs/'}, 'Count lines, files /docs/'],
])('a line about %s with %j says what sets it apart from the one before', async (tool, input, title) => {
	expect((await box.weigh(tool, input)).preview).toEqual({title, body: '', format: 'text'});
});

describe('read_file', () => {
	test('shows lines with their numbers and says what was touched', async () => {
		await project.write({'a.txt': 'one\ntwo\n'});
		expect(await box.run('read_file', {path: 'a.txt'})).toEqual({
			text: 'a.txt: 2 lines, 8 bytes; lines 1 to 2:\n1\tone\n2\ttwo',
			isError: false,
			touched: [{path: path.join(project.root, 'a.txt'), how: 'read'}],
		});
	});

	test('reads a range, from the outputs folder, too', async () => {
		await writeFile(path.join(project.outputs, 'r.md'), 'a\r\nb\r\nc');
		expect((await box.run('read_file', {path: 'outputs:r.md', from_line: 2, to_line: 9})).text).toBe(
			'outputs:r.md: 3 lines, 7 bytes; lines 2 to 3:\n2\tb\n3\tc',
		);
	});

	test('cuts a long file at a line and reading on gives the rest, with no line lost', async () => {
		const lines = Array.from({length: 5000}, (_, n) => `this is line ${n + 1}`);
		await project.write({'long.txt': lines.join('\n')});
		const seen: string[] = [];
		for (let from: number | undefined = 1; from !== undefined; ) {
			const {text} = await box.run('read_file', {path: 'long.txt', from_line: from});
			expect(text.length).toBeLessThanOrEqual(outputCharactersMax);
			seen.push(...[...text.matchAll(/^\d+\t(.*)$/gm)].map(match => match[1] ?? ''));
			const on = /read on with from_line (\d+)/.exec(text)?.[1];
			from = on === undefined ? undefined : Number(on);
		}
		expect(seen).toEqual(lines);
	});

	test('clips a line without end and shows control characters', async () => {
		await project.write({'min.js': `\u001b[2J${'x'.repeat(100_000)}`});
		const {text} = await box.run('read_file', {path: 'min.js'});
		expect(text).toContain('1\t␛[2Jxxx');
		expect(text).toContain('more characters in this line]');
		expect(text.length).toBeLessThan(3000);
	});

	test.each([
		['missing.txt', 'does not exist'],
		['folder', 'is a folder'],
		['image.png', 'is not text'],
		['huge.txt', 'is too large'],
		['pipe', 'not a regular file'],
	])('refuses %s with words', async (name, words) => {
		await project.write({'folder/x': '', 'image.png': new Uint8Array([137, 80, 0, 1])});
		await project.sh('truncate -s 11M huge.txt; mkfifo pipe');
		const outcome = await box.run('read_file', {path: name});
		expect(outcome).toMatchObject({isError: true, touched: []});
		expect(outcome.text).toContain(words);
	});

	test('knows empty files and lines that are not there', async () => {
		await project.write({empty: '', one: 'x'});
		expect(await box.run('read_file', {path: 'empty'})).toMatchObject({
			isError: false,
			text: expect.stringContaining('empty'),
		});
		expect(await box.run('read_file', {path: 'one', from_line: 2})).toMatchObject({isError: true});
	});
});

describe('list_dir', () => {
	test('lists folders first, sizes, links and ignored files, without git’s own folder', async () => {
		await project.write({'.gitignore': 'b.log', 'b.log': '12345', 'z/x': '', '.git/config': ''});
		await symlink('/etc', path.join(project.root, 'etc'));
		expect((await box.run('list_dir', {})).text).toBe(
			'.: 4 entries\nz/\n.gitignore 5 bytes\nb.log 5 bytes\netc (link)',
		);
	});

	test('says what is wrong with a file and with a folder that is not there', async () => {
		await project.write({a: ''});
		expect(await box.run('list_dir', {path: 'a'})).toMatchObject({
			isError: true,
			text: expect.stringContaining('read_file'),
		});
		expect(await box.run('list_dir', {path: 'b'})).toMatchObject({
			isError: true,
			text: expect.stringContaining('ENOENT'),
		});
	});

	test('names the first of very many', async () => {
		await project.sh('for n in $(seq 600); do : > f$n; done');
		expect((await box.run('list_dir', {})).text).toContain('[the first 500 of 600');
	});
});

describe('glob', () => {
	test('finds by name what is not ignored, and leaves out what was deleted', async () => {
		await project.write({'.gitignore': 'dist', 'src/a.ts': '', 'src/b.tsx': '', 'dist/a.ts': '', 'gone.ts': ''});
		await project.sh('git init -q; git add -A; rm gone.ts');
		expect((await box.run('glob', {pattern: '*.{ts,tsx}'})).text).toBe('2 files match:\nsrc/a.ts\nsrc/b.tsx');
		expect((await box.run('glob', {pattern: '*.ts', path: 'src'})).text).toBe('1 files match:\nsrc/a.ts');
		expect((await box.run('glob', {pattern: '*.ts', path: 'dist'})).text).toBe('1 files match:\ndist/a.ts');
		expect((await box.run('glob', {pattern: '*.md'})).text).toBe('No file matches *.md in ..');
		expect(await box.run('glob', {pattern: '*', path: 'nowhere'})).toMatchObject({isError: true});
	});

	test('finds in the outputs folder in the form that other tools take', async () => {
		await writeFile(path.join(project.outputs, 'report.md'), 'x');
		expect((await box.run('glob', {pattern: '*', path: 'outputs:'})).text).toBe('1 files match:\noutputs:report.md');
		expect((await box.run('read_file', {path: 'outputs:report.md'})).isError).toBe(false);
	});
});

describe('grep', () => {
	test('shows matching lines with path and number and counts all of them', async () => {
		await project.write({
			'a.ts': 'x // TODO one\ny\n// todo two\n',
			'b/c.md': 'TODO three\r\n',
			'n.bin': new Uint8Array([84, 0]),
		});
		expect((await box.run('grep', {pattern: 'TODO'})).text).toBe(
			'matching lines: 2 in 2 of 2 files searched; not searched: 1 not text\na.ts:1:x // TODO one\nb/c.md:1:TODO three',
		);
		expect((await box.run('grep', {pattern: 'TODO', ignore_case: true, max_results: 1})).text).toBe(
			'matching lines: 3 in 2 of 2 files searched; showing the first 1; not searched: 1 not text\na.ts:1:x // TODO one',
		);
		expect((await box.run('grep', {pattern: 'TODO', glob: '*.md'})).text).toContain('matching lines: 1 in 1 of 1');
		expect((await box.run('grep', {pattern: '^TODO', path: 'b/c.md'})).text).toContain('b/c.md:1:TODO three');
	});

	test('never shows what protected files and links to elsewhere hold', async () => {
		await writeFile(path.join(project.base, 'secret.txt'), 'hunter2');
		await project.write({'.env': 'P=hunter2', 'k.pem': 'hunter2', '.git/config': 'hunter2', 'ok.txt': 'hunter2'});
		await symlink(path.join(project.base, 'secret.txt'), path.join(project.root, 'link.txt'));
		await symlink('.env', path.join(project.root, 'env.txt'));
		const {text} = await box.run('grep', {pattern: 'hunter2'});
		expect(text).toBe('matching lines: 1 in 1 of 1 files searched; not searched: 2 protected\nok.txt:1:hunter2');
	});

	test('shows of a long line what lies around the match', async () => {
		await project.write({'min.js': `${'a'.repeat(5000)}needle${'b'.repeat(5000)}`});
		const {text} = await box.run('grep', {pattern: 'needle'});
		expect(text).toContain('aneedleb');
		expect(text.length).toBeLessThan(500);
	});

	test('gives up a pattern that would backtrack for years, at the first file, with words', async () => {
		const slow = `${'a'.repeat(40)}b`;
		await project.write(Object.fromEntries(Array.from({length: 20}, (_, n) => [`${n}.txt`, slow])));
		// While it matches, the fleet and the window go on: a thread that stood still would take no turns.
		let turns = 0;
		const turn = (): void => {
			turns += 1;
			next = setImmediate(turn);
		};
		let next = setImmediate(turn);
		const outcome = await box.run('grep', {pattern: '(a+)+$'});
		clearImmediate(next);
		expect(outcome).toMatchObject({isError: true, text: expect.stringContaining('given up at 0.txt, file 1 of 20')});
		expect(turns).toBeGreaterThan(500);
	});

	test('has a limit for the whole search, too, however many files there are', async () => {
		const slow = `${'a'.repeat(20)}b`;
		await using search = createLineSearch({pattern: '(a+)+$', ignoreCase: false, abort: never, totalMs: 20});
		let searched = 0;
		while (searched < 10_000 && (await search?.find(slow)) !== undefined) searched += 1;
		expect(searched).toBeLessThan(10_000);
		expect(await search?.find('aaa')).toBeUndefined();
	});

	test('ends when it is stopped', async () => {
		await project.write({'a.txt': `${'a'.repeat(40)}b`});
		const stop = new AbortController();
		const outcome = box.run('grep', {pattern: '(a+)+$'}, stop.signal);
		setImmediate(() => stop.abort());
		expect(await outcome).toMatchObject({isError: true, text: 'The search was stopped before its end.'});
	});

	test('says what is wrong with a pattern that is none', async () => {
		expect(await box.run('grep', {pattern: '('})).toMatchObject({
			isError: true,
			text: expect.stringContaining('Escape'),
		});
	});

	test('pattern and text are data, whatever quotes they hold', async () => {
		const text = "one\n'`$ {throw 1}\\\n";
		await using search = createLineSearch({pattern: "'`\\$ \\{throw", ignoreCase: false, abort: never});
		expect(await search?.find(text)).toEqual([[2, 0]]);
	});
});

describe('count_lines', () => {
	test('agrees with git and wc', async () => {
		await project.write({
			'.gitignore': 'ignored/\n',
			'src/a.ts': '1\n2\n3\n',
			'src/b.ts': 'no newline at the end',
			'readme.md': 'é\n'.repeat(7),
			'img.png': new Uint8Array([0, 10, 10]),
			'.npmrc': 'token=1\n',
			'ignored/x.ts': '1\n',
		});
		await symlink('src', path.join(project.root, 'link'));
		await project.sh('git init -q; git add -A; git commit -qm one');
		await project.write({'new.ts': '1\n'});
		const {text} = await box.run('count_lines', {largest: 2});
		const tracked = (await project.sh('git ls-files | wc -l')).trim();
		const lines = (await project.sh('cat .gitignore .npmrc readme.md src/*.ts new.ts | wc -l')).trim();
		expect(text).toBe(
			`path: .
files: 8
tracked by git: ${tracked}
text files: 6
binary files: 1
links and others, not opened: 1
lines: ${lines}

language | files | lines
Markdown | 1 | 7
TypeScript | 3 | 4
Other | 4 | 2

extension | files | lines
.md | 1 | 7
.ts | 3 | 4
none | 3 | 2
.png | 1 | 0

largest text file | lines | bytes
readme.md | 7 | 21
src/a.ts | 3 | 6`,
		);
		expect([tracked, lines]).toEqual(['7', '13']);
	});

	test('counts a pattern, a folder, a file, and says of nothing that it is nothing', async () => {
		await project.write({'src/a.ts': '1\n', 'src/a.test.ts': '1\n2\n', 'b.md': '\n'});
		expect((await box.run('count_lines', {pattern: '*.test.ts'})).text).toContain(
			'files: 1\ntext files: 1\nbinary files: 0\nlines: 2\n',
		);
		expect((await box.run('count_lines', {path: 'src'})).text).toContain('files: 2\n');
		expect((await box.run('count_lines', {path: 'b.md'})).text).toContain('lines: 1\n');
		expect((await box.run('count_lines', {pattern: '*.rs'})).text).toContain('files: 0\n');
		expect(await box.run('count_lines', {path: 'nope'})).toMatchObject({isError: true});
	});
});

describe('bounding', () => {
	test('leaves what fits as it is', () => {
		expect(boundOutput('short', {keep: 'head', rest: 'More.'})).toBe('short');
	});

	test.each(['head', 'ends'] as const)('keeps within its limit (%s), says how much is gone and how to get it', keep => {
		const text = Array.from({length: 1000}, (_, n) => `line ${n} 😀`).join('\n');
		const bounded = boundOutput(text, {keep, rest: 'Ask again.', charactersMax: 1000});
		expect(bounded.length).toBeLessThanOrEqual(1000);
		expect(bounded).toMatch(/\[… \d+ of \d+ characters left out\. Ask again\.\]/);
		expect(bounded.isWellFormed()).toBe(true);
		expect(bounded.startsWith('line 0 😀\n')).toBe(true);
		expect(bounded.endsWith('line 999 😀')).toBe(keep === 'ends');
	});
});
