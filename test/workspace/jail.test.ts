import {mkdir, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {isProtectedPath} from '../../source/domain/protected-path.ts';
import {resolvePlace} from '../../source/workspace/jail.ts';
import {makeTempProject, type TempProject} from './temp-project.ts';

let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
	await project.write({'src/a.ts': 'a'});
	await writeFile(path.join(project.base, 'secret.txt'), 'outside');
});
afterEach(() => project.remove());

const resolve = (given: string) => resolvePlace(project, given);

test('paths in the project are found, relative or absolute, also those that do not exist yet', async () => {
	const found = {kind: 'root', path: path.join(project.root, 'src/a.ts'), shown: 'src/a.ts'};
	expect(await resolve('src/a.ts')).toEqual(found);
	expect(await resolve('./src//a.ts')).toEqual(found);
	expect(await resolve(path.join(project.root, 'src/a.ts'))).toEqual(found);
	expect(await resolve('new/deep/file.ts')).toMatchObject({kind: 'root', shown: 'new/deep/file.ts'});
	expect(await resolve('.')).toEqual({kind: 'root', path: project.root, shown: '.'});
	expect(await resolve('')).toMatchObject({path: project.root});
});

test('paths in the outputs folder are found by prefix and by absolute path', async () => {
	const found = {kind: 'outputs', path: path.join(project.outputs, 'report.md'), shown: 'outputs:report.md'};
	expect(await resolve('outputs:report.md')).toEqual(found);
	expect(await resolve('outputs:/report.md')).toEqual(found);
	expect(await resolve(path.join(project.outputs, 'report.md'))).toEqual(found);
});

test('an outputs folder within the project is still the outputs folder', async () => {
	const outputs = path.join(project.root, '.state/outputs');
	await mkdir(outputs, {recursive: true});
	expect(await resolvePlace({root: project.root, outputs}, '.state/outputs/x.md')).toMatchObject({kind: 'outputs'});
});

test.each([
	['../secret.txt'],
	['src/../../secret.txt'],
	['src/../a.ts'],
	['outputs:../secret.txt'],
	['outputs:../project/src/a.ts'],
	['/etc/passwd'],
	['a\0b'],
	['a\nb'],
	['a\u001b[2Jb'],
	['x'.repeat(300)],
	['a/'.repeat(3000)],
])('%j is refused with words', async given => {
	expect(await resolve(given)).toMatchObject({kind: 'outside', words: expect.stringMatching(/\S{3,}/)});
});

test('a sibling folder whose name begins like the project is outside', async () => {
	await mkdir(`${project.root}-other`);
	expect(await resolve(`${project.root}-other/file`)).toMatchObject({kind: 'outside'});
});

test('links that stay inside are followed to what they name', async () => {
	await symlink('src/a.ts', path.join(project.root, 'link.ts'));
	expect(await resolve('link.ts')).toMatchObject({kind: 'root', path: path.join(project.root, 'src/a.ts')});
});

test('links that lead outside are refused: to a file, to a folder, in the middle, in a chain, and to what is not there', async () => {
	const link = (target: string, name: string) => symlink(target, path.join(project.root, name));
	await link(path.join(project.base, 'secret.txt'), 'file');
	await link(project.base, 'folder');
	await link('../secret.txt', 'relative');
	await link('file', 'chain');
	await link(path.join(project.base, 'not-there'), 'dangling');
	await link('circle', 'circle');
	for (const given of [
		'file',
		'folder/secret.txt',
		'folder/new.txt',
		'relative',
		'chain',
		'dangling',
		'dangling/x',
		'circle',
	])
		expect(await resolve(given), given).toMatchObject({kind: 'outside'});
});

test('a link with a harmless name does not open what is protected', async () => {
	await project.write({'.env': 'KEY=1', '.git/config': ''});
	await symlink('.env', path.join(project.root, 'notes.txt'));
	await symlink('.git', path.join(project.root, 'gitlink'));
	expect(await resolve('notes.txt')).toMatchObject({kind: 'protected'});
	expect(await resolve('gitlink/config')).toMatchObject({kind: 'protected'});
	expect(await resolve('gitlink/hooks/pre-commit')).toMatchObject({kind: 'protected'});
});

test('keys, credentials, git’s and Flotilla’s own files are protected wherever they lie, whether or not they exist', () => {
	for (const closed of [
		...[
			'.git',
			'.git/config',
			'sub/.git/hooks/x',
			'.GIT/config',
			'.flotilla/config.yaml',
			'.env',
			'.env.local',
			'a/b/.env.production',
			'.envrc',
		],
		...[
			'server.pem',
			'certs/x.KEY',
			'id_rsa',
			'keys/id_ed25519',
			'.ssh/known_hosts',
			'.aws/credentials',
			'.netrc',
			'.npmrc',
		],
		// As other file systems than this one compare names.
		...['.env.', '.git ', '.ENV::$DATA', '.g\u200cit/config', '．ｅｎｖ', 'git~1/config', '.ſsh/x', 'a:b.pem'],
	])
		expect(isProtectedPath(closed), closed).toBe(true);
	for (const open of [
		'.gitignore',
		'.github/x.yml',
		'.env.example',
		'environment.ts',
		'id_rsa.pub',
		'src/env.ts',
		'keys.ts',
		'outputs',
	])
		expect(isProtectedPath(open), open).toBe(false);
});
