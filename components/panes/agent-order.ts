import {type Agent, asksPerson, isEnded} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import {agentsOf, openRequests, type Run} from '../../source/domain/run.ts';

/** Needs you, failed, working, queued, done. An interrupted agent waits for words from the person, too, but calmly. */
const rankOf = (agent: Agent): number => {
	switch (agent.status.kind) {
		case 'acting':
			return asksPerson(agent) ? 0 : 2;
		case 'failed':
			return 1;
		case 'thinking':
		case 'backoff':
		case 'interrupted':
			return 2;
		case 'queued':
			// Between two turns an agent is queued for a moment; its row must not jump for that.
			return agent.turns > 0 ? 2 : 3;
		case 'done':
		case 'killed':
			return 4;
		default:
			return agent.status satisfies never;
	}
};

/** Whether a row may fold away when there is little room. What failed may not. */
export const isFinished = (agent: Agent): boolean => isEnded(agent) && agent.status.kind !== 'failed';

/**
 * The agents in the order in which they want attention. Who waits longest for an answer comes first; all others stand
 * in the order of their creation, so that rows keep their places.
 */
export const agentOrder = (run: Run): readonly Agent[] => {
	const askedAt = new Map<AgentId, number>();
	for (const {agentId, openedAt} of openRequests(run))
		if (agentId !== undefined) askedAt.set(agentId, Math.min(openedAt, askedAt.get(agentId) ?? openedAt));
	const since = (agent: Agent): number => (asksPerson(agent) ? (askedAt.get(agent.id) ?? 0) : agent.createdAt);
	return agentsOf(run)
		.map(agent => ({agent, rank: rankOf(agent), since: since(agent)}))
		.sort((a, b) => a.rank - b.rank || a.since - b.since)
		.map(({agent}) => agent);
};
