import {describe, expect, it} from 'vitest';
import {foldRun} from '../../db/fold-run.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';

/** A window on a run whose history comes in when the test says so. What happens next comes at once. */
const openEarly = (columns: number, rows: number) => {
	const events = makeEvents();
	const run = foldRun(events);
	const seq = events.at(-1)?.seq;
	if (run === undefined || seq === undefined) throw new Error('There is no run.');
	const fleet = createMemoryFleet(events);
	let listener: Listener | undefined;
	const late: FleetPort = {
		...fleet.port,
		subscribe: (cursor, its) => {
			if (cursor.after > 0) return fleet.port.subscribe(cursor, its);
			listener = its;
			return () => {};
		},
	};
	const clock = createManualClock(run.lastEventAt);
	const robot = createRobot({port: late, runId: run.id, head: {run, seq}, clock, columns, rows});
	const half = Math.floor(events.length / 2);
	return {
		robot,
		fleet,
		first: () => listener?.onEvents(events.slice(0, half)),
		rest: () => {
			listener?.onEvents(events.slice(half));
			if (listener !== undefined) fleet.port.subscribe({after: seq, runId: run.id}, listener);
		},
	};
};

describe.each([
	[80, 24],
	[120, 40],
])('while a long history is still being read, at %i × %i', (columns, rows) => {
	it('shows where it leads, and how much has been read', async () => {
		const {robot, first, rest} = openEarly(columns, rows);
		await robot.sees(/of \d+ done/);
		await robot.sees('reading, 0 %');
		await robot.sees('Its history is being read.');
		first();
		await robot.wait(1000);
		await robot.sees(/reading, [45]\d? %/);
		await robot.seesNo('The run begins');
		rest();
		await robot.wait(1000);
		await robot.seesNo('reading,');
		await robot.seesNo('Its history');
		await robot.leave();
	});

	it('takes answers, opens transcripts, and says why the past must wait', async () => {
		const {robot, fleet, first, rest} = openEarly(columns, rows);
		first();
		await robot.press('T');
		await robot.reads('The history of this run is still being read');
		await robot.press('2', 'G', 'enter');
		await robot.sees('brief');
		await robot.press('esc', 'w');
		await robot.sees('allow once');
		await robot.wait(2000);
		await robot.press('a');
		const answers = () => fleet.commands.filter(({type}) => type === 'request.answer');
		expect(answers()).toMatchObject([{answer: {kind: 'approve'}}]);
		await robot.wait(1000);
		await robot.seesNo('allow once');
		rest();
		await robot.wait(1000);
		await robot.seesNo('allow once');
		expect(answers()).toHaveLength(1);
		await robot.press('T');
		await robot.sees('PAST');
		await robot.leave();
	});
});
