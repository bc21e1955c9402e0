import {expect, it} from 'vitest';
import {launcher, makeRepository} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

it('what was said of one goal on the command line is not said of the next one from Home', {
	timeout: 120_000,
}, async () => {
	await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 200, deltasPerSecond: 60})});
	const {env, run} = openBackground(server);
	const terminal = openPty({
		file: process.execPath,
		args: [launcher, 'Survey this project', '--limit', 'run.turns=77', '--dir', makeRepository()],
		cwd: makeRepository(),
		env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env},
		columns: 120,
		rows: 40,
	});
	await terminal.until('The plan waits for your', 60_000);
	terminal.press('~');
	await terminal.until(/needs you .*Survey this project/);
	terminal.press('nCount the files\r');
	await terminal.until(screen => screen.includes('Count the files') && screen.includes('The plan waits'), 60_000);
	terminal.press('q');
	expect(await terminal.exited).toBe(0);
	const {stdout} = await run('logs', '--all', '--json');
	const begun = stdout.split('\n').flatMap(line => (line.includes('"run.created"') ? [line] : []));
	expect(begun.map(line => /"turns":77\b/.test(line))).toEqual([true, false]);
});
