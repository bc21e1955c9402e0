import type {StepId} from '../../source/domain/id.ts';
import {type Plan, stepsOf} from '../../source/domain/plan.ts';
import type {Step} from '../../source/domain/step.ts';

/** A row of the plan: the branches drawn before it, and the keys of needed steps under which it does not stand. */
export type PlanRow = {readonly step: Step; readonly branches: string; readonly alsoNeeds: readonly string[]};

/** Every step behind the steps it needs; among those that may come next, the order of the planner. */
const inOrder = (steps: readonly Step[]): readonly Step[] => {
	const byId = new Map(steps.map(step => [step.id, step]));
	const placed = new Set<StepId>();
	const ordered: Step[] = [];
	const place = (step: Step): void => {
		if (placed.has(step.id)) return;
		placed.add(step.id);
		for (const id of step.dependsOn) {
			const need = byId.get(id);
			if (need !== undefined) place(need);
		}
		ordered.push(step);
	};
	for (const step of steps) place(step);
	return ordered;
};

/**
 * The graph as a tree, in the order of its rows on screen: a step stands once, under the last of the steps it needs.
 * The selection moves through this order, too.
 */
export const planRows = (plan: Plan | undefined): readonly PlanRow[] => {
	const ordered = inOrder(stepsOf(plan));
	const at = new Map(ordered.map((step, i) => [step.id, i]));
	const keyOf = new Map(ordered.map(step => [step.id, step.key]));
	const under = new Map<StepId | undefined, Step[]>();
	const parentOf = new Map<StepId, StepId>();
	for (const step of ordered) {
		const [parent] = step.dependsOn.filter(id => at.has(id)).sort((a, b) => (at.get(b) ?? 0) - (at.get(a) ?? 0));
		if (parent !== undefined) parentOf.set(step.id, parent);
		under.set(parent, [...(under.get(parent) ?? []), step]);
	}
	const rows: PlanRow[] = [];
	const grow = (parent: StepId | undefined, trunk: string): void => {
		const children = under.get(parent) ?? [];
		for (const [i, step] of children.entries()) {
			const last = i === children.length - 1;
			const root = parent === undefined;
			const alsoNeeds = step.dependsOn.filter(id => id !== parentOf.get(step.id)).flatMap(id => keyOf.get(id) ?? []);
			rows.push({step, branches: root ? '' : `${trunk}${last ? '└ ' : '├ '}`, alsoNeeds});
			grow(step.id, root ? '' : `${trunk}${last ? '  ' : '│ '}`);
		}
	};
	grow(undefined, '');
	return rows;
};
