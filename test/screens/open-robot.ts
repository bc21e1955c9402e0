import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet, type MemoryFleet} from '../support/memory-fleet.ts';
import {createRobot, type Robot, type RobotOptions} from '../support/robot.tsx';

export type Size = {readonly columns: number; readonly rows: number};

/** The sizes at which everything must be reached and told: one list, so that no view is left out at one of them. */
export const sizes: readonly Size[] = [
	{columns: 60, rows: 20},
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
];

/** A robot before the window of a made run, a second after its last event. */
export const openRobot = async (
	made: MakeRunOptions = {},
	options: Partial<RobotOptions> = {},
): Promise<{readonly robot: Robot; readonly fleet: MemoryFleet}> => {
	const events = makeEvents(made);
	const clock = createManualClock((events.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(events, clock.now);
	const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, ...options});
	await robot.sees('flotilla');
	return {robot, fleet};
};
