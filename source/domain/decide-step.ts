import {addStep, estimateOf, proposeStep, removeStep} from './change-plan.ts';
import type {Command, Rejection} from './command.ts';
import type {PlannedStep} from './event.ts';
import {childId, type StepId} from './id.ts';
import {moveStep} from './move-step.ts';
import {type Pen, write} from './pen.ts';
import {stepsMax, stepsOf} from './plan.ts';
import {askForPlan, closePlanRequest} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {hasFailed, type Step} from './step.ts';
import {editProblems} from './step-problems.ts';

export type StepCommand = Extract<Command, {type: `step.${string}`}>;

/** Steps that have not begun may be changed; the others are facts. */
const withStep = (
	pen: Pen,
	stepId: StepId,
	may: readonly Step['status']['kind'][],
	what: string,
	act: (step: Step) => Rejection | undefined,
): Rejection | undefined => {
	const step = pen.run.plan?.steps[stepId];
	if (step === undefined) return reject('unknown', `There is no step ${stepId} in this run.`);
	if (!may.includes(step.status.kind))
		return reject('not_now', `"${step.title}" cannot be ${what}: it is ${step.status.kind}.`);
	return act(step);
};

/** A run that has ended goes on with what was decided of a step of it. */
const reopen = (pen: Pen): void => {
	if (pen.run.status.kind === 'ended') write(pen, {type: 'run.resumed'});
};

type Part = {readonly title: string; readonly objective: string};

/** The parts follow each other and stand where the step stood; what it was approved for, they are. */
const splitStep = (pen: Pen, step: Step, parts: readonly Part[]): Rejection | undefined => {
	if (parts.length < 2) return reject('invalid', 'A step is split into two or more.');
	if (parts.some(({title, objective}) => title.trim() === '' || objective.trim() === ''))
		return reject('invalid', 'Every part needs a title and an objective.');
	if (stepsOf(pen.run.plan).length + parts.length > stepsMax)
		return reject('invalid', `A plan has ${stepsMax} steps at most.`);
	const {id, counts} = pen.run;
	const taken = new Set(stepsOf(pen.run.plan).map(({key}) => key));
	const keyOf = (i: number): string => {
		let key = `${step.key}-${i + 1}`;
		while (taken.has(key)) key = `${key}b`;
		taken.add(key);
		return key;
	};
	const idOf = (i: number): StepId => childId(id, 'step', counts.step + i + 1);
	const {status, ...fields} = step;
	const into = parts.map(
		({title, objective}, i): PlannedStep => ({
			...fields,
			id: idOf(i),
			key: keyOf(i),
			title,
			objective,
			dependsOn: i === 0 ? step.dependsOn : [idOf(i - 1)],
		}),
	);
	reopen(pen);
	write(pen, {type: 'step.split', stepId: step.id, into});
	if (status.kind === 'approved' || status.kind === 'failed')
		for (const part of into) write(pen, {type: 'step.approved', stepId: part.id, by: 'person'});
	else if (status.kind === 'held') for (const part of into) write(pen, {type: 'step.held', stepId: part.id});
	askForPlan(pen);
	closePlanRequest(pen, 'person');
	return undefined;
};

/** Do what is asked of one step, or say in words why it cannot be done now. */
export const decideStep = (pen: Pen, command: StepCommand): Rejection | undefined => {
	const {run} = pen;
	switch (command.type) {
		case 'step.add':
			return addStep(pen, command);
		case 'step.remove':
			return withStep(pen, command.stepId, ['proposed', 'held', 'approved', 'rejected', 'skipped'], 'removed', step =>
				removeStep(pen, step),
			);
		case 'step.move':
			return moveStep(pen, command);
		case 'step.propose':
			return withStep(pen, command.stepId, ['held', 'approved', 'rejected', 'skipped'], 'proposed again', step =>
				proposeStep(pen, step),
			);
		case 'step.approve':
			return withStep(pen, command.stepId, ['proposed', 'held', 'rejected'], 'approved', step => {
				write(pen, {type: 'step.approved', stepId: step.id, by: 'person'});
				closePlanRequest(pen, 'person');
				return undefined;
			});
		case 'step.hold':
			return withStep(pen, command.stepId, ['proposed', 'approved'], 'held', step => {
				write(pen, {type: 'step.held', stepId: step.id});
				closePlanRequest(pen, 'person');
				return undefined;
			});
		case 'step.reject':
			return withStep(pen, command.stepId, ['proposed', 'held', 'approved', 'failed'], 'rejected', step => {
				write(pen, {type: 'step.rejected', stepId: step.id, reason: command.reason});
				closePlanRequest(pen, 'person');
				return undefined;
			});
		case 'step.edit':
			return withStep(pen, command.stepId, ['proposed', 'held', 'approved', 'rejected', 'failed'], 'edited', step => {
				const problems = editProblems(run, step.id, command.patch);
				if (problems.length > 0) return reject('invalid', problems.join(' '));
				const estimate = estimateOf(run, {...step, ...command.patch});
				write(pen, {type: 'step.edited', stepId: step.id, patch: command.patch, estimate});
				return undefined;
			});
		case 'step.retry':
			return withStep(pen, command.stepId, ['failed', 'done'], 'retried', step => {
				if (!hasFailed(step)) return reject('not_now', `"${step.title}" cannot be retried: it is done.`);
				reopen(pen);
				write(pen, {type: 'step.retried', stepId: step.id});
				askForPlan(pen);
				return undefined;
			});
		case 'step.skip':
			return withStep(pen, command.stepId, ['proposed', 'held', 'approved', 'failed'], 'skipped', step => {
				const reason = command.reason.trim() === '' ? 'the person skipped it' : command.reason;
				reopen(pen);
				write(pen, {type: 'step.skipped', stepId: step.id, reason});
				askForPlan(pen);
				closePlanRequest(pen, 'person');
				return undefined;
			});
		case 'step.split':
			return withStep(pen, command.stepId, ['proposed', 'held', 'approved', 'failed'], 'split', step =>
				splitStep(pen, step, command.into),
			);
		default:
			return command satisfies never;
	}
};
