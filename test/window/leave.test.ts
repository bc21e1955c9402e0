import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {flotilla, makeRepository, temporary} from '../cli/flotilla.ts';
import {openFlotilla} from '../cli/open-flotilla.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';

const ctrlC = '\u0003';

it('stores how a call ended when Ctrl+C is pressed once more while the engine of the window ends', {
	timeout: 60_000,
}, async () => {
	await using server = await startStandIn({
		script: fleet([
			{
				when: request => request.schema === undefined && request.tools.has('run_command'),
				reply: () => ({
					blocks: [{type: 'tool_use', name: 'run_command', input: {command: 'touch begun; sleep 60'}}],
				}),
			},
		]),
	});
	const dir = makeRepository();
	const home = temporary('home');
	// The end is waited for while a command of the person goes on.
	writeFileSync(join(home, 'config.yaml'), 'hooks: [{on: run.suspended, run: sleep 3}]\n');
	const env = {FLOTILLA_HOME: home, HOME: home, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'};
	const terminal = openFlotilla(['Sit there', '--role', 'builder', '--dir', dir, '--yes'], env);
	await expect.poll(() => existsSync(join(dir, 'begun')), {timeout: 20_000}).toBe(true);
	terminal.press(ctrlC + ctrlC);
	await expect.poll(() => terminal.emulator.buffer.active.type, {timeout: 20_000}).toBe('normal');
	terminal.press(ctrlC);
	await terminal.until('What is at work is being ended');
	expect(await terminal.exited).toBe(0);
	const {stdout} = await flotilla(['logs', '--json'], env);
	expect(stdout).toMatch(/"type":"call.started"[\s\S]*"type":"call.finished"/);
});
