import {describe, expect, onTestFinished, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import type {WindowPlace} from '../../store/action.ts';
import {logEntriesMax} from '../../store/log-memory.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot, type RobotOptions} from '../support/robot.tsx';
import {sizes} from './open-robot.ts';

const made = makeEvents();
const proposed = made.find(({event}) => event.type === 'plan.proposed')?.seq ?? 0;

/** The made run, and after it more than memory holds. */
const longRun = (): readonly Stamped[] => {
	const last = made.at(-1);
	if (last === undefined) throw new Error('no events');
	return [
		...made,
		...Array.from(
			{length: logEntriesMax + 2},
			(_, i): Stamped => ({
				...last,
				seq: last.seq + 1 + i,
				event: i % 2 === 0 ? {type: 'run.paused', by: 'person'} : {type: 'run.resumed'},
			}),
		),
	];
};

const openRobot = async (events: readonly Stamped[], options: Partial<RobotOptions> = {}) => {
	const clock = createManualClock((events.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(events, clock.now);
	const port: FleetPort = {
		...fleet.port,
		search: query => fleet.port.search({...query, text: query.text.replaceAll('*', '')}),
	};
	const robot = createRobot({port, runId: fleet.run().id, clock, outlives: true, ...options});
	onTestFinished(() => robot.leave());
	await robot.sees('flotilla');
	const find = async (text: string): Promise<void> => {
		// What was searched for last may stand there.
		await robot.press('ctrl+f', 'ctrl+u');
		await robot.type(text);
		await robot.wait(150);
		await robot.sees(/❯ .*this run/);
	};
	return {robot, find, runId: fleet.run().id};
};

describe.each(sizes)('what was found and no agent said, at $columns×$rows', size => {
	test('is opened in the log, with the bar on it, and the way back leads to what was found', async () => {
		const {robot, find} = await openRobot(made, size);
		await robot.press('3', '/');
		await robot.type('walrus\r');
		// The planner was told the goal as well, and later.
		await find('Survey the harbour');
		await robot.press('down', 'enter');
		await robot.sees('▸ 3 log · not following');
		await robot.sees(/❯ \d\d:.*The run begins/);
		await robot.sees('Ctrl+F leads back to what was found.');
		await robot.press('ctrl+f');
		await robot.sees(/❯ .*this run/);
		await robot.press('esc', 'ctrl+f');
		await robot.seesNo(/❯ .*this run/);
	});

	test('is opened in the past when memory does not reach back to it, and again from there', async () => {
		const {robot, find} = await openRobot(longRun(), size);
		// The planner was told the goal as well, and later.
		await find('Survey the harbour');
		await robot.press('down', 'enter');
		await robot.sees('◀ PAST');
		await robot.sees(/❯ \d\d:.*The run begins/);
		// At that moment there was no agent yet.
		await find('Survey the harbour');
		await robot.sees(/❯ planner-1/);
		await robot.press('enter');
		await robot.sees(/❯ \d\d:.*planner-1 +starts/);
		await find('Write the report');
		await robot.press('enter');
		await robot.sees(new RegExp(`\\b${proposed}(/| of )`));
		await robot.sees(/❯ \d\d:.*A plan of 9 steps/);
		await robot.press('esc');
		await robot.seesNo('PAST');
	});

	test('is where a window is opened', async () => {
		const place = {runId: 'run_made01', agentId: undefined, seq: proposed, words: ''} as const;
		const {robot} = await openRobot(made, {...size, place});
		await robot.sees('▸ 3 log · not following');
		await robot.sees(/❯ \d\d:.*A plan of 9 steps/);
		await robot.press('G');
		await robot.seesNo('not following');
	});

	test('is where a window is opened, in the past when memory does not reach back to it', async () => {
		const place = {runId: 'run_made01', agentId: undefined, seq: proposed, words: ''} as const;
		const {robot} = await openRobot(longRun(), {...size, place});
		await robot.sees('◀ PAST');
		await robot.sees(/❯ \d\d:.*A plan of 9 steps/);
	});
});

test('what no agent said in another run is opened in a window on that run', async () => {
	const left: (WindowPlace | undefined)[] = [];
	const clock = createManualClock((made.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(made, clock.now);
	const goal = {
		seq: 900,
		at: clock.now(),
		type: 'run.created',
		runId: 'run_other',
		goal: 'Mend the mill',
		excerpt: [{text: 'Mend the mill', isMatch: true}],
	} as const;
	const port: FleetPort = {...fleet.port, search: () => Promise.resolve({hits: [goal], isWhole: true})};
	const robot = createRobot({port, runId: fleet.run().id, clock, outlives: true, onHome: to => left.push(to)});
	onTestFinished(() => robot.leave());
	await robot.sees('flotilla');
	await robot.press('ctrl+f');
	await robot.type('mill');
	await robot.wait(150);
	await robot.sees('Mend the mill');
	await robot.press('enter');
	expect(left).toMatchObject([
		{runId: 'run_other', place: {runId: 'run_other', agentId: undefined, seq: 900, words: 'Mend the mill'}},
	]);
});
