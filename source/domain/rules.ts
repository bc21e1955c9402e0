import type {AgentId} from './id.ts';

/**
 * What a person decided in advance about calls, as texts such as `bash(npm test:*)`, `write(src/**)` or
 * `fetch(example.com)`. A deny rule beats an ask rule, and an ask rule beats an allow rule.
 */
export type RuleSet = {
	readonly allow: readonly string[];
	readonly ask: readonly string[];
	readonly deny: readonly string[];
};

export const noRules: RuleSet = {allow: [], ask: [], deny: []};

/** A rule that a person granted while answering a call of this run. */
export type Grant = {
	readonly rule: string;
	/** Undefined: for every agent of the run. */
	readonly agentId: AgentId | undefined;
};
