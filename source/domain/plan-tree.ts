import type {StepId} from './id.ts';
import {type Plan, stepsOf} from './plan.ts';
import type {Step} from './step.ts';

/** Where a step stands in the plan: under the last of the steps it needs; without any, at the root. */
export type Stand = {readonly step: Step; readonly under: StepId | undefined};

/** Every step behind the steps it needs; among those that may come next, the order of the plan. */
const inOrder = (steps: readonly Step[]): readonly Step[] => {
	const known = new Set(steps.map(({id}) => id));
	const placed = new Set<StepId>();
	const ordered: Step[] = [];
	let left = steps;
	while (left.length > 0) {
		const next = left.find(step => step.dependsOn.every(id => placed.has(id) || !known.has(id)));
		// A plan has no cycle; one that was stored with one is shown all the same.
		if (next === undefined) return [...ordered, ...left];
		placed.add(next.id);
		ordered.push(next);
		left = left.filter(step => step !== next);
	}
	return ordered;
};

/** The graph as a tree, row by row: a step stands once, and what stands under it follows it at once. */
export const planTree = (plan: Plan | undefined): readonly Stand[] => {
	const ordered = inOrder(stepsOf(plan));
	const at = new Map(ordered.map(({id}, i) => [id, i]));
	const beside = new Map<StepId | undefined, Stand[]>();
	for (const [i, step] of ordered.entries()) {
		const [under] = step.dependsOn
			.filter(id => (at.get(id) ?? i) < i)
			.sort((a, b) => (at.get(b) ?? 0) - (at.get(a) ?? 0));
		beside.set(under, [...(beside.get(under) ?? []), {step, under}]);
	}
	const grow = (under: StepId | undefined): readonly Stand[] =>
		(beside.get(under) ?? []).flatMap(stand => [stand, ...grow(stand.step.id)]);
	return grow(undefined);
};

/** One place up or down among the steps that stand beside it, each with what stands under it. */
export const ways = ['up', 'down'] as const;
export type Way = (typeof ways)[number];

/** The step that one changes places with when it is moved; undefined when there is none on that side. */
export const neighbourOf = (tree: readonly Stand[], stepId: StepId, way: Way): Step | undefined => {
	const stand = tree.find(({step}) => step.id === stepId);
	const beside = stand === undefined ? [] : tree.filter(({under}) => under === stand.under);
	const at = beside.findIndex(({step}) => step.id === stepId);
	return beside[at + (way === 'up' ? -1 : 1)]?.step;
};
