import {findCycle} from './find-cycle.ts';
import type {StepId} from './id.ts';
import type {Step, StepFields} from './step.ts';

/** A step as a planner writes it: dependencies are keys of other steps. */
export type StepDraft = Omit<StepFields, 'dependsOn' | 'allowance'> & {
	readonly key: string;
	readonly dependsOn: readonly string[];
};

export type PlanDraft = {readonly taskType: string; readonly steps: readonly StepDraft[]};

/** The graph of steps, in the order in which the planner named them or a person has put them. */
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

/** Whether a step is one of those that are counted: the parts of a step that was split stand for it. */
export const isCounted = ({status}: Step): boolean => status.kind !== 'split';

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
