import type {Assignment, Fork, Parent} from './agent.ts';
import type {CallEffect, CallOutcome, CheckPlan, FileTouch, Preview, Verdict} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, MessageId, RequestId, RunId, StepId, TurnId} from './id.ts';
import type {LimitName} from './limits.ts';
import type {ReplyBlock, StopReason} from './message.ts';
import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Packet} from './packet.ts';
import type {Answer, Ask, Reach} from './request.ts';
import type {PauseReason, RunOutcome} from './run.ts';
import type {RunSettings, Standing} from './settings.ts';
import type {StepFields} from './step.ts';
import type {Usage} from './usage.ts';

/** A step as it enters the plan. */
export type PlannedStep = StepFields & {
	readonly id: StepId;
	readonly key: string;
	readonly estimate: NanoUsd | undefined;
};

/** What a turn cost. `cost` is undefined for a model without a known price. */
export type Settlement = {
	readonly usage: Usage;
	readonly cost: NanoUsd | undefined;
	/** True when the turn was cut short and the provider never said what it used. */
	readonly estimated: boolean;
};

/**
 * Everything that can be true of a run. Stored in this form, in this order, never changed. A new field needs a new
 * version and an upcast in `db/upcast.ts`.
 */
export type RunEvent =
	| {readonly type: 'run.created'; readonly goal: string; readonly settings: RunSettings}
	| {readonly type: 'run.paused'; readonly by: PauseReason}
	| {readonly type: 'run.resumed'}
	| {
			readonly type: 'run.suspended';
			/** The engine that carried it has ended without setting it down: it was killed, or failed. */
			readonly engineDied?: true;
	  }
	| {readonly type: 'run.recovered'; readonly lostTurns: number; readonly lostCalls: number}
	| {readonly type: 'run.permitted'; readonly standing: Standing}
	/** It comes from another state folder: nothing that was allowed there is allowed here. */
	| {readonly type: 'run.imported'}
	| {
			readonly type: 'run.ended';
			readonly outcome: RunOutcome;
			readonly reason: string;
			readonly failure: Failure | undefined;
	  }
	/** `agentId` or `stepId` name whose limit it is; a limit of the run or the day has neither. */
	| ({
			readonly type: 'budget.raised';
			readonly limit: number | undefined;
			readonly agentId: AgentId | undefined;
			readonly stepId: StepId | undefined;
	  } & LimitName)
	| ({
			readonly type: 'budget.warned';
			readonly limit: number;
			readonly used: number;
			readonly agentId: AgentId | undefined;
			readonly stepId: StepId | undefined;
	  } & LimitName)
	| {readonly type: 'run.winds_up'}
	| {
			readonly type: 'lane.paused';
			readonly lane: string;
			readonly until: number;
			readonly failure: Failure;
			/** Pauses in a row. */
			readonly failures: number;
			/** The most turns at once from now on. */
			readonly width: number;
	  }
	| {readonly type: 'lane.opened'; readonly lane: string}
	| {readonly type: 'lane.widened'; readonly lane: string; readonly width: number}
	| {readonly type: 'lane.closed'; readonly lane: string; readonly failure: Failure}
	| {
			readonly type: 'grant.added';
			readonly requestId: RequestId;
			readonly rule: string;
			readonly agentId: AgentId | undefined;
			readonly reach: Reach;
	  }
	| {
			readonly type: 'grant.kept';
			readonly rule: string;
			/** The file it was written to. */
			readonly path: string;
			/** Why it could not be; the rule then holds for this run only. */
			readonly problem: string | undefined;
	  }
	| {
			readonly type: 'plan.proposed';
			readonly taskType: string;
			readonly source: 'model' | 'template';
			/** Why a template stands in for the model's plan; empty when it does not. */
			readonly problems: readonly string[];
			readonly steps: readonly PlannedStep[];
	  }
	| {readonly type: 'step.approved'; readonly stepId: StepId; readonly by: 'person' | 'policy'}
	| {readonly type: 'step.held'; readonly stepId: StepId}
	| {readonly type: 'step.rejected'; readonly stepId: StepId; readonly reason: string}
	| {
			readonly type: 'step.edited';
			readonly stepId: StepId;
			readonly patch: Partial<StepFields>;
			readonly estimate: NanoUsd | undefined;
	  }
	| {
			readonly type: 'step.added';
			readonly step: PlannedStep;
			/** They wait for it. */
			readonly neededBy: readonly StepId[];
	  }
	| {readonly type: 'step.removed'; readonly stepId: StepId}
	/** It has changed places with one beside it, each with what stands under it. */
	| {readonly type: 'step.moved'; readonly stepId: StepId; readonly past: StepId}
	| {readonly type: 'step.proposed'; readonly stepId: StepId}
	| {readonly type: 'step.started'; readonly stepId: StepId; readonly agentId: AgentId}
	| {readonly type: 'step.skipped'; readonly stepId: StepId; readonly reason: string}
	| {readonly type: 'step.split'; readonly stepId: StepId; readonly into: readonly PlannedStep[]}
	| {readonly type: 'step.joined'; readonly stepId: StepId}
	| {
			readonly type: 'step.finished';
			readonly stepId: StepId;
			readonly agentId: AgentId;
			readonly packet: Packet;
			/** What it cost, all attempts together; undefined when a part of it has no known price. */
			readonly spent: NanoUsd | undefined;
			/** What was guessed before. */
			readonly estimate: NanoUsd | undefined;
	  }
	| {readonly type: 'step.retried'; readonly stepId: StepId}
	| {readonly type: 'step.failed'; readonly stepId: StepId; readonly agentId: AgentId; readonly failure: Failure}
	| {
			readonly type: 'agent.created';
			readonly agentId: AgentId;
			readonly name: string;
			readonly stepId: StepId | undefined;
			readonly model: ModelFacts;
			readonly assignment: Assignment;
			readonly parent: Parent | undefined;
			readonly depth: number;
			readonly fork: Fork | undefined;
			/** Tokens of the conversation it begins with. */
			readonly inherited: number;
	  }
	| {
			readonly type: 'agent.changed';
			readonly agentId: AgentId;
			readonly model: ModelFacts | undefined;
			readonly tools: readonly string[] | undefined;
			readonly instructions: string | undefined;
	  }
	| {readonly type: 'agent.paused'; readonly agentId: AgentId}
	| {readonly type: 'agent.resumed'; readonly agentId: AgentId}
	| {readonly type: 'agent.blocked'; readonly agentId: AgentId; readonly problem: string}
	| {readonly type: 'agent.limited'; readonly agentId: AgentId}
	| {readonly type: 'agent.winds_up'; readonly agentId: AgentId}
	| {readonly type: 'agent.retired'; readonly agentId: AgentId}
	| {
			readonly type: 'agent.messaged';
			readonly agentId: AgentId;
			readonly messageId: MessageId;
			readonly text: string;
			readonly from: 'person' | 'engine';
	  }
	| {readonly type: 'agent.interrupted'; readonly agentId: AgentId}
	| {readonly type: 'agent.continued'; readonly agentId: AgentId}
	| {readonly type: 'agent.killed'; readonly agentId: AgentId; readonly reason: string}
	| {readonly type: 'agent.finished'; readonly agentId: AgentId}
	| {readonly type: 'agent.failed'; readonly agentId: AgentId; readonly failure: Failure}
	| {
			readonly type: 'turn.started';
			readonly turnId: TurnId;
			readonly agentId: AgentId;
			readonly promptGuess: number;
			readonly reserved: NanoUsd;
			readonly reservedTokens: number;
			/** Messages that reach the model with this turn. */
			readonly delivers: readonly MessageId[];
			readonly last: boolean;
	  }
	| {
			readonly type: 'turn.finished';
			readonly turnId: TurnId;
			readonly agentId: AgentId;
			readonly content: readonly ReplyBlock[];
			readonly stopReason: StopReason;
			readonly settlement: Settlement;
	  }
	| {
			readonly type: 'turn.failed';
			readonly turnId: TurnId;
			readonly agentId: AgentId;
			readonly failure: Failure;
			/** What had arrived. It stays in the conversation only when a person cut the turn off. */
			readonly partial: readonly ReplyBlock[];
			readonly settlement: Settlement;
			/** When the next attempt may start, if its lane lets it; undefined when there is none. */
			readonly retryAt: number | undefined;
	  }
	| {
			readonly type: 'turn.cut';
			readonly turnId: TurnId;
			readonly agentId: AgentId;
			readonly failure: Failure;
	  }
	| {
			readonly type: 'call.proposed';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly turnId: TurnId;
			readonly useId: string;
			readonly tool: string;
			readonly input: unknown;
			/** No call was left for it: it ends without having been carried out, and is not counted. */
			readonly overBudget?: true;
	  }
	| {
			readonly type: 'call.weighed';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly effect: CallEffect;
			readonly verdict: Verdict;
			readonly preview: Preview;
	  }
	| {readonly type: 'call.started'; readonly callId: CallId; readonly agentId: AgentId}
	| {readonly type: 'call.cut'; readonly callId: CallId; readonly agentId: AgentId}
	| {readonly type: 'call.lost'; readonly callId: CallId; readonly agentId: AgentId}
	/** Another agent works on the answer to this call. */
	| {readonly type: 'call.delegated'; readonly callId: CallId; readonly agentId: AgentId; readonly to: AgentId}
	/** The work that this call reports is checked before the report counts. */
	| {
			readonly type: 'call.held';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly packet: Packet;
			readonly checks: readonly CheckPlan[];
	  }
	| {
			readonly type: 'call.finished';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly outcome: CallOutcome;
			readonly output: string;
			readonly touched: readonly FileTouch[];
			/** It changed the person's files, or ran something that may have. */
			readonly changes: boolean;
	  }
	| {
			readonly type: 'request.opened';
			readonly requestId: RequestId;
			readonly agentId: AgentId | undefined;
			readonly stepId: StepId | undefined;
			readonly ask: Ask;
	  }
	| {readonly type: 'request.seen'; readonly requestId: RequestId}
	| {readonly type: 'request.overdue'; readonly requestId: RequestId}
	| {
			readonly type: 'request.answered';
			readonly requestId: RequestId;
			readonly answer: Answer;
			readonly by: 'person' | 'policy';
	  }
	| {readonly type: 'request.withdrawn'; readonly requestId: RequestId};

export type EventType = RunEvent['type'];

/** What made an event happen, such as `command plan.approve` or `report turn.finished`. */
export type Cause = string;

/** An event at its place and time. `at` is ms since 1970. */
export type Happening = {readonly at: number; readonly runId: RunId; readonly event: RunEvent};

/** An event as it is stored. `seq` counts over all runs of the database, without gaps. */
export type Stamped = Happening & {readonly seq: number; readonly cause: Cause};

/** The agent an event belongs to, for the log's filter and the transcript's index. */
export const agentOf = (event: RunEvent): AgentId | undefined => ('agentId' in event ? event.agentId : undefined);
