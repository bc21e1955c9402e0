import {chmodSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {clipboardCode, createClipboard, keepersOf} from '../../source/boot/clipboard.ts';
import {temporaryFolder} from './temporary-folder.ts';

const text = 'Ünï\ncode \u{1f419}\t"$HOME"\n';

const open = (env: Readonly<Record<string, string>>, state = temporaryFolder()) => {
	let written = '';
	const copy = createClipboard({
		env: {PATH: process.env['PATH'], TERM: 'xterm-256color', ...env},
		platform: 'linux',
		write: codes => {
			written += codes;
		},
		state,
	});
	return {copy, written: () => written, state};
};

test('a program of this machine gets the text byte for byte', async () => {
	const bin = temporaryFolder();
	const program = join(bin, 'xclip');
	writeFileSync(program, `#!/bin/sh\necho "$@" > ${bin}/args\ncat > ${bin}/text\n`);
	chmodSync(program, 0o755);
	const {copy, written} = open({DISPLAY: ':0', PATH: `${bin}:/usr/bin:/bin`});
	expect(await copy(text)).toEqual({kind: 'copied', text: 'to the clipboard'});
	expect(readFileSync(join(bin, 'text'), 'utf8')).toBe(text);
	expect(readFileSync(join(bin, 'args'), 'utf8')).toBe('-selection clipboard\n');
	expect(written()).toBe('');
});

test('without one, or over SSH, the terminal is asked to keep it', async () => {
	for (const env of [{}, {DISPLAY: ':0', SSH_CONNECTION: 'a b'}, {DISPLAY: ':0', PATH: '/nowhere'}]) {
		const {copy, written} = open(env);
		expect((await copy(text)).kind).toBe('copied');
		const [, code] = /^\u001b\]52;c;([^\u0007]*)\u0007$/.exec(written()) ?? [];
		expect(Buffer.from(code ?? '', 'base64').toString()).toBe(text);
	}
});

test('tmux passes it on', () => {
	expect(clipboardCode('a', {TMUX: 'x'})).toBe('\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\');
});

test('what nothing takes goes into a file that only the user can read', async () => {
	const long = 'a'.repeat(80_000);
	const {copy, written, state} = open({});
	const path = join(state, 'copied.txt');
	expect(await copy(long)).toEqual({kind: 'copied', text: `to ${path}`});
	expect(readFileSync(path, 'utf8')).toBe(long);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(written()).toBe('');
	expect((await open({TERM: 'dumb'}, '/nowhere').copy('a')).kind).toBe('problem');
});

test('each desktop has its keepers', () => {
	const names = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform) =>
		keepersOf(env, platform).map(({program}) => program);
	expect(names({}, 'darwin')).toEqual(['pbcopy']);
	expect(names({WAYLAND_DISPLAY: 'w', DISPLAY: ':0'}, 'linux')).toEqual(['wl-copy', 'xclip', 'xsel']);
	expect(names({}, 'linux')).toEqual([]);
	expect(names({SSH_TTY: 't'}, 'darwin')).toEqual([]);
});
