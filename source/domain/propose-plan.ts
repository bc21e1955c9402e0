import {estimateStep} from './estimate.ts';
import type {PlannedStep} from './event.ts';
import {childId} from './id.ts';
import {type Pen, write} from './pen.ts';
import type {Plan, PlanDraft} from './plan.ts';
import {approveProposed, askForPlan} from './plan-approval.ts';

/** Propose a draft that was checked, and ask a person about it, unless they said yes in advance. */
export const proposePlan = (
	pen: Pen,
	draft: PlanDraft,
	source: Plan['source'],
	problems: readonly string[] = [],
): void => {
	const {settings, counts, id} = pen.run;
	const idOf = new Map(draft.steps.map((step, i) => [step.key, childId(id, 'step', counts.step + i + 1)]));
	const steps = draft.steps.map((step): PlannedStep => {
		const role = settings.roles[step.role];
		const stepId = idOf.get(step.key);
		if (role === undefined || stepId === undefined)
			throw new Error(`The plan was proposed without a check: ${step.key}`);
		return {
			...step,
			id: stepId,
			dependsOn: step.dependsOn.flatMap(key => idOf.get(key) ?? []),
			allowance: {},
			estimate: estimateStep({
				role,
				toolBudget: step.toolBudget,
				model: settings.models[step.tier],
				history: settings.history,
			}),
		};
	});
	write(pen, {type: 'plan.proposed', taskType: draft.taskType, source, problems, steps});
	if (settings.standing.plan) approveProposed(pen, 'policy');
	else askForPlan(pen);
};
