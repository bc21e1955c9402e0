import type {Rejection} from './command.ts';
import type {StepId} from './id.ts';
import {nextId, type Pen, write} from './pen.ts';
import {stepsOf} from './plan.ts';
import {reject} from './rejection.ts';
import {openRequests} from './run.ts';

/**
 * Ask a person about the plan, if a step of it was not decided on and the question is not open already. To hold a step
 * is a decision: it waits in the plan, and nobody is asked again.
 */
export const askForPlan = (pen: Pen): void => {
	const waits = stepsOf(pen.run.plan).some(step => step.status.kind === 'proposed');
	if (!waits || openRequests(pen.run).some(open => open.ask.kind === 'plan')) return;
	write(pen, {
		type: 'request.opened',
		requestId: nextId(pen, 'request'),
		agentId: undefined,
		stepId: undefined,
		ask: {kind: 'plan'},
	});
};

/** The plan's request is answered once every step of it was decided on. */
export const closePlanRequest = (pen: Pen, by: 'person' | 'policy'): void => {
	if (stepsOf(pen.run.plan).some(step => step.status.kind === 'proposed')) return;
	for (const request of openRequests(pen.run))
		if (request.ask.kind === 'plan')
			write(pen, {type: 'request.answered', requestId: request.id, answer: {kind: 'approve'}, by});
};

/** Approve every step that waits for it, or those of them that are named; held ones wait on. */
export const approveProposed = (pen: Pen, by: 'person' | 'policy', named?: readonly StepId[]): void => {
	for (const step of stepsOf(pen.run.plan))
		if (step.status.kind === 'proposed' && (named === undefined || named.includes(step.id)))
			write(pen, {type: 'step.approved', stepId: step.id, by});
	closePlanRequest(pen, by);
};

/**
 * Approve every step that waits for it, or those of them that are named. A held step waits until it is approved or
 * rejected by itself.
 */
export const approvePlan = (pen: Pen, named?: readonly StepId[]): Rejection | undefined => {
	const steps = stepsOf(pen.run.plan);
	if (pen.run.plan === undefined) return reject('not_now', 'There is no plan yet.');
	if (!steps.some(step => step.status.kind === 'proposed')) {
		const held = steps.filter(step => step.status.kind === 'held').map(step => `"${step.title}"`);
		return reject(
			'not_now',
			held.length === 0
				? 'No step waits for approval.'
				: `Only held steps are left, and each is approved or rejected by itself: ${held.join(', ')}.`,
		);
	}
	// What a person saw and said yes to is all or nothing: a step that moved on meanwhile is told.
	const moved = named
		?.map(id => pen.run.plan?.steps[id] ?? id)
		.find(step => typeof step === 'string' || step.status.kind !== 'proposed');
	if (moved !== undefined)
		return reject(
			'stale',
			typeof moved === 'string'
				? `There is no step ${moved} any more. Look at the plan again.`
				: `"${moved.title}" does not wait for approval any more: it is ${moved.status.kind}. Look at the plan again.`,
		);
	approveProposed(pen, 'person', named);
	return undefined;
};
