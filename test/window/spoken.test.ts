import {join} from 'node:path';
import {expect, it} from 'vitest';
import {fillHome} from '../cli/filled-home.ts';
import {launcher, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';

/** Modes of a terminal that a shell would be surprised by: what of them is on after all that was written. */
const modesOn = (written: string): readonly string[] => {
	const on = new Set<string>();
	for (const [, mode = '', how] of written.matchAll(/\u001b\[\?(\d+)([hl])/g))
		if (how === 'h') on.add(mode);
		else on.delete(mode);
	return [...on].filter(mode => mode !== '25');
};

/** What is read out last, from its first line on. */
const last = (screen: string): string => screen.slice(screen.lastIndexOf('\nflotilla  '));

it('reads Home out, opens a run from it, comes back, and leaves the terminal to the shell', {
	timeout: 90_000,
}, async () => {
	const home = temporary('home');
	fillHome(home, [
		{runId: 'run_a1', dir: join(home, 'harbour'), goal: 'Count the free berths', stage: 'done'},
		{runId: 'run_b1', dir: join(home, 'mill'), goal: 'Mend the wheel', stage: 'done'},
	]);
	const terminal = openPty({
		file: '/bin/sh',
		args: ['-i'],
		cwd: temporary('cwd'),
		env: {
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			PS1: 'SHELL> ',
			FLOTILLA_HOME: home,
			FLOTILLA_NO_DAEMON: '1',
			INK_SCREEN_READER: 'true',
		},
		columns: 80,
		rows: 24,
	});
	await terminal.until('SHELL>');
	terminal.press(`${process.execPath} ${launcher}\r`);
	const list = await terminal.until(screen => screen.includes('Runs (2)') && screen.includes('q quit'), 60_000);
	expect(list).toMatch(/^❯ ● done .*Mend the wheel/m);
	expect(list).not.toMatch(/[\u2500-\u259f]/);

	terminal.press('G');
	await terminal.until(/❯ ● done .*Count the free berths/);
	terminal.press('\r');
	await terminal.until('1 plan', 30_000);
	await terminal.until(/\d+ of \d+ done/);
	terminal.press('~');
	await terminal.until(screen => last(screen).includes('Runs (2)') && last(screen).includes('q quit'), 30_000);
	terminal.press('?');
	await terminal.until(screen => last(screen).includes('Esc back') && !last(screen).includes('Runs (2)'));
	terminal.press('\u001b');
	await terminal.until(screen => last(screen).includes('Runs (2)'));
	terminal.press('q');
	await terminal.until(screen => screen.trimEnd().endsWith('SHELL>'));
	terminal.press('stty -a | grep -o -- "-\\?icanon"; echo "echo $((40 + 2))"\r');
	await terminal.until(/^icanon\necho 42$/m);
	expect(modesOn(terminal.written())).toEqual([]);
	expect(terminal.emulator.buffer.active.type).toBe('normal');
	terminal.press('exit\r');
	expect(await terminal.exited).toBe(0);
});
