import type {ModelFacts, Tier} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {RoleFacts} from './role.ts';

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

/** Everything a run was started with. All of it is in the first event, so that a run explains itself. */
export type RunSettings = {
	/** The person's folder, a real path. */
	readonly dir: string;
	/** The run's own folder for deliverables. */
	readonly outputsDir: string;
	readonly provider: string;
	/** Undefined: the planner's rules decide. */
	readonly taskType: string | undefined;
	readonly permissionMode: PermissionMode;
	readonly standing: Standing;
	readonly maxParallel: number;
	/** Undefined: no limit. */
	readonly budget: NanoUsd | undefined;
	readonly roles: Readonly<Record<string, RoleFacts>>;
	readonly models: Readonly<Record<Tier, ModelFacts>>;
};
