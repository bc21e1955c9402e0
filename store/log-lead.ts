import type {AgentId} from '../source/domain/id.ts';
import {agentIn, type Run, requestIn, stepOf} from '../source/domain/run.ts';
import type {LogEntry} from './log-entry.ts';
import type {LogSubject} from './log-subject.ts';
import {
	type RequestsOverlay,
	requestsOf,
	type StepOverlay,
	stepDetails,
	type TranscriptOverlay,
	transcriptOf,
} from './overlay.ts';

/** What a line of the log leads to, or why it leads nowhere, in words. */
export type LogLead =
	| {readonly overlay: TranscriptOverlay | StepOverlay | RequestsOverlay}
	| {readonly problem: string};

const toAgent = (run: Run, agentId: AgentId, seq: number): LogLead =>
	agentIn(run, agentId) === undefined
		? {problem: 'Its agent is not there at this moment of the past.'}
		: {overlay: transcriptOf(agentId, seq)};

const wholeRun: LogLead = {problem: 'This is about the whole run: no agent and no step stands behind it.'};

const leadOf = (run: Run, subject: LogSubject, seq: number): LogLead => {
	switch (subject.kind) {
		case 'agent':
			return toAgent(run, subject.agentId, seq);
		case 'step':
			return stepOf(run, subject.stepId) === undefined
				? {problem: 'Its step is not in the plan at this moment.'}
				: {overlay: stepDetails(subject.stepId)};
		case 'request': {
			const request = requestIn(run, subject.requestId);
			if (request?.status.kind === 'open') return {overlay: requestsOf(request.id)};
			// Once it is settled, who asked shows what came of it.
			if (request?.agentId !== undefined) return toAgent(run, request.agentId, seq);
			return request?.stepId === undefined ? wholeRun : leadOf(run, {kind: 'step', stepId: request.stepId}, seq);
		}
		default:
			return subject satisfies never;
	}
};

export const logLead = (run: Run | undefined, {subject, seq}: LogEntry): LogLead =>
	run === undefined || subject === undefined ? wholeRun : leadOf(run, subject, seq);
