import type {Failure} from './failure.ts';
import type {AgentId, StepId} from './id.ts';
import type {Allowance} from './limits.ts';
import type {Tier} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {Packet} from './packet.ts';

/** The parts of a step that a person may edit before it starts. */
export type StepFields = {
	readonly title: string;
	readonly role: string;
	readonly objective: string;
	/** Paths or globs the step is about; a hint to the agent, shown to the person. */
	readonly files: readonly string[];
	/** How one can tell that the step is done. */
	readonly acceptance: readonly string[];
	readonly dependsOn: readonly StepId[];
	readonly tier: Tier;
	readonly toolBudget: number;
	/** The tools its agent is given beside those for speaking to the fleet; absent or empty: those of its role. */
	readonly tools?: readonly string[];
	/** The step's own limits, over those that every step has. */
	readonly allowance: Allowance;
};

/** A step that a person adds. `key` is unique in the plan. */
export type NewStep = StepFields & {readonly key: string};

export type StepStatus =
	| {readonly kind: 'proposed'}
	| {readonly kind: 'held'}
	| {readonly kind: 'approved'}
	| {readonly kind: 'rejected'; readonly reason: string}
	| {readonly kind: 'skipped'; readonly reason: string}
	/** Other steps do its work; `was` is what it is again when the split is taken back. */
	| {readonly kind: 'split'; readonly into: readonly StepId[]; readonly was: Exclude<StepStatus, {kind: 'split'}>}
	| {readonly kind: 'working'; readonly agentId: AgentId; readonly startedAt: number}
	| {
			readonly kind: 'done';
			readonly agentId: AgentId;
			readonly startedAt: number;
			readonly endedAt: number;
			readonly packet: Packet;
	  }
	| {
			readonly kind: 'failed';
			readonly agentId: AgentId;
			readonly startedAt: number;
			readonly endedAt: number;
			readonly failure: Failure;
	  };

/** One node of the plan. `key` is the planner's short word for it, unique in the plan. */
export type Step = StepFields & {
	readonly id: StepId;
	readonly key: string;
	/** A guess made before the start; undefined when the model's price is unknown. */
	readonly estimate: NanoUsd | undefined;
	readonly status: StepStatus;
};

/** Whether it may still begin: it was not decided that it will not run, and no agent is at work on it. */
export const isPending = ({status: {kind}}: Step): boolean =>
	kind === 'proposed' || kind === 'held' || kind === 'approved';

/** Whether the step did not reach what it was for: its agent failed, or reported that what was asked does not hold. */
export const hasFailed = ({status}: Step): boolean =>
	status.kind === 'failed' || (status.kind === 'done' && status.packet.status === 'FAIL');

/** Whether the step reached what it was for. */
export const hasSucceeded = (step: Step): boolean => step.status.kind === 'done' && !hasFailed(step);
