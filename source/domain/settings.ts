import type {CheckPlan} from './call.ts';
import type {Limits} from './limits.ts';
import type {ModelFacts, Tier} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {RoleFacts} from './role.ts';
import type {RuleSet} from './rules.ts';

export const permissionModes = ['plan', 'ask', 'edits', 'bypass'] as const;
/** What agents may do without asking. */
export type PermissionMode = (typeof permissionModes)[number];

/** What a person said in advance: these requests are answered by policy the moment they open. */
export type Standing = {
	readonly plan: boolean;
	readonly edits: boolean;
	readonly calls: boolean;
};

export const nothingStanding: Standing = {plan: false, edits: false, calls: false};

/** What happens to a request that nobody answers: the run pauses and it stays open, or it is denied. */
export const patienceActions = ['pause', 'deny'] as const;

export type Patience = {
	/** Undefined: it waits for ever. */
	readonly afterMs: number | undefined;
	readonly action: (typeof patienceActions)[number];
};

/** How long one turn or one call may take before it is cut off as stalled. */
export type Watch = {readonly turnMs: number; readonly callMs: number};

/** What steps of one role on one model have cost before, in this state folder. */
export type StepHistory = {
	readonly role: string;
	readonly model: string;
	readonly steps: number;
	/** The mean of what they cost. */
	readonly cost: NanoUsd;
	/** The mean of |estimate − cost| ÷ cost; undefined when none of them had an estimate. */
	readonly error: number | undefined;
};

/** Everything a run was started with. All of it is in the first event, so that a run explains itself. */
export type RunSettings = {
	/** The person's folder, a real path. */
	readonly dir: string;
	/** The run's own folder for deliverables. */
	readonly outputsDir: string;
	readonly provider: string;
	/** Undefined: the planner's rules decide. */
	readonly taskType: string | undefined;
	/** The role of the one agent that is given the goal; undefined: a planner divides the work. */
	readonly role: string | undefined;
	readonly permissionMode: PermissionMode;
	readonly rules: RuleSet;
	readonly standing: Standing;
	readonly maxParallel: number;
	readonly limits: Limits;
	readonly patience: Patience;
	readonly watch: Watch;
	/** What is done about a writing or running call whose outcome a crash has hidden. */
	readonly unknownOutcome: 'ask' | 'tell';
	/** Whether a step that changed files is checked before it may be done. */
	readonly verification: 'auto' | 'off';
	/** The checks a person named; without any, the project's own are found. */
	readonly checks: readonly CheckPlan[];
	readonly history: readonly StepHistory[];
	readonly roles: Readonly<Record<string, RoleFacts>>;
	readonly models: Readonly<Record<Tier, ModelFacts>>;
};

/** What holds where nobody said anything else. */
export const usualPatience: Patience = {afterMs: 60 * 60_000, action: 'pause'};
export const usualWatch: Watch = {turnMs: 20 * 60_000, callMs: 35 * 60_000};
