import type {StepId} from './id.ts';
import type {Run} from './run.ts';
import type {Step, StepStatus} from './step.ts';

export const setStep = (run: Run, stepId: StepId, change: (step: Step) => Step): Run => {
	const step = run.plan?.steps[stepId];
	if (run.plan === undefined || step === undefined) return run;
	return {...run, plan: {...run.plan, steps: {...run.plan.steps, [stepId]: change(step)}}};
};

export const setStatus = (run: Run, stepId: StepId, status: StepStatus): Run =>
	setStep(run, stepId, step => ({...step, status}));
