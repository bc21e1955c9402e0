import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {bashCompletion} from '../../source/boot/completion-bash.ts';
import {fishCompletion} from '../../source/boot/completion-fish.ts';
import {zshCompletion} from '../../source/boot/completion-zsh.ts';

/** What bash would offer for the last of these words. */
const offered = (...words: readonly string[]): readonly string[] => {
	const script = `${bashCompletion()}
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_flotilla
printf '%s\\n' "\${COMPREPLY[@]}"`;
	const output = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], {
		cwd: import.meta.dirname,
		encoding: 'utf8',
	});
	return output.split('\n').filter(line => line !== '');
};

describe('the completion of bash, in a real one', () => {
	it('offers verbs, those that begin so', () => {
		expect(offered('flotilla', 'ag')).toEqual(['agents', 'agent']);
		expect(offered('flotilla', '')).toContain('approve');
	});

	it('offers the words of a verb, and not the hidden one', () => {
		expect(offered('flotilla', 'engine', '').filter(word => !word.startsWith('-'))).toEqual([
			'start',
			'stop',
			'restart',
			'status',
			'logs',
		]);
		expect(offered('flotilla', 'completion', 'z')).toEqual(['zsh']);
	});

	it('offers the flags that have an effect, and their choices', () => {
		expect(offered('flotilla', 'cost', '--')).toEqual(expect.arrayContaining(['--by', '--csv', '--json']));
		expect(offered('flotilla', 'cost', '--')).not.toContain('--follow');
		expect(offered('flotilla', 'pause', '--no')).toEqual(['--no-daemon']);
		expect(offered('flotilla', 'cost', '--by', '')).toEqual([
			'agent',
			'step',
			'role',
			'model',
			'provider',
			'run',
			'day',
		]);
		expect(offered('flotilla', 'cost', '--by', 'r')).toEqual(['role', 'run']);
	});

	it('offers files where a verb takes one, and folders where a flag does', () => {
		expect(offered('flotilla', 'import', 'completion.test')).toEqual(['completion.test.ts']);
		expect(offered('flotilla', 'run', '--dir', 'completion.test')).toEqual([]);
	});
});

const isInstalled = (shell: string): boolean =>
	['/bin', '/usr/bin', '/usr/local/bin'].some(folder => existsSync(`${folder}/${shell}`));

describe('the completion of other shells', () => {
	it.runIf(isInstalled('zsh'))('is valid zsh', () => {
		expect(() => execFileSync('zsh', ['-n'], {input: zshCompletion()})).not.toThrow();
	});

	it.runIf(isInstalled('fish'))('is valid fish', () => {
		expect(() => execFileSync('fish', ['--no-execute'], {input: fishCompletion()})).not.toThrow();
	});

	it('names every verb, and quotes what would end a string', () => {
		for (const script of [zshCompletion(), fishCompletion()])
			for (const verb of ['approve', 'engine', 'watch']) expect(script).toContain(verb);
		// Whatever stands in single quotes is closed again on its line.
		for (const line of fishCompletion().split('\n').slice(1))
			expect(line.replaceAll(/\\./g, '').split("'").length % 2, line).toBe(1);
		for (const line of zshCompletion().split('\n').slice(2))
			expect(line.replaceAll("'\\''", '').split("'").length % 2, line).toBe(1);
	});
});
