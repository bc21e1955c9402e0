import type {Tier} from './model.ts';

/** What a run must know of a role. Stored with the run, so that editing a role file never changes old runs. */
export type RoleFacts = {
	readonly name: string;
	readonly tier: Tier;
	/** Names of tools an agent of this role may call. */
	readonly tools: readonly string[];
	/** Most replies of the model for one assignment. */
	readonly maxTurns: number;
	/** Most tool calls for one assignment; a step may set its own. */
	readonly toolBudget: number;
	/** Most tokens one reply may have. */
	readonly maxOutputTokens: number;
};
