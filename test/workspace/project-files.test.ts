import {symlink} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createGit} from '../../source/workspace/git.ts';
import {globMatch} from '../../source/workspace/glob-match.ts';
import {listProjectFiles} from '../../source/workspace/project-files.ts';
import {drawProjectMap} from '../../source/workspace/project-map.ts';
import {readProjectNotes} from '../../source/workspace/project-notes.ts';
import {makeTempProject, never, type TempProject, testEnv} from './temp-project.ts';

const git = createGit(testEnv);
let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
});
afterEach(() => project.remove());

const list = (filesMax?: number) =>
	listProjectFiles({root: project.root, git, abort: never, ...(filesMax === undefined ? {} : {filesMax})});

const sample = {
	'.gitignore': 'dist/\n*.log\n!keep.log\n',
	'src/a.ts': '',
	'src/.gitignore': '/local.ts\n',
	'src/local.ts': '',
	'src/deep/local.ts': '',
	'dist/out.js': '',
	'x.log': '',
	'keep.log': '',
	'node_modules/m/index.js': '',
	'.hidden/y': '',
};
const expected = ['.gitignore', '.hidden/y', 'keep.log', 'src/.gitignore', 'src/a.ts', 'src/deep/local.ts'];

describe('the list of a project’s files', () => {
	test('is what git tracks and what is new and not ignored', async () => {
		await project.write({...sample, '.gitignore': `${sample['.gitignore']}node_modules/\n`});
		await project.sh('git init -q; git add src; git commit -qm one');
		expect(await list()).toEqual({files: expected, tracked: 3, isComplete: true});
	});

	test('is the same without git, by the same .gitignore files', async () => {
		await project.write(sample);
		expect(await list()).toEqual({files: expected, tracked: undefined, isComplete: true});
	});

	test('of an ignored folder within a repository is walked', async () => {
		await project.write({'.gitignore': 'build/\n', 'build/one.js': ''});
		await project.sh('git init -q; git add -A; git commit -qm one');
		const root = path.join(project.root, 'build');
		expect(await listProjectFiles({root, git, abort: never})).toMatchObject({files: ['one.js'], tracked: undefined});
	});

	test('ends at its limit and says so', async () => {
		await project.write(sample);
		expect(await list(2)).toMatchObject({files: expected.slice(0, 2), isComplete: false});
		await project.sh('git init -q; git add -Af; git commit -qm one');
		expect(await list(3)).toMatchObject({isComplete: false});
	});

	test('does not follow links to folders', async () => {
		await project.write({a: ''});
		await symlink('/', path.join(project.root, 'everything'));
		expect((await list()).files).toEqual(['a']);
	});
});

test.each([
	['*.ts', 'src/a.ts', true],
	['*.ts', 'a.tsx', false],
	['*.{ts,tsx}', 'src/a.tsx', true],
	['src/*.ts', 'src/a.ts', true],
	['src/*.ts', 'lib/src/a.ts', false],
	['src/*.ts', 'src/deep/a.ts', false],
	['src/**/*.ts', 'src/deep/a.ts', true],
	['**/*.md', 'README.md', true],
	['./src/**', 'src/a.ts', true],
	['test/', 'a/test/b.ts', true],
	['{src,test}/**/*.{js,{ts,tsx}}', 'test/x/y.tsx', true],
	['!x', '!x', true],
	['#x', '#x', true],
	['.github/**', '.github/ci.yml', true],
])('the pattern %s on %s: %s', (pattern, file, matches) => {
	expect(globMatch(pattern)(file)).toBe(matches);
});

test('a pattern with endless braces is bounded', () => {
	expect(globMatch('{a,b}'.repeat(40))('x')).toBe(false);
});

describe('the map of a project', () => {
	test('gives sizes, languages, manifests and folders', async () => {
		await project.write({
			'package.json': '{}',
			'README.md': '',
			'src/a.ts': '',
			'src/core/b.ts': '',
			'test/a.test.ts': '',
			'packages/web/package.json': '{}',
		});
		await project.sh('git init -q -b main; git add -A; git commit -qm one');
		const map = await drawProjectMap({root: project.root, git, abort: never});
		expect(map).toContain('Files: 6 (6 tracked by git)');
		expect(map).toMatch(/^Git: branch main, at [0-9a-f]{10}$/m);
		expect(map).toContain('Languages by files: TypeScript 3, JSON 2, Markdown 1');
		expect(map).toContain('Manifests: README.md, package.json, packages/web/package.json');
		expect(map).toContain('  src 2: core/ 1');
	});

	test('of an empty folder is short and true', async () => {
		const map = await drawProjectMap({root: project.root, git, abort: never});
		expect(map).toContain('Files: 0 (not a git repository)');
		expect(map).toContain('Languages by files: none');
	});

	test('stays small for a big project, and harmless for hostile names', async () => {
		const names = Array.from({length: 600}, (_, n) => `folder-with-a-rather-long-name-${n}/inner-${n}/file-${n}.ts`);
		await project.write(Object.fromEntries([...names, 'bad\u001b[2J.md'].map(name => [name, ''])));
		const map = await drawProjectMap({root: project.root, git, abort: never});
		expect(map.length).toBeLessThan(5250);
		expect(map).toContain('more folders');
		expect(map).not.toContain('\u001b');
	});
});

describe('the notes of a project', () => {
	test('are AGENTS.md before CLAUDE.md, or nothing', async () => {
		expect(await readProjectNotes(project.root)).toBeUndefined();
		await project.write({'CLAUDE.md': 'from claude'});
		expect(await readProjectNotes(project.root)).toEqual({file: 'CLAUDE.md', text: 'from claude', isComplete: true});
		await project.write({'AGENTS.md': 'from agents'});
		expect(await readProjectNotes(project.root)).toMatchObject({file: 'AGENTS.md', text: 'from agents'});
	});

	test('are cut at their limit', async () => {
		await project.write({'AGENTS.md': 'x'.repeat(100_000)});
		const notes = await readProjectNotes(project.root);
		expect(notes?.text).toHaveLength(16 * 1024);
		expect(notes?.isComplete).toBe(false);
	});

	test('are not read through a link that leads outside', async () => {
		await symlink('/etc/hostname', path.join(project.root, 'AGENTS.md'));
		await project.write({'CLAUDE.md': 'inside'});
		expect(await readProjectNotes(project.root)).toMatchObject({file: 'CLAUDE.md'});
	});
});
