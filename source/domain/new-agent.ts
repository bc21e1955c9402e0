import type {Agent} from './agent.ts';
import type {RunEvent} from './event.ts';
import {addText} from './fresh.ts';
import {noStreak} from './streak.ts';
import {noUsage} from './usage.ts';

type Created = Extract<RunEvent, {type: 'agent.created'}>;

/**
 * Guessed tokens, on the high side, of what every prompt begins with: the house rules, the role, the tools, the notes
 * of the project (16 KiB at most), the map of the folder.
 */
const preambleTokens = 9000;

/** The most bytes of it. */
const preambleBytes = 40_000;

/** An agent as it begins. */
export const newAgent = (
	{agentId, name, stepId, model, assignment, parent, depth, fork, inherited}: Created,
	at: number,
): Agent => ({
	id: agentId,
	name,
	stepId,
	parent,
	depth,
	fork,
	assignment,
	instructions: [],
	model,
	limits: {turn: {}, agent: {}},
	createdAt: at,
	endedAt: undefined,
	status: {kind: 'queued'},
	paused: false,
	windsUp: false,
	retired: false,
	turn: undefined,
	turnIds: [],
	calls: [],
	mailbox: [],
	read: [],
	turns: 0,
	lastTurns: 0,
	attempts: 0,
	nudges: 0,
	callsMade: 0,
	usage: noUsage,
	settled: 0,
	estimated: 0,
	unpriced: false,
	guessed: false,
	contextTokens: inherited,
	fresh: addText({tokens: preambleTokens, bytes: preambleBytes}, JSON.stringify(assignment)),
	workedMs: 0,
	sameCalls: noStreak,
	sameReplies: noStreak,
	unchecked: false,
	checkFailures: 0,
	activity: 'waits for a place',
});
