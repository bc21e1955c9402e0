import {estimateStep} from './budget.ts';
import type {Command, Rejection} from './command.ts';
import type {StepId} from './id.ts';
import {type Pen, write} from './pen.ts';
import {editProblems} from './plan.ts';
import {askForPlan, closePlanRequest} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {hasFailed, type Step} from './step.ts';

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

/** Do what is asked of one step, or say in words why it cannot be done now. */
export const decideStep = (pen: Pen, command: StepCommand): Rejection | undefined => {
	const {run} = pen;
	switch (command.type) {
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
				if (run.plan === undefined) return reject('not_now', 'There is no plan yet.');
				const problems = editProblems(run.plan, step.id, command.patch, run.settings.roles);
				if (problems.length > 0) return reject('invalid', problems.join(' '));
				const after = {...step, ...command.patch};
				const role = run.settings.roles[after.role];
				const model = run.settings.models[after.tier];
				const estimate = role === undefined ? undefined : estimateStep(role, after.toolBudget, model);
				write(pen, {type: 'step.edited', stepId: step.id, patch: command.patch, estimate});
				return undefined;
			});
		case 'step.retry':
			return withStep(pen, command.stepId, ['failed', 'done'], 'retried', step => {
				if (!hasFailed(step)) return reject('not_now', `"${step.title}" cannot be retried: it is done.`);
				if (run.status.kind === 'ended') write(pen, {type: 'run.resumed'});
				write(pen, {type: 'step.retried', stepId: step.id});
				askForPlan(pen);
				return undefined;
			});
		default:
			return command satisfies never;
	}
};
