import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {launcher, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';

/** A real editor has the real terminal, in a pseudo-terminal. */
it('lends the terminal to an editor for a goal and for a message, and sends neither', {timeout: 90_000}, async () => {
	const editor = join(temporary('bin'), 'editor');
	// As any program has it: in lines, with echo. It keeps what is there and adds a line.
	writeFileSync(
		editor,
		'#!/bin/sh\nprintf "\\n" >> "$1"\necho "EDITOR OF $(head -1 "$1")"\nread words\necho "$words" >> "$1"\n',
	);
	chmodSync(editor, 0o755);
	const terminal = openPty({
		file: process.execPath,
		args: [launcher, '--offline', '--no-daemon'],
		cwd: makeRepository(),
		env: {
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			FLOTILLA_HOME: temporary('home'),
			EDITOR: editor,
		},
		columns: 80,
		rows: 24,
	});
	await terminal.until('Nothing was begun yet.');
	terminal.press('Survey this project');
	await terminal.until('goal ❯ Survey this project');
	terminal.press('\u0007');
	await terminal.until('EDITOR OF Survey this project');
	terminal.press('and its tests\r');
	await terminal.until('goal ❯ Survey this project⏎and its tests');
	terminal.press('\r');
	await terminal.until('The plan waits for your');
	terminal.press('A');
	await terminal.until('running');
	terminal.press('2');
	terminal.press('G');
	terminal.press('n');
	await terminal.until('New agent');
	terminal.press('Look closely');
	await terminal.until('Look closely');
	terminal.press('\u0007');
	await terminal.until('EDITOR OF Look closely');
	terminal.press('at the readme\r');
	await terminal.until(screen => screen.includes('at the readme') && !screen.includes('EDITOR OF'));
	await terminal.until('Look closely');
	terminal.press('\u0003\u0003');
	expect(await terminal.exited).toBe(0);
});
