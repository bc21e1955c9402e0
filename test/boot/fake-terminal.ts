import {PassThrough} from 'node:stream';
import type {Terminal} from '../../source/boot/terminal.ts';

/** Three streams: what is typed into them, and what was written to each. */
export const fakeTerminal = (interactive: boolean) => {
	const stdin = new PassThrough();
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {columns: 80, rows: 24});
	const stderr = new PassThrough({encoding: 'utf8'});
	const heard = {stdout: '', stderr: ''};
	stdout.on('data', (text: string) => {
		heard.stdout += text;
	});
	stderr.on('data', (text: string) => {
		heard.stderr += text;
	});
	const terminal: Terminal = {stdin, stdout, stderr, interactive};
	return {terminal, heard, type: (line: string): void => void stdin.write(`${line}\n`)};
};
