import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createGit} from '../../source/workspace/git.ts';
import {drawProjectMap} from '../../source/workspace/project-map.ts';
import {makeTempProject, never, type TempProject, testEnv} from './temp-project.ts';

const git = createGit(testEnv);
let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
});
afterEach(() => project.remove());

test('a folder in no repository has no answers', async () => {
	expect(await git.trackedFiles(project.root, never)).toBeUndefined();
	expect(await git.head(project.root, never)).toBeUndefined();
});

test('without git on the path there are no answers either', async () => {
	await project.sh('git init -q');
	const without = createGit({PATH: project.outputs});
	expect(await without.trackedFiles(project.root, never)).toBeUndefined();
	expect(await without.version(project.root, never)).toBeUndefined();
	expect(await git.version(project.root, never)).toMatch(/^\d+\.\d+/);
});

test('a repository without a commit has a branch and no commit', async () => {
	await project.sh('git init -q -b trunk; echo x > a');
	expect(await git.head(project.root, never)).toEqual({commit: undefined, branch: 'trunk'});
});

test('the head is a commit on a branch, or on none', async () => {
	await project.sh('git init -q -b feature/x; echo x > a; git add a; git commit -qm one');
	const commit = (await project.sh('git rev-parse HEAD')).trim();
	expect(await git.head(project.root, never)).toEqual({commit, branch: 'feature/x'});
	await project.sh('git checkout -q --detach');
	expect(await git.head(project.root, never)).toEqual({commit, branch: undefined});
});

test('files are listed by their real names, whatever is in them', async () => {
	const names = ['plain.txt', 'with space.txt', 'ünï.txt', 'new\nline.txt', '-dash', '"quoted"'];
	await project.write(Object.fromEntries(names.map(name => [name, name])));
	await project.sh('git init -q; git add -A; git commit -qm one');
	await project.write({'sub/new file.txt': '', '.gitignore': 'ignored\n', ignored: ''});
	expect((await git.trackedFiles(project.root, never))?.toSorted()).toEqual(names.toSorted());
	expect((await git.untrackedFiles(project.root, never))?.toSorted()).toEqual(['.gitignore', 'sub/new file.txt']);
	expect(await git.untrackedFiles(path.join(project.root, 'sub'), never)).toEqual(['new file.txt']);
});

test('no program that a repository names is run by looking at it', async () => {
	await project.write({a: 'x\n', '.gitattributes': '* filter=evil diff=evil\n'});
	await project.sh('git init -q; git add .; git commit -qm one');
	const trap = `touch ${project.outputs}/ran; cat`;
	for (const name of ['filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'diff.evil.textconv'])
		await project.sh(`git config ${name} '${trap}'`);
	await project.sh(`git config core.fsmonitor '${trap}'; git config core.pager '${trap}'`);
	await project.write({'.git/hooks/post-index-change': `#!/bin/sh\n${trap}\n`, a: 'y\n', b: ''});
	await project.sh('chmod +x .git/hooks/*');
	await drawProjectMap({root: project.root, git, abort: never});
	expect(await project.sh('ls ../outputs')).toBe('');
	// The trap is one: what a person would type springs it.
	await project.sh('git status');
	expect(await project.sh('ls ../outputs')).toBe('ran\n');
});

test('nor is one that a repository names for fetching what it lacks', async () => {
	await project.write({'a/b/f': '1', 'c/d/g': '2'});
	await project.sh(`
		git init -q; git add .; git commit -qm one
		git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true
		git clone -q --filter=tree:0 --no-checkout "file://$PWD" ../lacking
		cd ../lacking
		git sparse-checkout set --cone --sparse-index a; git checkout -q
		mkdir ../packs; mv .git/objects/pack/* ../packs/
		for pack in ../packs/*.pack; do git unpack-objects -q < "$pack"; done
		tree=$(git rev-parse HEAD:c); rm .git/objects/\${tree:0:2}/\${tree:2}
		git config remote.origin.uploadpack 'touch ${project.outputs}/ran; git-upload-pack'
	`);
	const root = path.join(project.base, 'lacking');
	await drawProjectMap({root, git, abort: never});
	expect(await project.sh('ls ../outputs')).toBe('');
	await project.sh('cd ../lacking; git ls-files');
	expect(await project.sh('ls ../outputs')).toBe('ran\n');
});
