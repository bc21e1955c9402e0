import type {EventType} from '../source/domain/event.ts';

/**
 * The present form of each event. Whoever changes the fields of an event raises its number here and adds the upcast
 * from the form before in `upcast.ts`; stored events are never rewritten.
 */
export const eventVersions = {
	'run.created': 1,
	'run.paused': 1,
	'run.resumed': 1,
	'run.suspended': 1,
	'run.recovered': 1,
	'run.permitted': 1,
	'run.ended': 1,
	'budget.raised': 1,
	'plan.proposed': 1,
	'step.approved': 1,
	'step.held': 1,
	'step.rejected': 1,
	'step.edited': 1,
	'step.started': 1,
	'step.finished': 1,
	'step.retried': 1,
	'step.failed': 1,
	'agent.created': 1,
	'agent.messaged': 1,
	'agent.interrupted': 1,
	'agent.continued': 1,
	'agent.killed': 1,
	'agent.finished': 1,
	'agent.failed': 1,
	'turn.started': 1,
	'turn.finished': 1,
	'turn.failed': 1,
	'call.proposed': 1,
	'call.weighed': 1,
	'call.started': 1,
	'call.finished': 1,
	'request.opened': 1,
	'request.answered': 1,
	'request.withdrawn': 1,
} as const satisfies Readonly<Record<EventType, number>>;
