import {addStep, estimateOf, proposeStep, removeStep} from './change-plan.ts';
import type {Command, Rejection} from './command.ts';
import type {StepId} from './id.ts';
import {moveStep} from './move-step.ts';
import {type Pen, write} from './pen.ts';
import {askForPlan, closePlanRequest} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {reopen} from './reopen.ts';
import {joinStep, splitStep} from './split-step.ts';
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
		case 'step.join':
			return withStep(pen, command.stepId, ['split'], 'put together again', step => joinStep(pen, step));
		default:
			return command satisfies never;
	}
};
