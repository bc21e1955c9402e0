import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {launcher, makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import {openBackground} from './background.ts';

/** Writes, whenever it is told, which packages the program has loaded from beside itself. */
const tellPackages = `
	process.on('SIGUSR2', () => {
		const files = Object.keys(require.cache).filter(file => file.includes('/dist/'));
		require('node:fs').writeFileSync(process.env.TOLD, JSON.stringify(files));
	});
`;

it('a window is on screen before it loads what reads configuration, shell lines and shapes of data', async () => {
	const {env, run} = openBackground(undefined);
	const dir = makeRepository();
	await run('run', 'Survey this project', '--offline', '--dir', dir, '--json', '--non-interactive');
	const folder = temporary('first-screen');
	const [probe, told] = [join(folder, 'probe.cjs'), join(folder, 'told')];
	writeFileSync(probe, tellPackages);
	const terminal = openPty({
		file: process.execPath,
		args: ['--require', probe, launcher, 'attach', 'last'],
		cwd: dir,
		env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', TOLD: told, EDITOR: 'true', ...env},
		columns: 120,
		rows: 40,
	});
	const loaded = (): string => {
		process.kill(terminal.pid, 'SIGUSR2');
		return existsSync(told) ? readFileSync(told, 'utf8') : '';
	};
	await terminal.until('? help', 30_000);
	await expect.poll(loaded, {timeout: 10_000}).toBe('[]');
	// A whole step is written as YAML.
	terminal.press('E');
	await expect.poll(loaded, {timeout: 10_000}).toContain('/yaml-');
	terminal.kill('SIGKILL');
	await terminal.exited;
});
