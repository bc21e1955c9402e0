import type {Agent} from '../../source/domain/agent.ts';
import type {Command} from '../../source/domain/command.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet, type MemoryFleet} from '../support/memory-fleet.ts';
import {createRobot, type Robot, type RobotOptions} from '../support/robot.tsx';
import type {Size} from './open-robot.ts';

export type Steered = {
	readonly robot: Robot;
	readonly fleet: MemoryFleet;
	/** What was sent last, beside what was only seen. */
	readonly sent: () => Command | undefined;
};

/** A robot before a made run to which some events were added. */
export const openSteered = async (
	size: Size,
	made: MakeRunOptions,
	more: readonly RunEvent[] = [],
	options: Partial<RobotOptions> = {},
): Promise<Steered> => {
	const made1 = makeEvents(made);
	const last = made1.at(-1);
	if (last === undefined) throw new Error('The made run has events.');
	const added = more.map((event, i): Stamped => ({...last, seq: last.seq + 1 + i, event}));
	const clock = createManualClock(last.at + 1000);
	const fleet = createMemoryFleet([...made1, ...added], clock.now);
	const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, ...size, ...options});
	await robot.sees('flotilla');
	return {robot, fleet, sent: () => fleet.commands.findLast(({type}) => type !== 'request.see')};
};

/** The agent that has a turn under way replies, with a call of a tool if one is named. */
export const reply = (fleet: MemoryFleet, {id, turn}: Agent, text: string, tool?: string): void => {
	if (turn === undefined) throw new Error('Only who has a turn can reply.');
	fleet.report({
		type: 'turn.replied',
		agentId: id,
		turnId: turn.id,
		reply: {
			kind: 'done',
			content: [
				{type: 'text', text},
				...(tool === undefined ? [] : [{type: 'tool_use', useId: `use_${turn.id}`, name: tool, input: {}} as const]),
			],
			stopReason: tool === undefined ? 'end_turn' : 'tool_use',
			usage: {...noUsage, input: 100, output: 10},
		},
	});
};
