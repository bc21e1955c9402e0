import {callOf} from './agent.ts';
import {answerBudget} from './answer-budget.ts';
import type {Rejection} from './command.ts';
import {failAgent, unblock} from './end-agent.ts';
import type {Failure} from './failure.ts';
import {finishCall} from './finish-call.ts';
import {addGrant} from './grant.ts';
import type {CallId} from './id.ts';
import {onceOnlyWords} from './once-only.ts';
import {nextId, type Pen, write} from './pen.ts';
import {approvePlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import type {Answer, Request} from './request.ts';
import {agentIn, agentsOnLane, stepsOnLane} from './run.ts';

/** What an agent is told of a call whose outcome nobody knows. */
export const unknownWords =
	'The outcome of this call is unknown: Flotilla was stopped while it ran. It may have happened wholly, partly or not at all. Look before you repeat it.';

const orNone = (reason: string, none: string): string => (reason.trim() === '' ? none : reason);

/** The provider's failure, with why a person did not want to try again. */
const givenUp = (failure: Failure, reason: string): Failure =>
	reason.trim() === '' ? failure : {...failure, message: `${failure.message} Given up: ${reason}`};

/** Give an open request its one answer, and do what follows from it; or say why this is no answer to it. */
export const answerRequest = (
	pen: Pen,
	request: Request,
	answer: Answer,
	by: 'person' | 'policy',
): Rejection | undefined => {
	const {ask, agentId} = request;
	const agent = agentIn(pen.run, agentId);
	const answered = (): void => write(pen, {type: 'request.answered', requestId: request.id, answer, by});
	const finish = (callId: CallId, outcome: 'ok' | 'denied' | 'unknown', output: string): void => {
		const call = agent === undefined ? undefined : callOf(agent, callId);
		if (call !== undefined) finishCall(pen, call, {outcome, output, changes: outcome === 'unknown'});
	};
	switch (ask.kind) {
		case 'plan':
			if (answer.kind !== 'approve')
				return reject('invalid', 'A plan is approved as a whole, or its steps are rejected one by one.');
			return approvePlan(pen);
		case 'call':
		case 'network': {
			if (answer.kind === 'approve') {
				const {reach = 'once'} = answer;
				if (reach !== 'once' && ask.grant === undefined)
					return reject('invalid', onceOnlyWords(ask.kind === 'call' ? ask.rule : ''));
				answered();
				if (reach !== 'once' && ask.grant !== undefined) addGrant(pen, request, ask.grant, reach);
				return undefined;
			}
			if (answer.kind !== 'deny') return reject('invalid', 'A call is approved or denied.');
			answered();
			if (ask.kind === 'call') {
				const who = by === 'person' ? 'The person said no' : 'Nobody said yes';
				finish(ask.callId, 'denied', `${who}: ${orNone(answer.reason, 'no reason given')}`);
			}
			return undefined;
		}
		case 'question':
			if (answer.kind === 'text') {
				if (answer.text.trim() === '') return reject('invalid', 'The answer is empty.');
				answered();
				finish(ask.callId, 'ok', `The person answers: ${answer.text}`);
				return undefined;
			}
			if (answer.kind !== 'deny') return reject('invalid', 'A question is answered with words.');
			answered();
			finish(
				ask.callId,
				'ok',
				`${by === 'person' ? 'The person does not answer' : 'Nobody answers'}: ${orNone(answer.reason, 'decide yourself, and say what you assumed')}`,
			);
			return undefined;
		case 'blocker': {
			if (answer.kind !== 'text' && answer.kind !== 'deny')
				return reject('invalid', 'A blocker is answered with words, or the agent is given up.');
			if (answer.kind === 'text' && answer.text.trim() === '') return reject('invalid', 'The answer is empty.');
			answered();
			if (agent === undefined) return undefined;
			if (answer.kind === 'deny') {
				const message = `${agent.name} could not go on: ${ask.problem} ${orNone(answer.reason, 'Nobody could help.')}`;
				failAgent(pen, agent, {kind: 'blocked', message});
				return undefined;
			}
			if (ask.callId !== undefined) {
				finish(ask.callId, 'ok', `The person answers: ${answer.text}`);
				return undefined;
			}
			const messageId = nextId(pen, 'message');
			write(pen, {type: 'agent.messaged', agentId: agent.id, messageId, text: answer.text, from: 'person'});
			unblock(pen, agent.id);
			return undefined;
		}
		case 'unknown':
			if (answer.kind !== 'text' && answer.kind !== 'deny')
				return reject('invalid', 'Say in words what came of it, or deny if you do not know.');
			answered();
			finish(
				ask.callId,
				'unknown',
				answer.kind === 'text' ? `${unknownWords} The person says: ${answer.text}` : unknownWords,
			);
			return undefined;
		case 'lane':
			if (answer.kind === 'approve') {
				answered();
				write(pen, {type: 'lane.opened', lane: ask.lane});
				return undefined;
			}
			if (answer.kind !== 'deny') return reject('invalid', 'Try the provider again, or give up who waits for it.');
			answered();
			for (const waiting of agentsOnLane(pen.run, ask.lane)) {
				const now = agentIn(pen.run, waiting.id);
				if (now?.status.kind === 'queued') failAgent(pen, now, givenUp(ask.failure, answer.reason));
			}
			// Nothing has been done for steps that would begin there; they wait until somebody decides on them anew.
			for (const step of stepsOnLane(pen.run, ask.lane)) write(pen, {type: 'step.held', stepId: step.id});
			return undefined;
		case 'budget':
			return answerBudget(pen, request, ask, answer, by);
		default:
			return ask satisfies never;
	}
};
