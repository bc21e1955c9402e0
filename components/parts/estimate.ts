import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {StepHistory} from '../../source/domain/settings.ts';
import {isPending, type Step} from '../../source/domain/step.ts';
import {dollars} from './money.ts';

/** What such steps have cost before; undefined when there were none. */
const historyOf = ({settings}: Run, step: Step): StepHistory | undefined =>
	settings.history.find(
		({role, model, steps}) => steps > 0 && role === step.role && model === settings.models[step.tier].id,
	);

/** Where a guess comes from: earlier steps, or nothing but the rule. */
const sourceOf = (run: Run, steps: readonly Step[]): string => {
	const known = new Set(steps.flatMap(step => historyOf(run, step) ?? []));
	const earlier = [...known].reduce((sum, history) => sum + history.steps, 0);
	if (earlier === 0) return 'a first guess';
	const all = steps.every(step => historyOf(run, step) !== undefined);
	return `from ${earlier} earlier ${earlier === 1 ? 'step' : 'steps'}${all ? '' : ' and first guesses'}`;
};

/** What the steps that are still to begin may cost together: `estimated $0.40, from 12 earlier steps`. */
export const estimateWords = (run: Run): string => {
	const steps = stepsOf(run.plan).filter(isPending);
	const guesses = steps.flatMap(({estimate}) => estimate ?? []);
	const unpriced = steps.length - guesses.length;
	if (guesses.length === 0) return steps.length === 0 ? '' : 'no estimate: the price of the models is not known';
	const sum = guesses.reduce((all, guess) => all + guess, 0);
	return `estimated ${unpriced > 0 ? 'at least ' : ''}${dollars(sum)}, ${sourceOf(run, steps)}${unpriced > 0 ? `, ${unpriced} unpriced` : ''}`;
};
