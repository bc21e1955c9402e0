import type {AgentId, RequestId, RunId, StepId, TurnId} from './id.ts';
import type {LimitName} from './limits.ts';
import type {Tier} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Way} from './plan-tree.ts';
import type {Answer} from './request.ts';
import type {RunSettings, Standing} from './settings.ts';
import type {NewStep, StepFields} from './step.ts';

/** What a person or a script asks of the engine. Every one is answered: done, or a rejection with the reason. */
export type Command =
	| {readonly type: 'run.create'; readonly runId: RunId; readonly goal: string; readonly settings: RunSettings}
	| {readonly type: 'run.pause'; readonly runId: RunId}
	| {readonly type: 'run.resume'; readonly runId: RunId}
	| {readonly type: 'run.stop'; readonly runId: RunId; readonly reason: string}
	| {
			readonly type: 'run.permit';
			readonly runId: RunId;
			readonly standing: Standing;
			readonly budget: NanoUsd | undefined;
	  }
	/** Change a limit of the run or the day; undefined lifts it. */
	| ({
			readonly type: 'budget.set';
			readonly runId: RunId;
			readonly limit: number | undefined;
	  } & LimitName)
	/** Approve every proposed step, or only those that are named. */
	| {readonly type: 'plan.approve'; readonly runId: RunId; readonly steps?: readonly StepId[]}
	/** One more step. It waits for approval as every other does; those in `neededBy` wait for it. */
	| {
			readonly type: 'step.add';
			readonly runId: RunId;
			readonly step: NewStep;
			readonly neededBy: readonly StepId[];
	  }
	/** Take a step that never began out of the plan: who needed it needs what it needed. */
	| {readonly type: 'step.remove'; readonly runId: RunId; readonly stepId: StepId}
	/** One place up or down among the steps beside it: of those that are ready, the higher one starts first. */
	| {readonly type: 'step.move'; readonly runId: RunId; readonly stepId: StepId; readonly way: Way}
	/** Take back what was decided of a step that never began: it waits for approval again. */
	| {readonly type: 'step.propose'; readonly runId: RunId; readonly stepId: StepId}
	| {readonly type: 'step.approve'; readonly runId: RunId; readonly stepId: StepId}
	| {readonly type: 'step.hold'; readonly runId: RunId; readonly stepId: StepId}
	| {readonly type: 'step.reject'; readonly runId: RunId; readonly stepId: StepId; readonly reason: string}
	| {readonly type: 'step.edit'; readonly runId: RunId; readonly stepId: StepId; readonly patch: Partial<StepFields>}
	| {readonly type: 'step.retry'; readonly runId: RunId; readonly stepId: StepId}
	| {readonly type: 'step.skip'; readonly runId: RunId; readonly stepId: StepId; readonly reason: string}
	/** Replace a step by two or more, one after the other; each takes over what is not said of it. */
	| {
			readonly type: 'step.split';
			readonly runId: RunId;
			readonly stepId: StepId;
			readonly into: readonly {readonly title: string; readonly objective: string}[];
	  }
	/** Take a split back: the parts, none of which has begun, go, and the step is what it was. */
	| {readonly type: 'step.join'; readonly runId: RunId; readonly stepId: StepId}
	| {
			readonly type: 'agent.create';
			readonly runId: RunId;
			readonly role: string;
			readonly objective: string;
			/** Undefined: the role's own. */
			readonly tier: Tier | undefined;
	  }
	| {readonly type: 'agent.message'; readonly runId: RunId; readonly agentId: AgentId; readonly text: string}
	| {readonly type: 'agent.interrupt'; readonly runId: RunId; readonly agentId: AgentId}
	| {readonly type: 'agent.continue'; readonly runId: RunId; readonly agentId: AgentId}
	| {readonly type: 'agent.pause'; readonly runId: RunId; readonly agentId: AgentId}
	/** Takes effect with its next turn. What is undefined stays as it is. */
	| {
			readonly type: 'agent.change';
			readonly runId: RunId;
			readonly agentId: AgentId;
			readonly tier: Tier | undefined;
			readonly tools: readonly string[] | undefined;
			/** Added to its prompt. */
			readonly instructions: string | undefined;
	  }
	/** A new agent with the same conversation up to the end of a turn; undefined: up to its latest. */
	| {
			readonly type: 'agent.fork';
			readonly runId: RunId;
			readonly agentId: AgentId;
			readonly turnId: TurnId | undefined;
			readonly text: string;
	  }
	| {readonly type: 'agent.retire'; readonly runId: RunId; readonly agentId: AgentId}
	| {readonly type: 'agent.kill'; readonly runId: RunId; readonly agentId: AgentId; readonly reason: string}
	| {readonly type: 'request.see'; readonly runId: RunId; readonly requestId: RequestId}
	| {readonly type: 'request.answer'; readonly runId: RunId; readonly requestId: RequestId; readonly answer: Answer};

/** Why a command cannot be done now. */
export type Rejection = {
	readonly code: 'unknown' | 'not_now' | 'invalid' | 'stale' | 'storage';
	readonly message: string;
};
