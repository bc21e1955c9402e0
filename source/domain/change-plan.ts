import type {Command, Rejection} from './command.ts';
import {roleNamed} from './create-agent.ts';
import {estimateStep} from './estimate.ts';
import {nextId, type Pen, write} from './pen.ts';
import {stepsMax, stepsOf} from './plan.ts';
import {askForPlan, closePlanRequest} from './plan-approval.ts';
import {reject} from './rejection.ts';
import type {Run} from './run.ts';
import {isPending, type Step, type StepFields} from './step.ts';
import {fieldProblems, graphProblems} from './step-problems.ts';

/** A guess of what a step with such fields costs; undefined when the price of its model is not known. */
export const estimateOf = (run: Run, {role: name, tier, toolBudget}: StepFields): number | undefined => {
	const role = roleNamed(run, name);
	const {models, history} = run.settings;
	return role === undefined ? undefined : estimateStep({role, toolBudget, model: models[tier], history});
};

/** Whether an agent was ever at work on it: then it is part of the history. */
export const hasBegun = (run: Run, {id}: Pick<Step, 'id'>): boolean => run.agents.some(({stepId}) => stepId === id);

const begun = (step: Step, what: string): Rejection =>
	reject(
		'not_now',
		`"${step.title}" cannot be ${what}: an agent has worked on it, and that is kept. Skip or reject it instead.`,
	);

/** One more step, which waits for approval. */
export const addStep = (pen: Pen, {step, neededBy}: Extract<Command, {type: 'step.add'}>): Rejection | undefined => {
	const {run} = pen;
	const steps = stepsOf(run.plan);
	if (run.plan === undefined) return reject('not_now', 'There is no plan yet.');
	if (steps.length >= stepsMax) return reject('invalid', `A plan has ${stepsMax} steps at most.`);
	const id = nextId(pen, 'step');
	const waiting = neededBy.map(need => ({need, step: steps.find(one => one.id === need)}));
	const late = waiting.find(one => one.step !== undefined && !isPending(one.step));
	if (late?.step !== undefined)
		return reject('not_now', `"${late.step.title}" cannot wait for a new step: it is ${late.step.status.kind}.`);
	const lost = waiting.find(one => one.step === undefined);
	const problems = [
		...(step.key.trim() === '' ? ['The step has no key.'] : []),
		...(steps.some(({key}) => key === step.key) ? [`Two steps would have the key "${step.key}".`] : []),
		...(lost === undefined ? [] : [`There is no step ${lost.need} that could need it.`]),
		...fieldProblems(run, step),
		...graphProblems(run, [
			{...step, id},
			...waiting.flatMap(one =>
				one.step === undefined ? [] : [{...one.step, dependsOn: [...one.step.dependsOn, id]}],
			),
		]),
	];
	if (problems.length > 0) return reject('invalid', problems.join(' '));
	write(pen, {type: 'step.added', step: {...step, id, estimate: estimateOf(run, step)}, neededBy});
	if (run.settings.standing.plan) write(pen, {type: 'step.approved', stepId: id, by: 'policy'});
	askForPlan(pen);
	return undefined;
};

/** Out of the plan, as if it had never been there. */
export const removeStep = (pen: Pen, step: Step): Rejection | undefined => {
	if (hasBegun(pen.run, step)) return begun(step, 'removed');
	if (stepsOf(pen.run.plan).length === 1)
		return reject('not_now', `"${step.title}" is the only step of the plan. Edit it, or stop the run.`);
	write(pen, {type: 'step.removed', stepId: step.id});
	closePlanRequest(pen, 'person');
	return undefined;
};

/** As it was before anything was decided of it. */
export const proposeStep = (pen: Pen, step: Step): Rejection | undefined => {
	if (hasBegun(pen.run, step)) return begun(step, 'proposed again');
	write(pen, {type: 'step.proposed', stepId: step.id});
	askForPlan(pen);
	return undefined;
};
