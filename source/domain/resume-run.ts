import {isEnded} from './agent.ts';
import {amountWords} from './amount-words.ts';
import {setRunLimit} from './answer-budget.ts';
import {answerRequest} from './answer-request.ts';
import type {Command, Rejection} from './command.ts';
import {createPlanner} from './create-run.ts';
import {dayOf} from './limits.ts';
import {type Pen, write} from './pen.ts';
import {stepsOf} from './plan.ts';
import {approveProposed, askForPlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {agentIn, openRequests, requestIn} from './run.ts';
import {hasFailed} from './step.ts';

/** Take up again a run that was paused or has failed: what failed is tried once more, what is done stays done. */
export const resumeRun = (pen: Pen): Rejection | undefined => {
	const {status} = pen.run;
	if (status.kind === 'paused' && status.by === 'budget') {
		const request = openRequests(pen.run).find(open => open.ask.kind === 'budget' && open.agentId === undefined);
		if (request?.ask.kind === 'budget') {
			const {scope, what, needed} = request.ask;
			const limit = pen.run.settings.limits[scope][what];
			const isNewDay = scope === 'day' && dayOf(pen.now) > dayOf(request.openedAt);
			if (limit !== undefined && limit < needed && !isNewDay)
				return reject(
					'not_now',
					`The limit of the ${scope} is reached; the next turn may need up to ${amountWords(what, needed)} in all. Raise it first.`,
				);
			write(pen, {type: 'request.withdrawn', requestId: request.id});
		}
	}
	if (status.kind === 'paused' || status.kind === 'ended') write(pen, {type: 'run.resumed'});
	for (const step of stepsOf(pen.run.plan)) if (hasFailed(step)) write(pen, {type: 'step.retried', stepId: step.id});
	if (pen.run.plan === undefined && pen.run.agents.every(isEnded)) createPlanner(pen);
	if (pen.run.settings.standing.plan) approveProposed(pen, 'policy');
	askForPlan(pen);
	return undefined;
};

/** Answer what is open and was now permitted in advance. */
export const permit = (pen: Pen, command: Extract<Command, {type: 'run.permit'}>): void => {
	const {standing} = pen.run.settings;
	const isNew = (['plan', 'edits', 'calls'] as const).some(what => standing[what] !== command.standing[what]);
	if (isNew) write(pen, {type: 'run.permitted', standing: command.standing});
	if (command.budget !== pen.run.settings.limits.run.money) setRunLimit(pen, 'run', 'money', command.budget);
	const {plan, edits, calls} = command.standing;
	// Who says yes to the plan while a step is held says it to that step, too: nothing else could be meant.
	if (plan)
		for (const step of stepsOf(pen.run.plan))
			if (step.status.kind === 'held') write(pen, {type: 'step.approved', stepId: step.id, by: 'policy'});
	for (const {id} of openRequests(pen.run)) {
		// What was said to one may have taken back another.
		const request = requestIn(pen.run, id);
		if (request?.status.kind !== 'open') continue;
		const {ask, agentId} = request;
		if (ask.kind === 'plan' && plan) approveProposed(pen, 'policy');
		if (ask.kind === 'unknown' && calls) answerRequest(pen, request, {kind: 'deny', reason: ''}, 'policy');
		if ((ask.kind !== 'call' && ask.kind !== 'network') || agentId === undefined) continue;
		const call = agentIn(pen.run, agentId)?.calls.find(open => open.id === ask.callId);
		if (calls || (edits && ask.kind === 'call' && call?.effect === 'write'))
			answerRequest(pen, request, {kind: 'approve'}, 'policy');
	}
};
