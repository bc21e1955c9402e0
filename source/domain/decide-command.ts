import {answerRequest} from './answer-request.ts';
import type {Command, Rejection} from './command.ts';
import {decideAgent} from './decide-agent.ts';
import {decideStep} from './decide-step.ts';
import {breakOff} from './end-agent.ts';
import {type Pen, write} from './pen.ts';
import {approvePlan} from './plan-approval.ts';
import {reject} from './rejection.ts';
import {permit, resumeRun} from './resume-run.ts';

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
		case 'step.hold':
		case 'step.reject':
		case 'step.edit':
		case 'step.retry':
			return decideStep(pen, command);
		case 'agent.create':
		case 'agent.message':
		case 'agent.interrupt':
		case 'agent.continue':
		case 'agent.kill':
			return decideAgent(pen, command);
		case 'request.answer': {
			const request = run.requests[command.requestId];
			if (request === undefined) return reject('unknown', `There is no request ${command.requestId} in this run.`);
			if (request.status.kind !== 'open')
				return reject('stale', `This request was ${request.status.kind} already; your answer changes nothing.`);
			return answerRequest(pen, request, command.answer);
		}
		default:
			return command satisfies never;
	}
};
