import type {CallEffect, CheckPlan, ControlAct, FileTouch, Preview, Verdict} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, RequestId, TurnId} from './id.ts';
import type {ReplyBlock, StopReason} from './message.ts';
import type {PlanDraft} from './plan.ts';
import type {Usage} from './usage.ts';

/** How a request to a model ended. */
export type Reply =
	| {
			readonly kind: 'done';
			readonly content: readonly ReplyBlock[];
			readonly stopReason: StopReason;
			readonly usage: Usage;
	  }
	| {
			readonly kind: 'failed';
			readonly failure: Failure;
			readonly partial: readonly ReplyBlock[];
			readonly usage: Usage | undefined;
	  };

/** What hands bring back. Hands never write events: whether a report still counts is decided when it arrives. */
export type Report =
	| {readonly type: 'turn.replied'; readonly agentId: AgentId; readonly turnId: TurnId; readonly reply: Reply}
	| {
			readonly type: 'plan.drafted';
			readonly agentId: AgentId;
			readonly turnId: TurnId;
			readonly reply: Reply;
			/** The plan that was read from the reply, if it is valid. */
			readonly draft: PlanDraft | undefined;
			/** What was wrong with it, in words the model can act on. */
			readonly problems: readonly string[];
			/** The plan by template, for when the model cannot give a valid one. */
			readonly template: PlanDraft;
	  }
	| {
			readonly type: 'call.weighed';
			readonly agentId: AgentId;
			readonly callId: CallId;
			readonly effect: CallEffect;
			readonly verdict: Verdict;
			readonly preview: Preview;
			readonly control: ControlAct | undefined;
			/** Set when the call cannot work, whatever anybody allows: an unknown tool, input that does not fit. */
			readonly problem?: string;
			/** The rule that a yes for more than once would add. */
			readonly grant?: string;
			/** For a call that reports a step: how the project says that its work is checked. */
			readonly checks?: readonly CheckPlan[];
	  }
	/** A running call wants to reach a host that no rule names; it waits for the effect `call.tell`. */
	| {
			readonly type: 'call.wants';
			readonly agentId: AgentId;
			readonly callId: CallId;
			readonly host: string;
			readonly grant: string;
	  }
	/** The rule of a yes for always was written to the project's configuration, or could not be. */
	| {
			readonly type: 'rule.kept';
			readonly requestId: RequestId;
			readonly rule: string;
			readonly path: string;
			readonly problem: string | undefined;
	  }
	| {
			readonly type: 'call.ended';
			readonly agentId: AgentId;
			readonly callId: CallId;
			readonly isError: boolean;
			readonly output: string;
			readonly touched: readonly FileTouch[];
			/** It failed because the engine ends and cut it off: what it has done by then is not known. */
			readonly isCut?: true;
	  };

/** The clock's word: something that was put off may be due. */
export type Tick = {readonly type: 'tick'};

/** The engine's word before it stops, and before it takes up a run: nothing may start any more, or yet. */
export type Suspension = {
	readonly type: 'suspension';
	/** The run is not its own: another engine has left it as it is. */
	readonly isFound?: true;
};

/** The engine's word after a start: whatever was under way is lost. */
export type Recovery = {readonly type: 'recovery'};
