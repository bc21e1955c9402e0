import {expect, it} from 'vitest';
import {foldRun} from '../../db/fold-run.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';

/** A window on a run whose history comes in when the test says so. */
const openEarly = (columns: number, rows: number) => {
	const events = makeEvents({steps: 4, stage: 'done'});
	const run = foldRun(events);
	const seq = events.at(-1)?.seq;
	if (run === undefined || seq === undefined) throw new Error('There is no run.');
	const {port} = createMemoryFleet(events);
	let listener: Listener | undefined;
	const late: FleetPort = {
		...port,
		subscribe: (_, its) => {
			listener = its;
			return () => {};
		},
	};
	const clock = createManualClock(run.lastEventAt);
	const robot = createRobot({port: late, runId: run.id, head: {run, seq}, clock, columns, rows});
	const half = Math.floor(events.length / 2);
	return {
		robot,
		first: () => listener?.onEvents(events.slice(0, half)),
		rest: () => listener?.onEvents(events.slice(half)),
	};
};

it.each([
	[80, 24],
	[120, 40],
])('shows where a long history leads while it is still being read, at %i × %i', async (columns, rows) => {
	const {robot, first, rest} = openEarly(columns, rows);
	await robot.sees('4 of 4 done');
	await robot.sees('reading, 0 %');
	first();
	await robot.wait(1000);
	await robot.sees(/reading, [45]\d? %/);
	await robot.sees('4 of 4 done');
	await robot.seesNo('The run begins');
	rest();
	await robot.wait(1000);
	await robot.sees('The run is done');
	await robot.seesNo('reading,');
	expect(robot.screen().join('\n')).toContain('4 of 4 done');
	await robot.leave();
});
