import {expect, it} from 'vitest';
import {launcher, makeRepository} from '../cli/flotilla.ts';
import {openPty} from '../support/pty-terminal.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

it('what waits in one run is answered from the window on another, and from the list of all runs', {
	timeout: 180_000,
}, async () => {
	await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 100, deltasPerSecond: 200})});
	const {env, json} = openBackground(server);
	const terminal = openPty({
		file: process.execPath,
		args: [launcher],
		cwd: makeRepository(),
		env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env},
		columns: 80,
		rows: 24,
	});
	const waitingGoals = async (): Promise<readonly string[]> => {
		const {requests}: {readonly requests: readonly {readonly runId: string}[]} = await json('inbox');
		const {runs}: {readonly runs: readonly {readonly id: string; readonly goal: string}[]} = await json('ls');
		return requests.map(({runId}) => runs.find(({id}) => id === runId)?.goal ?? '').toSorted();
	};

	// Three goals, whose plans wait for their person: the first one in the oldest run.
	await terminal.until('Nothing was begun yet');
	terminal.press('Survey the mill\r');
	await terminal.until('The plan waits for your', 60_000);
	for (const goal of ['Survey the weir', 'Survey the lock']) {
		terminal.press('~');
		await terminal.until('n: a new goal');
		terminal.press('n');
		await terminal.until('goal ❯');
		terminal.press(`${goal}\r`);
		await terminal.until(
			screen => screen.includes('The plan waits for your') && /^flotilla {2}Survey/.test(screen),
			60_000,
		);
		await terminal.until('elsewhere');
	}
	await terminal.until('◐ 2 elsewhere');
	expect(await waitingGoals()).toEqual(['Survey the lock', 'Survey the mill', 'Survey the weir']);

	// From the window on the lock: its own first, and then the oldest, which is the mill's.
	terminal.press('w');
	await terminal.until('Requests (1)');
	terminal.press('a');
	await terminal.until('w goes on: 2 wait in other runs');
	terminal.press('w');
	await terminal.until(
		screen => /^flotilla {2}Survey the mi/.test(screen) && screen.includes('This is another run (~ lists them all)'),
		30_000,
	);
	await expect.poll(waitingGoals, {timeout: 20_000}).toEqual(['Survey the mill', 'Survey the weir']);
	// What nobody could have read yet takes no answer, so it may be pressed again.
	const isAnswered = (): boolean => {
		terminal.press('a');
		return terminal.screen().join('\n').includes('w goes on: 1 waits in another run');
	};
	await expect.poll(isAnswered, {timeout: 20_000, interval: 300}).toBe(true);
	await terminal.until(screen => !screen.includes('Requests ('));
	terminal.press('~');
	await terminal.until(/^flotilla {2}needs you 1/, 30_000);
	// The bar is on the run one comes from.
	await terminal.until(/❯ .+Survey the mill/);
	await expect.poll(waitingGoals, {timeout: 20_000}).toEqual(['Survey the weir']);

	// From the list of all runs.
	terminal.press('w');
	await terminal.until(screen => /^flotilla {2}Survey the we/.test(screen) && screen.includes('Requests (1)'), 30_000);
	terminal.kill();
	await terminal.exited;
});
