import {createAgent} from './advance.ts';
import {type Agent, isEnded} from './agent.ts';
import {estimateStep} from './budget.ts';
import type {Command, Rejection} from './command.ts';
import {createPlanner} from './create-run.ts';
import {breakOff, cancelCalls, killAgent} from './end-agent.ts';
import type {AgentId, CallId, StepId} from './id.ts';
import {toUsd} from './money.ts';
import {nextId, type Pen, write} from './pen.ts';
import {editProblems, stepsOf} from './plan.ts';
import {approveProposed, askForPlan, closePlanRequest} from './plan-approval.ts';
import type {Request} from './request.ts';
import {agentsOf, openRequests} from './run.ts';
import {hasFailed, type Step} from './step.ts';

const reject = (code: Rejection['code'], message: string): Rejection => ({code, message});

/** Approve every step that waits for it. A held step waits until it is approved or rejected by itself. */
const approvePlan = (pen: Pen): Rejection | undefined => {
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
	approveProposed(pen, 'person');
	return undefined;
};

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

const withAgent = (pen: Pen, agentId: AgentId, act: (agent: Agent) => Rejection | undefined): Rejection | undefined => {
	const agent = pen.run.agents[agentId];
	return agent === undefined ? reject('unknown', `There is no agent ${agentId} in this run.`) : act(agent);
};

const answerRequest = (
	pen: Pen,
	request: Request,
	command: Extract<Command, {type: 'request.answer'}>,
): Rejection | undefined => {
	const {ask} = request;
	const {answer} = command;
	const answered = (): void => write(pen, {type: 'request.answered', requestId: request.id, answer, by: 'person'});
	const finishCall = (callId: CallId, outcome: 'ok' | 'denied', output: string): void => {
		if (request.agentId !== undefined)
			write(pen, {type: 'call.finished', callId, agentId: request.agentId, outcome, output, touched: []});
	};
	switch (ask.kind) {
		case 'plan':
			if (answer.kind !== 'approve')
				return reject('invalid', 'A plan is approved as a whole, or its steps are rejected one by one.');
			return approvePlan(pen);
		case 'call':
			if (answer.kind === 'approve') {
				answered();
				return undefined;
			}
			if (answer.kind === 'deny') {
				answered();
				finishCall(
					ask.callId,
					'denied',
					`The person said no: ${answer.reason === '' ? 'no reason given' : answer.reason}`,
				);
				return undefined;
			}
			return reject('invalid', 'A call is approved or denied.');
		case 'question':
			if (answer.kind === 'text') {
				if (answer.text.trim() === '') return reject('invalid', 'The answer is empty.');
				answered();
				finishCall(ask.callId, 'ok', `The person answers: ${answer.text}`);
				return undefined;
			}
			if (answer.kind === 'deny') {
				answered();
				finishCall(
					ask.callId,
					'ok',
					`The person does not answer: ${answer.reason === '' ? 'decide yourself, and say what you assumed' : answer.reason}`,
				);
				return undefined;
			}
			return reject('invalid', 'A question is answered with words.');
		case 'budget':
			if (answer.kind === 'raise') {
				if (!(answer.limit >= ask.needed))
					return reject(
						'invalid',
						`The next turn may need up to $${toUsd(ask.needed).toFixed(2)} in all; raise the budget to at least that.`,
					);
				answered();
				write(pen, {type: 'budget.raised', limit: answer.limit});
				write(pen, {type: 'run.resumed'});
				return undefined;
			}
			if (answer.kind === 'deny') {
				answered();
				breakOff(pen, 'stopped', 'the budget is spent and was not raised', undefined);
				return undefined;
			}
			return reject('invalid', 'Raise the budget, or stop the run.');
		default:
			return ask satisfies never;
	}
};

/** Take up again a run that was paused or has failed: what failed is tried once more, what is done stays done. */
const resumeRun = (pen: Pen): Rejection | undefined => {
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
const permit = (pen: Pen, command: Extract<Command, {type: 'run.permit'}>): void => {
	write(pen, {type: 'run.permitted', standing: command.standing});
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

/** Do what a person or a script asks, or say in words why it cannot be done now. */
export const decideCommand = (pen: Pen, command: Exclude<Command, {type: 'run.create'}>): Rejection | undefined => {
	const {run} = pen;
	const ended = run.status.kind === 'ended';
	if (ended && command.type !== 'run.resume' && command.type !== 'run.permit' && command.type !== 'step.retry')
		return reject('not_now', 'The run has ended. `flotilla resume` takes up what failed.');
	switch (command.type) {
		case 'run.pause':
			if (run.status.kind === 'paused') return reject('not_now', 'The run is paused already.');
			write(pen, {type: 'run.paused', by: 'person'});
			return undefined;
		case 'run.resume':
			return resumeRun(pen);
		case 'run.stop':
			breakOff(pen, 'stopped', command.reason, undefined);
			return undefined;
		case 'run.permit':
			permit(pen, command);
			return undefined;
		case 'plan.approve':
			return approvePlan(pen);
		case 'step.approve':
			return withStep(pen, command.stepId, ['proposed', 'held', 'rejected'], 'approved', step => {
				write(pen, {type: 'step.approved', stepId: step.id, by: 'person'});
				closePlanRequest(pen, 'person');
				return undefined;
			});
		case 'step.hold':
			return withStep(pen, command.stepId, ['proposed', 'approved'], 'held', step => {
				write(pen, {type: 'step.held', stepId: step.id});
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
				if (ended) write(pen, {type: 'run.resumed'});
				write(pen, {type: 'step.retried', stepId: step.id});
				askForPlan(pen);
				return undefined;
			});
		case 'agent.create': {
			const role = Object.hasOwn(run.settings.roles, command.role) ? run.settings.roles[command.role] : undefined;
			if (role === undefined)
				return reject(
					'unknown',
					`There is no role "${command.role}". Known: ${Object.keys(run.settings.roles).join(', ')}.`,
				);
			if (command.objective.trim() === '') return reject('invalid', 'The task is empty. Say what the agent is to do.');
			const {name, tools, maxTurns, toolBudget, maxOutputTokens} = role;
			createAgent(
				pen,
				{
					kind: 'task',
					role: name,
					title: command.objective,
					objective: command.objective,
					acceptance: [],
					files: [],
					briefs: [],
					tools,
					maxTurns,
					toolBudget,
					maxOutputTokens,
				},
				run.settings.models[command.tier ?? role.tier],
				undefined,
			);
			return undefined;
		}
		case 'agent.message':
			return withAgent(pen, command.agentId, agent => {
				if (command.text.trim() === '') return reject('invalid', 'The message is empty.');
				if (isEnded(agent) && !(agent.assignment.kind === 'task' && agent.status.kind === 'done'))
					return reject('not_now', `${agent.name} has ended (${agent.status.kind}) and reads no more messages.`);
				write(pen, {
					type: 'agent.messaged',
					agentId: agent.id,
					messageId: nextId(pen, 'message'),
					text: command.text,
					from: 'person',
				});
				if (agent.status.kind === 'interrupted' || agent.status.kind === 'done')
					write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.interrupt':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent) || agent.status.kind === 'interrupted')
					return reject('not_now', `${agent.name} is not working: it is ${agent.status.kind}.`);
				write(pen, {type: 'agent.interrupted', agentId: agent.id});
				cancelCalls(pen, agent.id, 'Not carried out: the person interrupted the turn.');
				return undefined;
			});
		case 'agent.continue':
			return withAgent(pen, command.agentId, agent => {
				if (agent.status.kind !== 'interrupted')
					return reject('not_now', `${agent.name} was not interrupted: it is ${agent.status.kind}.`);
				write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.kill':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent)) return reject('not_now', `${agent.name} has ended already (${agent.status.kind}).`);
				killAgent(pen, agent, command.reason);
				return undefined;
			});
		case 'request.answer': {
			const request = run.requests[command.requestId];
			if (request === undefined) return reject('unknown', `There is no request ${command.requestId} in this run.`);
			if (request.status.kind !== 'open')
				return reject('stale', `This request was ${request.status.kind} already; your answer changes nothing.`);
			return answerRequest(pen, request, command);
		}
		default:
			return command satisfies never;
	}
};
