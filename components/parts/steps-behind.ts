import type {StepId} from '../../source/domain/id.ts';
import {type Plan, stepsOf} from '../../source/domain/plan.ts';

/** How many steps wait for a step, directly or through others, and are still to be done. */
export const stepsBehind = (plan: Plan, stepId: StepId): number => {
	const steps = stepsOf(plan);
	const behind = new Set<StepId>();
	const grow = (id: StepId): void => {
		for (const step of steps) {
			if (behind.has(step.id) || !step.dependsOn.includes(id)) continue;
			behind.add(step.id);
			grow(step.id);
		}
	};
	grow(stepId);
	const open = (kind: string): boolean => kind === 'proposed' || kind === 'held' || kind === 'approved';
	return steps.filter(({id, status}) => behind.has(id) && open(status.kind)).length;
};
