import type {Assignment} from './agent.ts';
import type {CallEffect, CallOutcome, FileTouch, Preview, Verdict} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, MessageId, RequestId, RunId, StepId, TurnId} from './id.ts';
import type {ReplyBlock, StopReason} from './message.ts';
import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Packet} from './packet.ts';
import type {Answer, Ask} from './request.ts';
import type {RunOutcome} from './run.ts';
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
	| {readonly type: 'run.paused'; readonly by: 'person' | 'budget'}
	| {readonly type: 'run.resumed'}
	| {readonly type: 'run.suspended'}
	| {readonly type: 'run.recovered'; readonly lostTurns: number; readonly lostCalls: number}
	| {readonly type: 'run.permitted'; readonly standing: Standing}
	| {
			readonly type: 'run.ended';
			readonly outcome: RunOutcome;
			readonly reason: string;
			readonly failure: Failure | undefined;
	  }
	| {readonly type: 'budget.raised'; readonly limit: NanoUsd | undefined}
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
	| {readonly type: 'step.started'; readonly stepId: StepId; readonly agentId: AgentId}
	| {readonly type: 'step.finished'; readonly stepId: StepId; readonly agentId: AgentId; readonly packet: Packet}
	| {readonly type: 'step.retried'; readonly stepId: StepId}
	| {readonly type: 'step.failed'; readonly stepId: StepId; readonly agentId: AgentId; readonly failure: Failure}
	| {
			readonly type: 'agent.created';
			readonly agentId: AgentId;
			readonly name: string;
			readonly stepId: StepId | undefined;
			readonly model: ModelFacts;
			readonly assignment: Assignment;
	  }
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
			/** When the next attempt may start; undefined when there is none. */
			readonly retryAt: number | undefined;
	  }
	| {
			readonly type: 'call.proposed';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly turnId: TurnId;
			readonly useId: string;
			readonly tool: string;
			readonly input: unknown;
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
	| {
			readonly type: 'call.finished';
			readonly callId: CallId;
			readonly agentId: AgentId;
			readonly outcome: CallOutcome;
			readonly output: string;
			readonly touched: readonly FileTouch[];
	  }
	| {
			readonly type: 'request.opened';
			readonly requestId: RequestId;
			readonly agentId: AgentId | undefined;
			readonly stepId: StepId | undefined;
			readonly ask: Ask;
	  }
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
