import type {PlannedStep} from './event.ts';
import type {StepId} from './id.ts';
import type {Plan} from './plan.ts';
import {countedSteps, proposedStep} from './proposed-step.ts';
import type {Run} from './run.ts';
import {setStatus, setStep} from './set-step.ts';

/** The run after a split: the parts stand where the step stood, and who needed it needs the last of them. */
export const split = (run: Run, stepId: StepId, into: readonly PlannedStep[]): Run => {
	const last = into.at(-1);
	if (run.plan === undefined || last === undefined) return run;
	const dependants = Object.fromEntries(
		Object.entries(run.plan.steps).map(([id, step]) => [
			id,
			step.dependsOn.includes(stepId)
				? {...step, dependsOn: step.dependsOn.map(need => (need === stepId ? last.id : need))}
				: step,
		]),
	);
	const plan: Plan = {
		...run.plan,
		order: run.plan.order.flatMap(id => (id === stepId ? [id, ...into.map(part => part.id)] : [id])),
		steps: {...dependants, ...Object.fromEntries(into.map(proposedStep))},
	};
	const parts = into.map(({id}) => id);
	const splitUp = setStep({...run, plan}, stepId, step =>
		step.status.kind === 'split' ? step : {...step, status: {kind: 'split', into: parts, was: step.status}},
	);
	return countedSteps(splitUp, into.length);
};

/** The run after a split was taken back: the parts are gone, and who needed one of them needs the step. */
export const joined = (run: Run, stepId: StepId): Run => {
	const status = run.plan?.steps[stepId]?.status;
	if (run.plan === undefined || status?.kind !== 'split') return run;
	const parts = new Set(status.into);
	const steps = Object.fromEntries(
		Object.entries(run.plan.steps)
			.filter(([, {id}]) => !parts.has(id))
			.map(([id, step]) => [
				id,
				step.dependsOn.some(need => parts.has(need))
					? {...step, dependsOn: [...new Set(step.dependsOn.map(need => (parts.has(need) ? stepId : need)))]}
					: step,
			]),
	);
	return setStatus(
		{...run, plan: {...run.plan, order: run.plan.order.filter(id => !parts.has(id)), steps}},
		stepId,
		status.was,
	);
};
