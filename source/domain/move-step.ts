import type {Command, Rejection} from './command.ts';
import type {StepId} from './id.ts';
import {type Pen, write} from './pen.ts';
import type {Plan} from './plan.ts';
import {neighbourOf, planTree, type Way} from './plan-tree.ts';
import {reject} from './rejection.ts';
import type {Step} from './step.ts';

/** The step that one would change places with, or why it has to stay where it is. */
export const placeBeside = (
	plan: Plan | undefined,
	step: Step,
	way: Way,
): {readonly past: StepId} | {readonly problem: string} => {
	const tree = planTree(plan);
	const past = neighbourOf(tree, step.id, way);
	if (past !== undefined) return {past: past.id};
	const end = way === 'up' ? 'first' : 'last';
	const under = tree.find(stand => stand.step.id === step.id)?.under;
	const need = under === undefined ? undefined : plan?.steps[under];
	const where = need === undefined ? `${end} already` : `${end} under ${need.key}, which it needs`;
	return {problem: `${step.key} cannot be moved ${way}: it stands ${where}.`};
};

/**
 * One place up or down. Whatever its state: what stands under a step goes with it. It stays under what it needs, so
 * that no order can contradict the graph.
 */
export const moveStep = (pen: Pen, {stepId, way}: Extract<Command, {type: 'step.move'}>): Rejection | undefined => {
	const step = pen.run.plan?.steps[stepId];
	if (step === undefined) return reject('unknown', `There is no step ${stepId} in this run.`);
	const place = placeBeside(pen.run.plan, step, way);
	if ('problem' in place) return reject('not_now', place.problem);
	write(pen, {type: 'step.moved', stepId, past: place.past});
	return undefined;
};
