import {hasBegun} from './change-plan.ts';
import type {Rejection} from './command.ts';
import type {PlannedStep} from './event.ts';
import {joined} from './evolve-split.ts';
import {findCycle} from './find-cycle.ts';
import {childId, type StepId} from './id.ts';
import {type Pen, write} from './pen.ts';
import {stepsMax, stepsOf} from './plan.ts';
import {askForPlan, closePlanRequest} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {reopen} from './reopen.ts';
import type {Run} from './run.ts';
import {isPending, type Step} from './step.ts';

type Part = {readonly title: string; readonly objective: string};

/** The parts follow each other and stand where the step stood; what it was approved for, they are. */
export const splitStep = (pen: Pen, step: Step, parts: readonly Part[]): Rejection | undefined => {
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

/** Why the split of a step cannot be taken back; undefined when it can. */
export const joinProblem = (run: Run, {id, title, status}: Step): string | undefined => {
	if (status.kind !== 'split') return `"${title}" is not split: it is ${status.kind}.`;
	const {into} = status;
	const steps = stepsOf(run.plan);
	const parts = steps.filter(part => into.includes(part.id));
	if (parts.length < into.length)
		return `A part of "${title}" was taken out of the plan: the others are changed alone.`;
	const begun = parts.find(part => hasBegun(run, part));
	if (begun !== undefined) return `"${begun.title}" has begun, and what its agent did is kept.`;
	const split = parts.find(part => part.status.kind === 'split');
	if (split !== undefined) return `"${split.title}" is split, too: take that back first.`;
	const late = steps.find(
		step => !into.includes(step.id) && !isPending(step) && step.dependsOn.some(need => into.includes(need)),
	);
	if (late !== undefined)
		return `"${late.title}", which needed a part of it, went on without it (${late.status.kind}).`;
	const then = stepsOf(joined(run, id).plan);
	const keyOf = new Map<string, string>(then.map(step => [step.id, step.key]));
	const cycle = findCycle(then.map(step => ({key: step.id, dependsOn: step.dependsOn})));
	return cycle && `The steps would form a cycle: ${cycle.map(key => keyOf.get(key) ?? key).join(' → ')}.`;
};

/** Take a split back, as if it had never been. */
export const joinStep = (pen: Pen, step: Step): Rejection | undefined => {
	const problem = joinProblem(pen.run, step);
	if (problem !== undefined) return reject('not_now', problem);
	write(pen, {type: 'step.joined', stepId: step.id});
	askForPlan(pen);
	closePlanRequest(pen, 'person');
	return undefined;
};
