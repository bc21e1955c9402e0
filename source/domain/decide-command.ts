import {refusalAfterEnd} from './after-end.ts';
import {setRunLimit} from './answer-budget.ts';
import {answerRequest} from './answer-request.ts';
import type {Command, Rejection} from './command.ts';
import {decideAgent} from './decide-agent.ts';
import {decideStep} from './decide-step.ts';
import {breakOff} from './end-agent.ts';
import {type Pen, write} from './pen.ts';
import {approvePlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {permit, resumeRun} from './resume-run.ts';
import {requestIn} from './run.ts';

/** Do what a person or a script asks, or say in words why it cannot be done now. */
export const decideCommand = (pen: Pen, command: Exclude<Command, {type: 'run.create'}>): Rejection | undefined => {
	const {run} = pen;
	const refusal = refusalAfterEnd(run, command);
	if (refusal !== undefined) return refusal;
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
		case 'budget.set': {
			const {scope, what, limit} = command;
			if (scope !== 'run' && scope !== 'day')
				return reject(
					'invalid',
					'The limit of a step or an agent is changed where it is asked about, or by editing the step.',
				);
			if (limit !== undefined && !(limit > 0)) return reject('invalid', 'A limit is more than nothing.');
			setRunLimit(pen, scope, what, limit);
			return undefined;
		}
		case 'plan.approve':
			return approvePlan(pen, command.steps);
		case 'step.add':
		case 'step.remove':
		case 'step.move':
		case 'step.propose':
		case 'step.approve':
		case 'step.hold':
		case 'step.reject':
		case 'step.edit':
		case 'step.retry':
		case 'step.skip':
		case 'step.split':
		case 'step.join':
			return decideStep(pen, command);
		case 'agent.create':
		case 'agent.message':
		case 'agent.interrupt':
		case 'agent.continue':
		case 'agent.pause':
		case 'agent.change':
		case 'agent.fork':
		case 'agent.retire':
		case 'agent.kill':
			return decideAgent(pen, command);
		case 'request.see': {
			const request = requestIn(run, command.requestId);
			if (request === undefined) return reject('unknown', `There is no request ${command.requestId} in this run.`);
			if (request.seenAt === undefined) write(pen, {type: 'request.seen', requestId: request.id});
			return undefined;
		}
		case 'request.answer': {
			const request = requestIn(run, command.requestId);
			if (request === undefined) return reject('unknown', `There is no request ${command.requestId} in this run.`);
			if (request.status.kind !== 'open')
				return reject('stale', `This request was ${request.status.kind} already; your answer changes nothing.`);
			return answerRequest(pen, request, command.answer, 'person');
		}
		default:
			return command satisfies never;
	}
};
