import {expect, it} from 'vitest';
import {launcher, makeRepository} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

it('`flotilla` alone shows all runs, opens what goes on, and takes up what was set down', {
	timeout: 120_000,
}, async () => {
	await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 200, deltasPerSecond: 60})});
	const {env, run, json} = openBackground(server);
	const dir = makeRepository();
	const open = () =>
		openPty({
			file: process.execPath,
			args: [launcher],
			cwd: dir,
			env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env},
			columns: 120,
			rows: 40,
		});

	const first = open();
	await first.until('Nothing was begun yet');
	first.press('Survey this project\r');
	await first.until('The plan waits for your', 30_000);
	// The terminal is closed by force, with its window.
	first.kill('SIGKILL');
	await first.exited;

	const second = open();
	await second.until(/◐ needs you .*Survey this project/);
	second.press('\r');
	await second.until('The plan waits for your', 30_000);
	second.press('A');
	await second.until('working', 30_000);
	second.press('m');
	await second.until('to scout-1');
	second.press('Mind the tide');
	await second.until('Mind the tide');
	second.press('\u001b');
	await second.until('? help');
	second.press('~');
	await second.until(/(working|done) .*Survey this project/);
	second.press('\r');
	await second.until(/\d+ of \d+ done/, 30_000);
	second.press('q');
	expect(await second.exited).toBe(0);
	expect(second.written()).toContain('It goes on in the background');
	expect(second.written()).toMatch(/Not sent to scout-1 of run_\w+: Mind the tide/);

	expect((await run('engine', 'stop')).stdout).toContain('set down');
	const third = open();
	await third.until(/paused .*Survey this project/);
	third.press('\r');
	await third.until(/2 agents[\s\S]*(working|done)/, 30_000);
	third.press('q');
	await third.exited;
	await expect.poll(async () => (await json('show', 'last')).status, {timeout: 90_000, interval: 300}).toBe('done');
});
