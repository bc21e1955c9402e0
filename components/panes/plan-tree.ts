import type {StepId} from '../../source/domain/id.ts';
import type {Plan} from '../../source/domain/plan.ts';
import {planTree, type Stand} from '../../source/domain/plan-tree.ts';
import type {Step} from '../../source/domain/step.ts';

/** A row of the plan: the branches drawn before it, and the keys of needed steps under which it does not stand. */
export type PlanRow = {readonly step: Step; readonly branches: string; readonly alsoNeeds: readonly string[]};

/** The plan as a tree, in the order of its rows on screen. The selection moves through this order, too. */
export const planRows = (plan: Plan | undefined): readonly PlanRow[] => {
	const tree = planTree(plan);
	const keyOf = new Map(tree.map(({step}) => [step.id, step.key]));
	const lastUnder = new Map(tree.map(({step, under}) => [under, step.id]));
	/** What is drawn before those that stand under a step. */
	const trunks = new Map<StepId, string>();
	const rowOf = ({step, under}: Stand): PlanRow => {
		const alsoNeeds = step.dependsOn.filter(id => id !== under).flatMap(id => keyOf.get(id) ?? []);
		if (under === undefined) return {step, branches: '', alsoNeeds};
		const trunk = trunks.get(under) ?? '';
		const last = lastUnder.get(under) === step.id;
		trunks.set(step.id, `${trunk}${last ? '  ' : '│ '}`);
		return {step, branches: `${trunk}${last ? '└ ' : '├ '}`, alsoNeeds};
	};
	return tree.map(rowOf);
};
