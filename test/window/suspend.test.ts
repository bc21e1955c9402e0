import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {launcher, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';

/** The shell of a person, with jobs, in a real pseudo-terminal. */
it('gives the terminal to the shell and to an editor, and is whole when it comes back', {timeout: 90_000}, async () => {
	const bin = temporary('bin');
	const editor = join(bin, 'editor');
	// It has the terminal as any program has it: in lines, with echo.
	writeFileSync(editor, '#!/bin/sh\necho "EDITOR OF $(head -1 "$1")"\nread answer\necho "HEARD $answer"\n');
	chmodSync(editor, 0o755);
	const terminal = openPty({
		file: '/bin/sh',
		args: ['-i'],
		cwd: makeRepository(),
		env: {
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			PS1: 'SHELL> ',
			FLOTILLA_HOME: temporary('home'),
			EDITOR: editor,
		},
		columns: 100,
		rows: 30,
	});
	await terminal.until('SHELL>');
	terminal.press(`${process.execPath} ${launcher} "Survey this project" --offline --no-daemon\r`);
	await terminal.until('1 plan');
	await terminal.until('The plan waits for your');

	terminal.press('\u001a');
	await terminal.until(screen => screen.includes('Stopped') && !screen.includes('1 plan'));
	terminal.press('echo "back in $(echo the shell)"\r');
	await terminal.until('back in the shell');
	terminal.press('fg\r');
	await terminal.until(screen => screen.includes('1 plan') && !screen.includes('SHELL>'));

	terminal.press('2\r');
	await terminal.until('· Done.');
	terminal.press('\u0007');
	await terminal.until(/EDITOR OF # planner/);
	terminal.press('yes\u0003\r');
	await terminal.until(screen => screen.includes('· Done.') && !screen.includes('EDITOR'));
	terminal.press('q');
	terminal.press('\u0003\u0003');
	// Its prompts of before are on the screen as soon as that is given back; what is typed is the shell's once it asks again.
	await terminal.until(screen => screen.trimEnd().endsWith('SHELL>'));
	terminal.press('exit\r');
	expect(await terminal.exited).toBe(0);
});
