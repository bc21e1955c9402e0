import type {CallEffect, CallOutcome} from '../domain/call.ts';
import type {FailureKind} from '../domain/failure.ts';
import type {AgentId, CallId, RunId, TurnId} from '../domain/id.ts';
import type {StopReason} from '../domain/message.ts';
import type {NanoUsd} from '../domain/money.ts';
import type {Packet} from '../domain/packet.ts';
import type {Ask} from '../domain/request.ts';
import type {RunOutcome} from '../domain/run.ts';
import {addUsage, noUsage, type Usage} from '../domain/usage.ts';

/** What happened within a stretch of a run, all added up. */
export type Tally = {
	readonly turns: number;
	readonly calls: number;
	readonly requests: number;
	/** How long requests were open, ms; of several at once, all. */
	readonly waitedMs: number;
	readonly usage: Usage;
	readonly cost: NanoUsd;
	/** Whether a part of the cost is a guess. */
	readonly estimated: boolean;
	/** Turns whose model has no known price; they are not in the cost. */
	readonly unpricedTurns: number;
};

export const noTally: Tally = {
	turns: 0,
	calls: 0,
	requests: 0,
	waitedMs: 0,
	usage: noUsage,
	cost: 0,
	estimated: false,
	unpricedTurns: 0,
};

export const addTally = (a: Tally, b: Partial<Tally>): Tally => ({
	turns: a.turns + (b.turns ?? 0),
	calls: a.calls + (b.calls ?? 0),
	requests: a.requests + (b.requests ?? 0),
	waitedMs: a.waitedMs + (b.waitedMs ?? 0),
	usage: addUsage(a.usage, b.usage ?? noUsage),
	cost: a.cost + (b.cost ?? 0),
	estimated: a.estimated || (b.estimated ?? false),
	unpricedTurns: a.unpricedTurns + (b.unpricedTurns ?? 0),
});

/** A stretch of a run that is over, and its place in the tree. Times are ms since 1970. */
type Stretch = {
	/** Names the run over all machines: the same in every process that tells of it. */
	readonly trace: string;
	/** Unique in the trace, and the same in every process. */
	readonly key: string;
	/** The key of what it is a part of; undefined for the run. */
	readonly parent: string | undefined;
	readonly start: number;
	readonly end: number;
	readonly runId: RunId;
};

/** Who works, as names. */
export type Worker = {readonly id: AgentId; readonly name: string; readonly role: string};

export type RunFact = Stretch & {
	readonly kind: 'run';
	readonly outcome: RunOutcome;
	readonly failure: FailureKind | undefined;
	readonly tally: Tally;
};

/** One attempt at a step. */
export type StepFact = Stretch & {
	readonly kind: 'step';
	readonly step: string;
	readonly role: string;
	readonly verdict: Packet['status'] | undefined;
	readonly failure: FailureKind | undefined;
	readonly tally: Tally;
};

/** An agent from its beginning, or from when it went on, to its report. */
export type AgentFact = Stretch & {
	readonly kind: 'agent';
	readonly worker: Worker;
	readonly task: 'plan' | 'step' | 'task' | 'part';
	readonly depth: number;
	readonly model: Model;
	readonly status: 'done' | 'failed' | 'killed';
	readonly failure: FailureKind | undefined;
	readonly tally: Tally;
};

export type Model = {readonly id: string; readonly provider: string};

export type TurnFact = Stretch & {
	readonly kind: 'turn';
	readonly turnId: TurnId;
	readonly worker: Worker;
	readonly model: Model;
	readonly maxOutputTokens: number;
	readonly usage: Usage;
	readonly cost: NanoUsd | undefined;
	readonly estimated: boolean;
	readonly stopReason: StopReason | undefined;
	readonly failure: FailureKind | undefined;
};

export type CallFact = Stretch & {
	readonly kind: 'call';
	readonly callId: CallId;
	readonly turnId: TurnId;
	readonly useId: string;
	readonly worker: Worker;
	readonly tool: string;
	readonly effect: CallEffect | undefined;
	readonly outcome: CallOutcome;
	/** How long it waited for a person, ms. */
	readonly waitedMs: number;
};

/** A request was opened, or is settled: answered by somebody, or withdrawn. */
export type RequestFact =
	| {readonly kind: 'opened'; readonly ask: Ask['kind']}
	| {
			readonly kind: 'settled';
			readonly ask: Ask['kind'];
			readonly by: 'person' | 'policy' | undefined;
			readonly waitedMs: number;
	  };

export type SpanFact = RunFact | StepFact | AgentFact | TurnFact | CallFact;

/**
 * What telemetry tells of a run. Names and numbers only: nothing in it is a prompt, a reply, an input or an output of a
 * tool, a path, a reason or any other text of the work.
 */
export type Fact = SpanFact | RequestFact;
