import type {PlannedStep} from './event.ts';
import type {StepId} from './id.ts';
import type {Run} from './run.ts';
import type {Step} from './step.ts';

/** A step as it enters the plan. */
export const proposedStep = (planned: PlannedStep): readonly [StepId, Step] => [
	planned.id,
	{...planned, status: {kind: 'proposed'}},
];

/** So many steps more have been named. */
export const countedSteps = (run: Run, by: number): Run => ({
	...run,
	counts: {...run.counts, step: run.counts.step + by},
});
