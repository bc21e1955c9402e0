import {describe, expect, onTestFinished, test} from 'vitest';
import type {FleetPort, SearchHit, SearchQuery} from '../../source/engine/port.ts';
import type {WindowPlace} from '../../store/action.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';
import {sizes} from './open-robot.ts';

const elsewhere: SearchHit = {
	seq: 900,
	at: Date.UTC(2026, 10, 21, 8),
	type: 'turn.finished',
	runId: 'run_other',
	goal: 'Mend the mill',
	agentId: 'agent_other_2',
	agentName: 'miller-1',
	excerpt: [
		{text: 'the wheel of the ', isMatch: false},
		{text: 'harbour', isMatch: true},
		{text: ' mill', isMatch: false},
	],
};

/** The same words in two older events: of the turn, and of what was asked for in it. */
const again: readonly SearchHit[] = [899, 898].map(seq => ({...elsewhere, seq, at: elsewhere.at - 60_000}));

const openRobot = async (size = {columns: 80, rows: 24}) => {
	const events = makeEvents({steps: 6});
	const clock = createManualClock((events.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(events, clock.now);
	const asked: SearchQuery[] = [];
	const port: FleetPort = {
		...fleet.port,
		search: async query => {
			asked.push(query);
			const page = await fleet.port.search({...query, text: query.text.replaceAll('*', '')});
			return query.runId === undefined ? {...page, hits: [elsewhere, ...again, ...page.hits]} : page;
		},
	};
	const left: (WindowPlace | undefined)[] = [];
	const robot = createRobot({
		port,
		runId: fleet.run().id,
		clock,
		outlives: true,
		onHome: to => left.push(to),
		...size,
	});
	onTestFinished(() => robot.leave());
	await robot.sees('flotilla');
	return {robot, asked, left, runId: fleet.run().id};
};

describe('searching everything', () => {
	test.each(sizes)('shows what was found, where and how long ago, at $columns×$rows', async size => {
		const {robot} = await openRobot(size);
		await robot.press('ctrl+f');
		await robot.type('harbour');
		await robot.sees('searching');
		await robot.wait(150);
		await robot.sees(/❯ miller-1 {2}Mend the mill +×3 · \d+\w ago/);
		expect(robot.screen().filter(row => row.includes('harbour mill'))).toHaveLength(1);
		await robot.sees('the wheel of the harbour mill');
		await robot.sees(/ {2}\w+-\d+ {2}this run/);
	});

	test('asks once for what was typed, and again for this run only', async () => {
		const {robot, asked, runId} = await openRobot();
		await robot.press('ctrl+f');
		await robot.type('harb');
		await robot.type('our');
		await robot.wait(150);
		expect(asked.map(({text}) => text)).toEqual(['harbour*']);
		await robot.press('tab');
		await robot.wait(150);
		await robot.sees('Search · this run');
		expect(asked.at(-1)).toMatchObject({runId});
		await robot.seesNo('miller-1');
	});

	test('opens a place of this run in its transcript, and comes back to what was found', async () => {
		const {robot} = await openRobot();
		await robot.press('ctrl+f');
		await robot.type('export');
		await robot.wait(150);
		await robot.press('down', 'enter');
		await robot.sees('15 of 15 for export');
		await robot.seesNo('Mend the mill');
		await robot.press('n');
		await robot.seesNo('Nothing is searched for');
		await robot.press('esc');
		await robot.sees('Mend the mill');
		await robot.press('esc');
		await robot.sees('1 plan');
	});

	test('opens nothing that was found for other words than those that stand there', async () => {
		const {robot, left} = await openRobot();
		await robot.press('ctrl+f');
		await robot.type('harbour');
		await robot.wait(150);
		await robot.sees('Mend the mill');
		await robot.type('s of the north');
		await robot.press('enter');
		await robot.sees('It is being searched for');
		expect(left).toEqual([]);
		await robot.press('ctrl+u');
		await robot.seesNo('Mend the mill');
		await robot.press('enter');
		await robot.sees('Nothing is found that could be opened.');
		expect(left).toEqual([]);
	});

	test('leaves for the window on another run at the place', async () => {
		const {robot, left} = await openRobot();
		await robot.press('ctrl+f');
		await robot.type('harbour');
		await robot.wait(150);
		await robot.press('enter');
		expect(left).toMatchObject([{runId: 'run_other', place: {runId: 'run_other', agentId: 'agent_other_2', seq: 900}}]);
		expect(robot.isClosed()).toBe(true);
	});

	test('leaves for the list of all runs', async () => {
		const {robot, left} = await openRobot();
		await robot.press('~');
		expect(left).toEqual([undefined]);
		expect(robot.isClosed()).toBe(true);
	});
});
