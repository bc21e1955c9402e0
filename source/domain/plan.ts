import type {StepId} from './id.ts';
import {tiers} from './model.ts';
import type {Step, StepFields} from './step.ts';

/** A step as a planner writes it: dependencies are keys of other steps. */
export type StepDraft = Omit<StepFields, 'dependsOn' | 'allowance'> & {
	readonly key: string;
	readonly dependsOn: readonly string[];
};

export type PlanDraft = {readonly taskType: string; readonly steps: readonly StepDraft[]};

/** The graph of steps, in the order in which the planner named them. */
export type Plan = {
	readonly taskType: string;
	readonly source: 'model' | 'template';
	readonly order: readonly StepId[];
	readonly steps: Readonly<Record<StepId, Step>>;
};

/** The most steps a plan may have. */
export const stepsMax = 40;

export const stepsOf = (plan: Plan | undefined): readonly Step[] => {
	if (plan === undefined) return [];
	const {steps} = plan;
	return plan.order.map(id => steps[id]).filter(step => step !== undefined);
};

/** A cycle as the keys on it, or undefined. Works on keys and on ids alike. */
const findCycle = (nodes: readonly {readonly key: string; readonly dependsOn: readonly string[]}[]) => {
	const needs = new Map(nodes.map(node => [node.key, node.dependsOn]));
	const state = new Map<string, 'open' | 'closed'>();
	const path: string[] = [];
	const visit = (key: string): readonly string[] | undefined => {
		if (state.get(key) === 'closed') return undefined;
		if (state.get(key) === 'open') return [...path.slice(path.indexOf(key)), key];
		state.set(key, 'open');
		path.push(key);
		for (const next of needs.get(key) ?? []) {
			const cycle = visit(next);
			if (cycle !== undefined) return cycle;
		}
		path.pop();
		state.set(key, 'closed');
		return undefined;
	};
	for (const node of nodes) {
		const cycle = visit(node.key);
		if (cycle !== undefined) return cycle;
	}
	return undefined;
};

/** What is wrong with a draft, in words a model can act on; empty when it may be proposed. */
export const planProblems = (draft: PlanDraft, roles: Readonly<Record<string, unknown>>): readonly string[] => {
	const problems: string[] = [];
	if (draft.steps.length === 0) problems.push('The plan has no steps.');
	if (draft.steps.length > stepsMax) problems.push(`The plan has ${draft.steps.length} steps; at most ${stepsMax}.`);
	const keys = new Set<string>();
	for (const step of draft.steps) {
		if (keys.has(step.key)) problems.push(`Two steps have the key "${step.key}".`);
		keys.add(step.key);
	}
	for (const step of draft.steps) {
		if (!Object.hasOwn(roles, step.role))
			problems.push(`Step "${step.key}" has the unknown role "${step.role}". Known: ${Object.keys(roles).join(', ')}.`);
		for (const need of step.dependsOn)
			if (!keys.has(need)) problems.push(`Step "${step.key}" depends on "${need}", which is not in the plan.`);
		if (step.acceptance.length === 0) problems.push(`Step "${step.key}" has no acceptance.`);
	}
	const cycle = findCycle(draft.steps);
	if (cycle !== undefined) problems.push(`The steps form a cycle: ${cycle.join(' → ')}.`);
	return problems;
};

/** Why a step cannot be changed so; empty when it can. */
export const editProblems = (
	plan: Plan,
	stepId: StepId,
	patch: Partial<StepFields>,
	roles: Readonly<Record<string, unknown>>,
): readonly string[] => {
	const problems: string[] = [];
	if (patch.title !== undefined && patch.title.trim() === '') problems.push('The title is empty.');
	if (patch.objective !== undefined && patch.objective.trim() === '') problems.push('The objective is empty.');
	if (patch.role !== undefined && !Object.hasOwn(roles, patch.role))
		problems.push(`There is no role "${patch.role}". Known: ${Object.keys(roles).join(', ')}.`);
	if (patch.tier !== undefined && !tiers.includes(patch.tier))
		problems.push(`There is no tier "${patch.tier}". Known: ${tiers.join(', ')}.`);
	if (patch.toolBudget !== undefined && !(Number.isInteger(patch.toolBudget) && patch.toolBudget >= 0))
		problems.push('The tool budget is a whole number of calls, 0 or more.');
	if (patch.dependsOn !== undefined) {
		for (const need of patch.dependsOn)
			if (plan.steps[need] === undefined) problems.push(`There is no step ${need} to depend on.`);
		const cycle = findCycle(
			stepsOf(plan).map(step => ({
				key: step.id,
				dependsOn: step.id === stepId ? (patch.dependsOn ?? []) : step.dependsOn,
			})),
		);
		if (cycle !== undefined) {
			const keys = cycle.map(id => stepsOf(plan).find(step => step.id === id)?.key ?? id);
			problems.push(`The steps would form a cycle: ${keys.join(' → ')}.`);
		}
	}
	return problems;
};

/** Nobody waits for such a step any more: it is done, or it was decided that it will not run. */
const isBehind = (kind: Step['status']['kind']): boolean =>
	kind === 'done' || kind === 'rejected' || kind === 'skipped' || kind === 'split';

/**
 * Where an approved step stands in the graph. A rejected or skipped step releases its dependants, for they are told
 * why it is missing; a failed one blocks them, and those that need them.
 */
export type Readiness =
	| {readonly kind: 'ready'}
	| {readonly kind: 'waiting'; readonly on: readonly StepId[]}
	| {readonly kind: 'blocked'; readonly by: StepId};

export const readinessOf = (plan: Plan, step: Step): Readiness => {
	// Each step is looked at once: a dense plan has more paths than anyone could walk.
	const seen = new Set<StepId>();
	const failedBelow = (needs: readonly StepId[]): StepId | undefined => {
		for (const id of needs) {
			const need = plan.steps[id];
			if (need === undefined || seen.has(id)) continue;
			seen.add(id);
			const {kind} = need.status;
			if (isBehind(kind) || kind === 'working') continue;
			const failed = kind === 'failed' ? id : failedBelow(need.dependsOn);
			if (failed !== undefined) return failed;
		}
		return undefined;
	};
	const by = failedBelow(step.dependsOn);
	if (by !== undefined) return {kind: 'blocked', by};
	const on = step.dependsOn.filter(id => {
		const kind = plan.steps[id]?.status.kind;
		return kind !== undefined && !isBehind(kind);
	});
	return on.length > 0 ? {kind: 'waiting', on} : {kind: 'ready'};
};
