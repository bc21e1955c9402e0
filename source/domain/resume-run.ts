import {isEnded} from './agent.ts';
import type {Command, Rejection} from './command.ts';
import {createPlanner} from './create-run.ts';
import {toUsd} from './money.ts';
import {type Pen, write} from './pen.ts';
import {stepsOf} from './plan.ts';
import {approveProposed, askForPlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {agentsOf, openRequests} from './run.ts';
import {hasFailed} from './step.ts';

/** Take up again a run that was paused or has failed: what failed is tried once more, what is done stays done. */
export const resumeRun = (pen: Pen): Rejection | undefined => {
	const {status} = pen.run;
	if (status.kind === 'ended' && status.outcome === 'done') return reject('not_now', 'The run is done.');
	if (status.kind === 'paused' && status.by === 'budget') {
		const request = openRequests(pen.run).find(open => open.ask.kind === 'budget');
		const limit = pen.run.settings.budget;
		if (request?.ask.kind === 'budget' && limit !== undefined && limit < request.ask.needed)
			return reject(
				'not_now',
				`The budget is spent; the next turn may need up to $${toUsd(request.ask.needed).toFixed(2)} in all. Raise it with --budget.`,
			);
		if (request !== undefined) write(pen, {type: 'request.withdrawn', requestId: request.id});
	}
	if (status.kind === 'paused' || status.kind === 'ended') write(pen, {type: 'run.resumed'});
	for (const step of stepsOf(pen.run.plan)) if (hasFailed(step)) write(pen, {type: 'step.retried', stepId: step.id});
	if (pen.run.plan === undefined && agentsOf(pen.run).every(isEnded)) createPlanner(pen);
	if (pen.run.settings.standing.plan) approveProposed(pen, 'policy');
	askForPlan(pen);
	return undefined;
};

/** Answer what is open and was now permitted in advance. */
export const permit = (pen: Pen, command: Extract<Command, {type: 'run.permit'}>): void => {
	const {standing} = pen.run.settings;
	const isNew = (['plan', 'edits', 'calls'] as const).some(what => standing[what] !== command.standing[what]);
	if (isNew) write(pen, {type: 'run.permitted', standing: command.standing});
	if (command.budget !== pen.run.settings.budget) write(pen, {type: 'budget.raised', limit: command.budget});
	for (const request of openRequests(pen.run)) {
		const {ask} = request;
		if (ask.kind === 'plan' && command.standing.plan) approveProposed(pen, 'policy');
		if (ask.kind !== 'call' || request.agentId === undefined) continue;
		const call = pen.run.agents[request.agentId]?.calls.find(open => open.id === ask.callId);
		if (command.standing.calls || (command.standing.edits && call?.effect === 'write'))
			write(pen, {type: 'request.answered', requestId: request.id, answer: {kind: 'approve'}, by: 'policy'});
	}
};
