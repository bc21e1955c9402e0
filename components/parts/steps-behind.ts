import type {StepId} from '../../source/domain/id.ts';
import {type Plan, stepsOf} from '../../source/domain/plan.ts';
import {isPending} from '../../source/domain/step.ts';

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
	return steps.filter(step => behind.has(step.id) && isPending(step)).length;
};
