import type {RunEvent} from '../source/domain/event.ts';
import type {AgentId, RequestId, StepId} from '../source/domain/id.ts';

/** Whom or what a line of the log leads to. */
export type LogSubject =
	| {readonly kind: 'agent'; readonly agentId: AgentId}
	| {readonly kind: 'step'; readonly stepId: StepId}
	| {readonly kind: 'request'; readonly requestId: RequestId};

const step = (stepId: StepId): LogSubject => ({kind: 'step', stepId});

/**
 * What an event is about; undefined of one that is about the whole run. What becomes of a step stands in its details,
 * also where an agent brought it about.
 */
export const subjectOf = (event: RunEvent): LogSubject | undefined => {
	if ('requestId' in event) return {kind: 'request', requestId: event.requestId};
	if (event.type === 'step.added') return step(event.step.id);
	const stepId = 'stepId' in event ? event.stepId : undefined;
	if (stepId !== undefined && event.type.startsWith('step.')) return step(stepId);
	if ('agentId' in event && event.agentId !== undefined) return {kind: 'agent', agentId: event.agentId};
	return stepId === undefined ? undefined : step(stepId);
};
