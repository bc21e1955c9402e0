import {expect, onTestFinished, test} from 'vitest';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';

const openSpoken = async (columns: number) => {
	const made = makeEvents({steps: 6});
	const clock = createManualClock((made.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(made, clock.now);
	const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, columns, rows: 40, screenReader: true});
	onTestFinished(() => robot.leave());
	await robot.sees('flotilla');
	/** The lines as a screen reader reads them, one after the other. */
	const lines = (): readonly string[] => robot.screen().filter(line => line !== '');
	return {robot, lines, run: fleet.run()};
};

test.each([80, 120])('in %i columns titles are read to their end, without borders or blank rows', async columns => {
	const {robot, run} = await openSpoken(columns);
	for (const {title} of Object.values(run.plan?.steps ?? {}))
		await robot.sees(new RegExp(title.replaceAll(' ', '\\s+')));
	await robot.sees('quit');
	expect(robot.screen().join('')).not.toMatch(/[│╭╮╰╯─]/);
	const last = robot.screen().findLastIndex(line => line !== '');
	expect(robot.screen().slice(0, last)).not.toContain('');
});

test('what is looked at is read before the keys that go with it', async () => {
	const {robot, lines} = await openSpoken(100);
	for (const key of ['2', 'enter']) await robot.press(key);
	await robot.sees('analyst');
	const keys = lines().findIndex(line => line.includes('? help'));
	expect(lines().findIndex(line => line.includes('brief'))).toBeLessThan(keys);
	expect(keys).toBe(lines().length - 1);
});

test('what is asked for is read as it stands, with its indentation', async () => {
	const {robot} = await openSpoken(100);
	await robot.press('w');
	await robot.sees('harbour.ts');
	expect(robot.screen().join('\n')).toMatch(/^\s*[+-] {3,}harbour\./m);
});
