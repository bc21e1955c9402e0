import {type Agent, isActive} from './agent.ts';
import type {Call} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, ChildKind, RequestId, RunId, StepId} from './id.ts';
import type {Lane} from './lane.ts';
import type {LimitName, Spend} from './limits.ts';
import type {NanoUsd} from './money.ts';
import {isCounted, type Plan, readinessOf, stepsOf} from './plan.ts';
import type {Reach, Request} from './request.ts';
import type {Grant} from './rules.ts';
import type {RunSettings} from './settings.ts';
import {hasFailed, hasSucceeded, type Step} from './step.ts';
import {rowOf, type Table} from './table.ts';
import type {Usage} from './usage.ts';

export type RunOutcome = 'done' | 'failed' | 'stopped';

/** `timeout`: nobody answered a request in time. */
export type PauseReason = 'person' | 'budget' | 'timeout';

export type RunStatus =
	| {readonly kind: 'planning'}
	| {readonly kind: 'active'}
	| {readonly kind: 'paused'; readonly by: PauseReason}
	| {
			readonly kind: 'ended';
			readonly outcome: RunOutcome;
			readonly reason: string;
			readonly failure: Failure | undefined;
			readonly at: number;
	  };

/** Sums over all agents of the run. `settled + estimated` was spent, `reserved` may still be. */
export type Ledger = {
	readonly settled: NanoUsd;
	readonly estimated: NanoUsd;
	readonly reserved: NanoUsd;
	/** Turns whose model has no known price. */
	readonly unpricedTurns: number;
	readonly usage: Usage;
};

/** One goal being pursued: the fold of its events. */
export type Run = {
	readonly id: RunId;
	readonly goal: string;
	readonly createdAt: number;
	readonly settings: RunSettings;
	readonly status: RunStatus;
	/** No process carries the run: nothing starts until it is taken up again. */
	readonly suspended: boolean;
	/** When the present process took it up, ms since 1970. */
	readonly carriedSince: number;
	/** When it last began or went on: it was taken up or resumed, or the last answer came that it waited for. */
	readonly goesOnSince: number;
	readonly plan: Plan | undefined;
	/** Oldest first. */
	readonly agents: Table<Agent>;
	readonly requests: Table<Request>;
	readonly ledger: Ledger;
	/** What was used up since the start, by everyone. */
	readonly spent: Spend;
	/** What of it was used up on the latest day (see `dayOf`). */
	readonly today: Spend & {readonly day: number};
	/** By name; a lane that was never crowded has no entry. */
	readonly lanes: Readonly<Record<string, Lane>>;
	readonly grants: readonly (Grant & {
		readonly requestId: RequestId;
		readonly reach: Reach;
		/** It was written to the project's configuration, or could not be. */
		readonly kept: boolean;
	})[];
	/** The limits a person was warned of, each with the amount it had then. */
	readonly warned: Readonly<Record<string, number>>;
	/** Who is at work reports, nothing more starts: a person said so when a limit was reached. */
	readonly windsUp: boolean;
	/** How many things of each kind the run has named. */
	readonly counts: Readonly<Record<ChildKind, number>>;
	readonly lastEventAt: number;
};

/** A run as it was after an event, and the number of that event. */
export type RunAt = {readonly run: Run; readonly seq: number};

/** Names one limit of a run, for looking up what a person was told of it. */
export const limitKey = ({
	scope,
	what,
	agentId,
	stepId,
}: LimitName & {readonly agentId: AgentId | undefined; readonly stepId: StepId | undefined}): string =>
	`${scope} ${what} ${scope === 'step' ? (stepId ?? '') : (agentId ?? '')}`;

export const agentIn = (run: Run | undefined, id: AgentId | undefined): Agent | undefined =>
	run === undefined || id === undefined ? undefined : rowOf(run.agents, id);

export const requestIn = (run: Run | undefined, id: RequestId | undefined): Request | undefined =>
	run === undefined || id === undefined ? undefined : rowOf(run.requests, id);

export const openRequests = (run: Run): readonly Request[] =>
	run.requests.filter(request => request.status.kind === 'open');

export const stepOf = (run: Run, stepId: StepId | undefined): Step | undefined =>
	stepId === undefined ? undefined : run.plan?.steps[stepId];

/** Who would ask this provider next. */
export const agentsOnLane = (run: Run, name: string): readonly Agent[] =>
	run.agents.filter(
		agent => agent.model.provider === name && agent.turn === undefined && agent.status.kind === 'queued',
	);

/** Steps that could begin if this provider could be asked. */
export const stepsOnLane = (run: Run, name: string): readonly Step[] => {
	const {plan, windsUp, settings} = run;
	if (plan === undefined || windsUp) return [];
	return stepsOf(plan).filter(
		step =>
			step.status.kind === 'approved' &&
			settings.models[step.tier].provider === name &&
			readinessOf(plan, step).kind === 'ready',
	);
};

/** Whether anybody waits for this lane: an agent, or a step that could begin. */
export const isWanted = (run: Run, {name}: Lane): boolean =>
	agentsOnLane(run, name).some(agent => !agent.paused) || stepsOnLane(run, name).length > 0;

/** Whether somebody goes on without a person once a provider may be asked again. */
const waitsForLane = (run: Run): boolean =>
	run.status.kind !== 'paused' &&
	!run.suspended &&
	Object.values(run.lanes).some(lane => lane.state.kind === 'paused' && isWanted(run, lane));

/**
 * Whether nothing more happens until a person does something, asked or not: a step may be held, an agent interrupted,
 * the run paused.
 */
export const needsPerson = (run: Run): boolean => {
	const agents = run.agents;
	// In a paused run nobody is woken from a backoff.
	const moves = (agent: Agent): boolean =>
		isActive(agent) && !(run.status.kind === 'paused' && agent.status.kind === 'backoff' && agent.turn === undefined);
	const begun = agents.length > 0 || run.plan !== undefined;
	return run.status.kind !== 'ended' && begun && !agents.some(moves) && !waitsForLane(run);
};

const isUnderWay = ({status}: Call): boolean => status.kind === 'running';

/** Whether a run has ended, and all that was under way then is booked: nothing is heard of it any more. */
export const isOver = ({status, agents}: Run): boolean =>
	status.kind === 'ended' && !agents.some(({turn, calls}) => turn !== undefined || calls.some(isUnderWay));

/** What a person calls the state of a run. */
export type RunWord = 'planning' | 'running' | 'waiting' | 'paused' | RunOutcome;

export const runWord = (run: Run): RunWord => {
	if (run.suspended && run.status.kind !== 'ended' && openRequests(run).length === 0) return 'paused';
	const restsInLane = (): boolean => waitsForLane(run) && !run.agents.some(isActive);
	switch (run.status.kind) {
		case 'planning':
			if (needsPerson(run)) return 'waiting';
			return restsInLane() ? 'paused' : 'planning';
		case 'ended':
			return run.status.outcome;
		case 'paused':
			return run.status.by === 'person' ? 'paused' : 'waiting';
		case 'active':
			if (openRequests(run).length > 0 || needsPerson(run)) return 'waiting';
			return restsInLane() ? 'paused' : 'running';
		default:
			return run.status satisfies never;
	}
};

/** What a person calls the state of a step. */
export type StepWord =
	| 'proposed'
	| 'held'
	| 'rejected'
	| 'skipped'
	| 'split'
	| 'ready'
	| 'queued'
	| 'blocked'
	| 'needs you'
	| 'working'
	| 'done'
	| 'failed';

export const stepWord = (run: Run, step: Step): StepWord => {
	const {status} = step;
	switch (status.kind) {
		case 'approved': {
			if (run.plan === undefined) return 'queued';
			const readiness = readinessOf(run.plan, step);
			return readiness.kind === 'waiting' ? 'queued' : readiness.kind;
		}
		case 'working':
			return run.requests.some(r => r.status.kind === 'open' && r.stepId === step.id) ? 'needs you' : 'working';
		case 'proposed':
		case 'held':
		case 'rejected':
		case 'skipped':
		case 'split':
		case 'failed':
			return status.kind;
		case 'done':
			return hasSucceeded(step) ? 'done' : 'failed';
		default:
			return status satisfies never;
	}
};

/** The line of a run in a listing. */
export type RunSummary = {
	readonly id: RunId;
	readonly goal: string;
	readonly dir: string;
	readonly status: RunWord;
	readonly createdAt: number;
	readonly lastEventAt: number;
	/** When it last began or went on, ms since 1970; a line that an older Flotilla wrote does not say it. */
	readonly goesOnSince?: number;
	readonly steps: {readonly total: number; readonly done: number; readonly failed: number};
	readonly spent: NanoUsd;
	readonly estimated: boolean;
	readonly unpriced: boolean;
	readonly usage: Usage;
	readonly waiting: number;
	/** What was used up on the latest day the run worked. */
	readonly today: Spend & {readonly day: number};
};

export const summarize = (run: Run): RunSummary => {
	const steps = stepsOf(run.plan).filter(isCounted);
	return {
		id: run.id,
		goal: run.goal,
		dir: run.settings.dir,
		status: runWord(run),
		createdAt: run.createdAt,
		lastEventAt: run.lastEventAt,
		goesOnSince: run.goesOnSince,
		steps: {
			total: steps.length,
			done: steps.filter(hasSucceeded).length,
			failed: steps.filter(hasFailed).length,
		},
		spent: run.ledger.settled + run.ledger.estimated,
		estimated: run.ledger.estimated > 0,
		unpriced: run.ledger.unpricedTurns > 0,
		usage: run.ledger.usage,
		waiting: openRequests(run).length,
		today: run.today,
	};
};
