import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {flotilla, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty, type PtyTerminal} from '../support/pty-terminal.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'flotilla.cjs');
const planting = `--import=${new URL('../support/defect.ts', import.meta.url).href}`;

const open = (args: readonly string[], env: Readonly<Record<string, string>> = {}): PtyTerminal => {
	const home = temporary('home');
	return openPty({
		file: process.execPath,
		args: [launcher, ...args],
		cwd: home,
		env: {
			FLOTILLA_HOME: home,
			FLOTILLA_NO_DAEMON: '1',
			HOME: home,
			PATH: process.env['PATH'] ?? '',
			TERM: 'xterm-256color',
			...env,
		},
		columns: 200,
		rows: 40,
	});
};

const openWindow = async (env: Readonly<Record<string, string>> = {}): Promise<PtyTerminal> => {
	const terminal = open(['Survey this', '--offline', '--dir', makeRepository()], env);
	await terminal.until('The plan waits for your approval', 60_000);
	expect(terminal.emulator.buffer.active.type).toBe('alternate');
	return terminal;
};

const expectRestored = ({emulator, written}: PtyTerminal): void => {
	const last = (sequence: string): number => written().lastIndexOf(`\u001b[?${sequence}`);
	expect(emulator.buffer.active.type).toBe('normal');
	expect(last('1049l')).toBeGreaterThan(last('1049h'));
	expect(last('25h')).toBeGreaterThan(last('25l'));
};

const expectCrashFile = (screen: string): void => {
	const file = /What is known is in (\S+\.txt)\./.exec(screen)?.[1] ?? '';
	expect(existsSync(file)).toBe(true);
	expect(readFileSync(file, 'utf8')).toContain('a planted defect');
};

describe('a defect that nobody awaits', () => {
	it.each(['throw', 'reject'])('restores the terminal and names a crash file (%s)', async kind => {
		const terminal = await openWindow({NODE_OPTIONS: planting, FLOTILLA_TEST_DEFECT: kind});
		process.kill(terminal.pid, 'SIGUSR2');
		expect(await terminal.exited).toBe(70);
		expectRestored(terminal);
		const screen = terminal.screen().join('\n');
		expect(screen).toContain('a bug of its own: a planted defect');
		expect(screen).not.toMatch(/^\s+at /m);
		expectCrashFile(screen);
	});

	it('closes the list of all runs, too', async () => {
		const terminal = open([], {NODE_OPTIONS: planting, FLOTILLA_TEST_DEFECT: 'throw'});
		await terminal.until('Nothing was begun yet');
		process.kill(terminal.pid, 'SIGUSR2');
		expect(await terminal.exited).toBe(70);
		expectRestored(terminal);
		expectCrashFile(terminal.screen().join('\n'));
	});

	it('is told when everything is closed', async () => {
		const {code, stdout, stderr} = await flotilla(['ls'], {FLOTILLA_HOME: temporary('home'), NODE_OPTIONS: planting});
		expect(stdout).toContain('No runs yet');
		expect(code).toBe(70);
		expectCrashFile(stderr);
	});
});

describe('the end of the window', () => {
	it('is 130 upon a signal, and the terminal is restored', async () => {
		const terminal = await openWindow();
		process.kill(terminal.pid, 'SIGTERM');
		expect(await terminal.exited).toBe(130);
		expectRestored(terminal);
		expect(terminal.screen().join('\n')).toContain('flotilla resume run_');
	});

	it('is 0 after Ctrl+C twice, for the person left', async () => {
		const terminal = await openWindow();
		terminal.press('\u0003\u0003');
		expect(await terminal.exited).toBe(0);
		expectRestored(terminal);
	});
});
