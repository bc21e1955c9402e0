import type {Assignment} from '../../source/domain/agent.ts';
import type {CallEffect} from '../../source/domain/call.ts';
import type {AgentId, CallId, MessageId, RequestId, StepId, TurnId} from '../../source/domain/id.ts';
import type {Allowance, Limits} from '../../source/domain/limits.ts';
import {noLimits} from '../../source/domain/limits.ts';
import type {ModelFacts, Tier} from '../../source/domain/model.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {Ask} from '../../source/domain/request.ts';

/**
 * What an onlooker knows who reads nothing but the events. It is written apart from the program's own fold on purpose:
 * a fault that both made alike would not be seen.
 */
export type SeenStep = {
	readonly id: StepId;
	tier: Tier;
	dependsOn: readonly StepId[];
	state:
		| 'proposed'
		| 'held'
		| 'approved'
		| 'rejected'
		| 'skipped'
		| 'split'
		| 'working'
		| 'done'
		| 'faulted'
		| 'failed';
	agentId: AgentId | undefined;
	allowance: Allowance;
	/** What it was when it was split, and its parts. */
	split: {readonly was: SeenStep['state']; readonly into: readonly StepId[]} | undefined;
};

/** Whoever needs a step in this state need not wait for it. `faulted` reported that what was asked does not hold. */
export const isOver = (state: SeenStep['state']): boolean =>
	state === 'done' || state === 'faulted' || state === 'rejected' || state === 'skipped' || state === 'split';

/** What was drawn from limits. Time is not here: it passes while a turn runs, so that no limit of it is exact. */
export type Sums = {money: NanoUsd; tokens: number; turns: number; calls: number};

export const noSums = (): Sums => ({money: 0, tokens: 0, turns: 0, calls: 0});

export type SeenAgent = {
	readonly id: AgentId;
	readonly stepId: StepId | undefined;
	readonly parent: {readonly agentId: AgentId; readonly callId: CallId | undefined} | undefined;
	readonly depth: number;
	readonly kind: Assignment['kind'];
	readonly maxTurns: number;
	model: ModelFacts;
	ended: 'done' | 'failed' | 'killed' | undefined;
	retired: boolean;
	paused: boolean;
	/** It waits for somebody's word. */
	stopped: 'interrupted' | 'blocked' | 'limited' | undefined;
	/** Set while it waits out a failure. */
	restUntil: number | undefined;
	openTurn: TurnId | undefined;
	/** Its latest turns in which it could only report, since a person last wrote or somebody let it go on. */
	lastTurns: number;
	/** Failures of its own in a row. */
	failures: number;
	/** How often somebody let it go on. */
	stops: number;
	readonly unread: Set<MessageId>;
	/** Calls of its latest turn, in order. */
	calls: SeenCall[];
	/** Tokens its conversation had at the end of its latest turn. */
	context: number;
	/** The most bytes of what its model has not read yet: in the open turn, and after it. */
	sent: number;
	unsent: number;
	readonly spent: Sums;
	settled: NanoUsd;
	estimated: NanoUsd;
	limits: Pick<Limits, 'turn' | 'agent'>;
};

export type SeenTurn = {
	readonly id: TurnId;
	readonly agentId: AgentId;
	readonly model: ModelFacts;
	readonly reserved: NanoUsd;
	readonly tokens: number;
	/** Calls of it that were counted. */
	calls: number;
	/** Its agent may only report in it. */
	readonly last: boolean;
	ended: boolean;
	/** Tool uses of the reply that are not yet calls. */
	owed: readonly string[];
};

export type SeenCall = {
	readonly id: CallId;
	readonly agentId: AgentId;
	readonly turnId: TurnId;
	readonly tool: string;
	effect: CallEffect | undefined;
	state: 'proposed' | 'denied' | 'asked' | 'allowed' | 'running' | 'lost' | 'delegated' | 'checking' | 'ended';
	outcome: string | undefined;
	/** The event by which it was last started; 0 when it never was. */
	begunAt: number;
	/** Given an end by the program, because its agent was to do no more. */
	cutOff: boolean;
	/** How often hands were given it to carry out. */
	carriedOut: number;
};

export type SeenRequest = {
	readonly id: RequestId;
	readonly agentId: AgentId | undefined;
	readonly stepId: StepId | undefined;
	readonly ask: Ask;
	open: boolean;
};

export type SeenLane = {
	state: 'open' | 'paused' | 'closed';
	since: number;
	until: number;
	width: number | undefined;
	/** It was shut, and no good reply has come since it opened. */
	probes: boolean;
	pauses: number;
	/** The provider said that it is too much, and the lane has not shut yet. */
	owesPause: boolean;
};

export type Seen = {
	events: number;
	status: 'none' | 'planning' | 'active' | 'paused' | 'ended';
	pausedBy: string | undefined;
	/** No process carries the run. */
	suspended: boolean;
	planned: boolean;
	windsUp: boolean;
	maxParallel: number;
	outputsDir: string;
	models: Readonly<Record<Tier, ModelFacts>> | undefined;
	limits: Limits;
	readonly steps: Map<StepId, SeenStep>;
	/** As they were planned, added and moved. */
	order: readonly StepId[];
	readonly agents: Map<AgentId, SeenAgent>;
	readonly turns: Map<TurnId, SeenTurn>;
	readonly calls: Map<CallId, SeenCall>;
	readonly requests: Map<RequestId, SeenRequest>;
	readonly lanes: Map<string, SeenLane>;
	readonly messages: Set<MessageId>;
	/** Rules that are to be written to the project's configuration. */
	readonly unkept: Set<string>;
	readonly warned: Set<string>;
	/** The event by which files were last changed, or may have been. */
	changedAt: number;
	today: {day: number; sums: Sums};
	settled: NanoUsd;
	estimated: NanoUsd;
	reserved: NanoUsd;
};

export const seeNothing = (): Seen => ({
	events: 0,
	status: 'none',
	pausedBy: undefined,
	suspended: false,
	planned: false,
	windsUp: false,
	maxParallel: 0,
	outputsDir: '',
	models: undefined,
	limits: noLimits,
	steps: new Map(),
	order: [],
	agents: new Map(),
	turns: new Map(),
	calls: new Map(),
	requests: new Map(),
	lanes: new Map(),
	messages: new Set(),
	unkept: new Set(),
	warned: new Set(),
	changedAt: 0,
	today: {day: 0, sums: noSums()},
	settled: 0,
	estimated: 0,
	reserved: 0,
});

export const isAtWork = (agent: SeenAgent): boolean =>
	agent.openTurn !== undefined ||
	(agent.ended === undefined &&
		agent.stopped === undefined &&
		(agent.restUntil !== undefined || agent.calls.some(call => call.state === 'proposed' || call.state === 'running')));

/** It could ask its model at once, if there were a place, a lane and money for it. */
export const couldThink = (agent: SeenAgent): boolean =>
	agent.ended === undefined &&
	agent.stopped === undefined &&
	!agent.paused &&
	agent.restUntil === undefined &&
	agent.openTurn === undefined &&
	agent.calls.every(call => call.state === 'ended');

/** Whether the call may change something; what is not weighed yet may. */
export const mayChange = (call: SeenCall): boolean => call.effect !== 'read' && call.effect !== 'control';

export const turnsOut = (seen: Seen, lane: string): number =>
	[...seen.agents.values()].filter(
		({openTurn}) => openTurn !== undefined && seen.turns.get(openTurn)?.model.provider === lane,
	).length;

/** Whether a lane would take one more turn. */
export const laneTakes = (seen: Seen, name: string): boolean => {
	const lane = seen.lanes.get(name);
	if (lane === undefined) return true;
	const width = lane.probes ? 1 : (lane.width ?? Number.POSITIVE_INFINITY);
	return lane.state === 'open' && turnsOut(seen, name) < width;
};
