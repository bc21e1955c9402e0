import type {Agent} from './agent.ts';
import type {Effect} from './effect.ts';
import type {RunEvent} from './event.ts';
import {agentsOf, type Run} from './run.ts';

/** Cut off all that an agent still has under way. */
const abortAll = (agent: Agent | undefined): readonly Effect[] => {
	if (agent === undefined) return [];
	const calls: readonly Effect[] = agent.calls.map(call => ({type: 'abort', of: call.id}));
	return agent.turn === undefined ? calls : [{type: 'abort', of: agent.turn.id}, ...calls];
};

/** What hands must do because of an event. `run` is the run after the event. */
export const effectsOf = (run: Run, event: RunEvent): readonly Effect[] => {
	switch (event.type) {
		case 'turn.started':
			return run.agents[event.agentId]?.assignment.kind === 'plan'
				? [{type: 'plan.draft', agentId: event.agentId, turnId: event.turnId}]
				: [{type: 'turn.ask', agentId: event.agentId, turnId: event.turnId, last: event.last}];
		case 'call.proposed':
			return [{type: 'call.weigh', agentId: event.agentId, callId: event.callId}];
		case 'call.started':
			return [{type: 'call.run', agentId: event.agentId, callId: event.callId}];
		case 'agent.interrupted':
		case 'agent.killed':
			return abortAll(run.agents[event.agentId]);
		case 'run.recovered':
			// What was only weighed or read when the process died has changed nothing: it is simply done again.
			return agentsOf(run).flatMap(agent =>
				agent.calls.flatMap((call): readonly Effect[] => {
					if (call.status.kind === 'proposed') return [{type: 'call.weigh', agentId: agent.id, callId: call.id}];
					if (call.status.kind === 'running' && call.effect === 'read')
						return [{type: 'call.run', agentId: agent.id, callId: call.id}];
					return [];
				}),
			);
		default:
			return [];
	}
};
