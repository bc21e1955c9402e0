import type {Stamped} from '../../source/domain/event.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Seen, SeenRequest} from './seen.ts';

const aliveAsker = (seen: Seen, agentId: AgentId | undefined): string | undefined => {
	const agent = agentId === undefined ? undefined : seen.agents.get(agentId);
	return agent?.ended === undefined ? undefined : `${agentId} has ended and asks.`;
};

/** Each request is opened by somebody alive, and gets one end. */
export const requestRule = (seen: Seen, {event}: Stamped): string | undefined => {
	if (event.type === 'request.opened')
		return seen.requests.has(event.requestId) ? `${event.requestId} is opened twice.` : aliveAsker(seen, event.agentId);
	if (event.type !== 'request.answered' && event.type !== 'request.withdrawn' && event.type !== 'request.overdue')
		return undefined;
	return seen.requests.get(event.requestId)?.open === true ? undefined : `${event.type} of a request that is not open.`;
};

/** What an open request needs to be about, so that its answer can matter. */
export const openRequestRule = (seen: Seen): string | undefined => {
	for (const request of seen.requests.values()) {
		const problem = request.open ? pointless(seen, request) : undefined;
		if (problem !== undefined) return problem;
	}
	return undefined;
};

const pointless = (seen: Seen, {id, ask, agentId}: SeenRequest): string | undefined => {
	if (seen.status === 'ended') return `${id} is open after the run's end.`;
	const agent = agentId === undefined ? undefined : seen.agents.get(agentId);
	if (agent?.ended !== undefined) return `${id} is open, and ${agent.id}, which asked, has ended.`;
	const stateOf = (callId: SeenRequest['ask'] extends infer A ? (A extends {callId: infer C} ? C : never) : never) =>
		callId === undefined ? undefined : seen.calls.get(callId)?.state;
	const waits = `${id} is open, but the call it is about does not wait.`;
	switch (ask.kind) {
		case 'call':
		case 'question':
			return stateOf(ask.callId) === 'asked' ? undefined : waits;
		case 'unknown':
			return stateOf(ask.callId) === 'lost' ? undefined : waits;
		case 'network':
			return stateOf(ask.callId) === 'running' ? undefined : waits;
		case 'blocker': {
			if (ask.callId !== undefined) return stateOf(ask.callId) === 'asked' ? undefined : waits;
			return agent?.stopped === 'blocked' ? undefined : `${id} is open, and ${agentId} is not blocked.`;
		}
		case 'budget': {
			if (agent === undefined) return seen.status === 'paused' ? undefined : `${id} is open in a run that goes on.`;
			return agent.stopped === 'limited' ? undefined : `${id} is open, and ${agentId} does not wait for it.`;
		}
		case 'lane':
			return seen.lanes.get(ask.lane)?.state === 'closed' ? undefined : `${id} is open, and ${ask.lane} is not closed.`;
		case 'plan':
			return undefined;
		default:
			return ask satisfies never;
	}
};
