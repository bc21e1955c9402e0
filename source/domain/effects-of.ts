import type {Agent} from './agent.ts';
import type {Effect} from './effect.ts';
import type {RunEvent} from './event.ts';
import {agentIn, type Run, requestIn} from './run.ts';

/** Cut off all that an agent still has under way. */
const abortAll = (agent: Agent | undefined): readonly Effect[] => {
	if (agent === undefined) return [];
	const calls: readonly Effect[] = agent.calls.map(call => ({type: 'abort', of: call.id}));
	return agent.turn === undefined ? calls : [{type: 'abort', of: agent.turn.id}, ...calls];
};

const repeated = (agent: Agent): readonly Effect[] =>
	agent.calls.flatMap((call): readonly Effect[] => {
		if (call.status.kind === 'proposed') return [{type: 'call.weigh', agentId: agent.id, callId: call.id}];
		if (call.status.kind === 'running' && call.effect === 'read')
			return [{type: 'call.run', agentId: agent.id, callId: call.id}];
		return [];
	});

const unkept = ({reach, kept, requestId, rule}: Run['grants'][number]): readonly Effect[] =>
	reach === 'always' && !kept ? [{type: 'rule.keep', requestId, rule}] : [];

/** What hands must do because of an event. `run` is the run after the event. */
export const effectsOf = (run: Run, event: RunEvent): readonly Effect[] => {
	switch (event.type) {
		case 'turn.started':
			return agentIn(run, event.agentId)?.assignment.kind === 'plan'
				? [{type: 'plan.draft', agentId: event.agentId, turnId: event.turnId}]
				: [{type: 'turn.ask', agentId: event.agentId, turnId: event.turnId, last: event.last}];
		case 'call.proposed':
			return [{type: 'call.weigh', agentId: event.agentId, callId: event.callId}];
		case 'call.started':
			return [{type: 'call.run', agentId: event.agentId, callId: event.callId}];
		case 'turn.cut':
			return [{type: 'abort', of: event.turnId}];
		case 'call.cut':
			return [{type: 'abort', of: event.callId}];
		case 'agent.interrupted':
		case 'agent.killed':
		case 'agent.blocked':
		// Its calls have been given their end in the events before; what carries them out goes on all the same.
		case 'agent.failed':
		case 'agent.finished':
			return abortAll(agentIn(run, event.agentId));
		case 'grant.added':
			return event.reach === 'always' ? [{type: 'rule.keep', requestId: event.requestId, rule: event.rule}] : [];
		case 'request.answered':
		case 'request.withdrawn': {
			const ask = requestIn(run, event.requestId)?.ask;
			if (ask?.kind !== 'network') return [];
			const allowed = event.type === 'request.answered' && event.answer.kind === 'approve';
			return [{type: 'call.tell', callId: ask.callId, host: ask.host, allowed}];
		}
		case 'run.recovered':
			// What was only weighed or read when the process died has changed nothing: it is simply done again.
			return [...run.agents.flatMap(repeated), ...run.grants.flatMap(unkept)];
		default:
			return [];
	}
};
