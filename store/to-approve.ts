import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import type {View} from './action.ts';
import {filterIn} from './ui.ts';

/** The steps that wait for a yes. */
export const stepsToApprove = (run: Run | undefined): readonly Step[] =>
	stepsOf(run?.plan).filter(step => step.status.kind === 'proposed');

type PlanApproval = {
	readonly steps: readonly Step[];
	/** The filter of the plan hides others that wait as well. */
	readonly areSome: boolean;
};

/** What a yes to the plan approves: what waits for one, and nothing that the filter of the plan hides from the person. */
export const planApproval = ({run, ui, facts}: View): PlanApproval => {
	const all = stepsToApprove(run);
	const steps = filterIn(ui, 'plan') === '' ? all : all.filter(({id}) => facts.steps.includes(id));
	return {steps, areSome: steps.length < all.length};
};
