import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createGit} from '../../source/workspace/git.ts';
import {makeTempProject, never, type TempProject, testEnv} from './temp-project.ts';

const git = createGit(testEnv);
let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
});
afterEach(() => project.remove());

test('a folder in no repository has no answers', async () => {
	expect(await git.rootOf(project.root, never)).toBeUndefined();
	expect(await git.trackedFiles(project.root, never)).toBeUndefined();
	expect(await git.status(project.root, never)).toBeUndefined();
});

test('without git on the path there are no answers either', async () => {
	await project.sh('git init -q');
	const without = createGit({PATH: project.outputs});
	expect(await without.trackedFiles(project.root, never)).toBeUndefined();
	expect(await without.version(project.root, never)).toBeUndefined();
	expect(await git.version(project.root, never)).toMatch(/^\d+\.\d+/);
});

test('a repository without a commit has a branch and no head', async () => {
	await project.sh('git init -q -b trunk; echo x > a');
	expect(await git.status(project.root, never)).toEqual({
		head: undefined,
		branch: 'trunk',
		changed: [],
		untracked: ['a'],
	});
});

test('files are listed by their real names, whatever is in them', async () => {
	const names = ['plain.txt', 'with space.txt', 'ünï.txt', 'new\nline.txt', '-dash', '"quoted"'];
	await project.write(Object.fromEntries(names.map(name => [name, name])));
	await project.sh('git init -q; git add -A; git commit -qm one');
	await project.write({'sub/new file.txt': '', '.gitignore': 'ignored\n', ignored: ''});
	expect((await git.trackedFiles(project.root, never))?.toSorted()).toEqual(names.toSorted());
	expect((await git.untrackedFiles(project.root, never))?.toSorted()).toEqual(['.gitignore', 'sub/new file.txt']);
	expect(await git.untrackedFiles(path.join(project.root, 'sub'), never)).toEqual(['new file.txt']);
	expect(await git.rootOf(path.join(project.root, 'sub'), never)).toBe(project.root);
});

test('the status names changed, renamed and untracked files, and the head', async () => {
	await project.write({a: '1\n2\n3\n', 'old name': 'x\ny\nz\n', gone: 'g'});
	await project.sh(
		'git init -q -b main; git add -A; git commit -qm one; git mv "old name" "new name"; rm gone; echo 4 >> a; echo > fresh',
	);
	const status = await git.status(project.root, never);
	expect(status?.head).toBe((await project.sh('git rev-parse HEAD')).trim());
	expect(status?.branch).toBe('main');
	expect(status?.changed.toSorted()).toEqual(['a', 'gone', 'new name']);
	expect(status?.untracked).toEqual(['fresh']);
	await project.sh('git checkout -q --detach');
	expect((await git.status(project.root, never))?.branch).toBeUndefined();
});

test('a program named in the repository’s settings is not run', async () => {
	await project.sh(
		'git init -q; echo x > a; git add a; git commit -qm one; git config core.fsmonitor "touch pwned; true"',
	);
	await git.status(project.root, never);
	await git.untrackedFiles(project.root, never);
	expect(await project.sh('ls')).toBe('a\n');
});
