import type {StepId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {dollars, money, type Spent} from './money.ts';

export type StepCosts = ReadonlyMap<StepId, Spent>;

/** What the agents of each step have cost: those of earlier attempts and those that help, too. */
export const stepCosts = (run: Run): StepCosts => {
	const costs = new Map<StepId, Spent>();
	for (const agent of run.agents) {
		if (agent.stepId === undefined) continue;
		const sum = costs.get(agent.stepId) ?? {settled: 0, estimated: 0, unpriced: false};
		costs.set(agent.stepId, {
			settled: sum.settled + agent.settled,
			estimated: sum.estimated + agent.estimated,
			unpriced: sum.unpriced || agent.unpriced,
		});
	}
	return costs;
};

/** How far the guess was off, once the step is done: `18% more than guessed`. */
const errorWords = (step: Step, {settled, estimated, unpriced}: Spent): string => {
	const over = step.status.kind === 'done' || step.status.kind === 'failed';
	if (!over || unpriced || step.estimate === undefined || step.estimate === 0) return '';
	const error = Math.round((100 * (settled + estimated - step.estimate)) / step.estimate);
	if (error === 0) return ', as guessed';
	return error > 0 ? `, ${error}% more than guessed` : `, ${-error}% less than guessed`;
};

/** The guess made before, what was spent, and how far one is from the other. */
export const stepCostWords = (run: Run, step: Step): string => {
	const guess = step.estimate === undefined ? 'no guess, unpriced' : `guessed ${dollars(step.estimate)}`;
	const spent = stepCosts(run).get(step.id);
	return spent === undefined ? guess : `${guess} · cost ${money(spent)}${errorWords(step, spent)}`;
};
