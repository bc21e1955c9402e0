import {symlink, truncate} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {pickEnv} from '../../source/workspace/child-env.ts';
import {cleanOutput, cleanText} from '../../source/workspace/clean-text.ts';
import {extensionOf, languageOf} from '../../source/workspace/language.ts';
import {readText} from '../../source/workspace/read-text.ts';
import {makeTempProject, type TempProject} from './temp-project.ts';

let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
});
afterEach(() => project.remove());

const read = (name: string) => readText(path.join(project.root, name), 1000);

test('reading sorts what is no text by what it is', async () => {
	await project.write({text: 'é\n', binary: new Uint8Array([1, 0, 2]), latin: new Uint8Array([0xe9, 0x0a]), large: ''});
	await truncate(path.join(project.root, 'large'), 1001);
	await symlink('text', path.join(project.root, 'link'));
	await project.sh('mkfifo pipe; mkdir folder');
	expect(await read('text')).toEqual({kind: 'text', text: 'é\n', isExact: true, bytes: 3});
	expect(await read('latin')).toMatchObject({kind: 'text', text: '\ufffd\n', isExact: false});
	expect(await read('binary')).toEqual({kind: 'binary', bytes: 3});
	expect(await read('large')).toEqual({kind: 'too_large', bytes: 1001});
	expect(await read('link')).toEqual({kind: 'special'});
	expect(await read('pipe')).toEqual({kind: 'special'});
	expect(await read('folder')).toEqual({kind: 'folder'});
	expect(await read('nothing')).toEqual({kind: 'missing'});
	expect(await read('text/below')).toEqual({kind: 'missing'});
});

test('what would act on a terminal is made visible', () => {
	expect(cleanText('a\u001b[31mb\u0007\u0000\u007f')).toBe('a␛[31mb␇␀␡');
	expect(cleanText('one\r\ntwo\tthree\n')).toBe('one\ntwo\tthree\n');
	expect(cleanText('x\u202eevil\u009b1m')).toBe('x<U+202E>evil<U+009B>1m');
	expect(cleanText('\ud800')).toBe('\ufffd');
	expect(cleanText('日本 👩‍💻 é')).toBe('日本 👩‍💻 é');
});

test('what a program printed loses its colours and redrawn lines become lines', () => {
	expect(cleanOutput('\u001b[1;31mred\u001b[0m 10%\r 20%\r\nend')).toBe('red 10%\n 20%\nend');
	expect(cleanOutput('half a sequence \u001b')).toBe('half a sequence ␛');
});

test('what a program printed is cleaned at once, however many sequences it opened and never ended', () => {
	const began = performance.now();
	expect(cleanOutput(`${'\u001b]'.repeat(100_000)}ok`)).toMatch(/k$/);
	expect(performance.now() - began).toBeLessThan(2000);
});

test('an environment is picked by what is allowed, so that unknown secrets stay behind', () => {
	expect(
		pickEnv({
			PATH: '/bin',
			LC_ALL: 'C',
			ANTHROPIC_API_KEY: 'k',
			MY_TOKEN: 't',
			NODE_OPTIONS: '--x',
			NODE_ENV: 'production',
			HOME: undefined,
		}),
	).toEqual({PATH: '/bin', LC_ALL: 'C'});
});

test('languages go by extension and by name', () => {
	expect(['a/b.tsx', 'Makefile', 'x.unknown', 'noext', '.gitignore', 'a.constructor', 'q.PY'].map(languageOf)).toEqual([
		...['TypeScript', 'Make', 'Other', 'Other', 'Other', 'Other', 'Python'],
	]);
	expect(['a.b/c', 'x.tar.GZ', '.env'].map(extensionOf)).toEqual(['', 'gz', '']);
});
