import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {makeRepository, temporary} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'flotilla.cjs');

it('opens on a folder without a key: a plan, one keystroke, agents at once, a report', async () => {
	const home = temporary('home');
	const env = {HOME: home, PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8'};
	// As `npm start` says it; in a terminal nothing is approved unasked.
	const args = [launcher, 'Survey this project', '--unattended', 'approve'];
	const terminal = openPty({file: process.execPath, args, cwd: makeRepository(), env, columns: 160, rows: 40});
	const plan = await terminal.until('The plan waits for your approval', 30_000);
	expect(plan).toMatch(/offline/);
	expect(plan).not.toMatch(/ working /);

	terminal.press('A');
	await terminal.until(screen => (screen.match(/-\d+ +working /g) ?? []).length >= 2, 30_000);
	const end = await terminal.until(/written: \S+/, 60_000);
	expect(end).toMatch(/(\d+) of \1 done/);
	// The window itself says where the report landed.
	const report = readFileSync(/written: (\S+report\.md)/.exec(end)?.[1] ?? '', 'utf8');
	expect(report).toContain('| Files | 4 |');
	terminal.press('q');
	expect(await terminal.exited).toBe(0);
});
