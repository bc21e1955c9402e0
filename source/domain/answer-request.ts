import type {Rejection} from './command.ts';
import {breakOff} from './end-agent.ts';
import type {CallId} from './id.ts';
import {toUsd} from './money.ts';
import {type Pen, write} from './pen.ts';
import {approvePlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import type {Answer, Request} from './request.ts';

/** Give an open request its one answer, and do what follows from it; or say why this is no answer to it. */
export const answerRequest = (pen: Pen, request: Request, answer: Answer): Rejection | undefined => {
	const {ask} = request;
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
