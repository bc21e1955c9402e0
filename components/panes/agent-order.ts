import {type Agent, isEnded} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';

/**
 * Needs you, failed, working, queued, done. Who has asked for something needs you; an interrupted agent waits for words
 * from the person, too, but calmly.
 */
const rankOf = (agent: Agent, asks: boolean): number => {
	if (asks) return 0;
	switch (agent.status.kind) {
		case 'limited':
			return 0;
		case 'failed':
			return 1;
		case 'acting':
		case 'thinking':
		case 'backoff':
		case 'interrupted':
		case 'blocked':
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
const isFinished = (agent: Agent): boolean => isEnded(agent) && agent.status.kind !== 'failed';

/** An agent in the list: `branches` is drawn before its name, empty for who works for nobody else. */
export type AgentRow = {
	readonly agent: Agent;
	readonly branches: string;
	/** Since when it has waited for an answer from the person, ms since 1970; undefined when it has asked for nothing. */
	readonly askedAt: number | undefined;
	/** It and all who work for it are finished. */
	readonly folds: boolean;
};

/** How much attention somebody wants, and since when: less comes first. */
type Claim = {readonly rank: number; readonly since: number};

const byClaim = (a: Claim, b: Claim): number => a.rank - b.rank || a.since - b.since;

/** An agent with those who work for it, and the claim of the most pressing of them. */
type Family = Claim & {readonly agent: Agent; readonly children: readonly Family[]; readonly finished: boolean};

/**
 * The agents in the order in which they want attention, helpers below those they work for: a family comes where the
 * most pressing of its members would. Who waits longest for an answer comes first; all others stand in the order of
 * their creation, so that rows keep their places. Retired agents are left out, unless somebody works for them.
 */
export const agentRows = (run: Run, retired: boolean): readonly AgentRow[] => {
	const askedAt = new Map<AgentId, number>();
	for (const {agentId, openedAt} of openRequests(run))
		if (agentId !== undefined) askedAt.set(agentId, Math.min(openedAt, askedAt.get(agentId) ?? openedAt));
	const below = Map.groupBy(run.agents, agent => agent.parent?.agentId);
	const grow = (agent: Agent): Family | undefined => {
		const children = (below.get(agent.id) ?? []).flatMap(child => grow(child) ?? []);
		if (agent.retired && !retired && children.length === 0) return undefined;
		const asked = askedAt.get(agent.id);
		const own = rankOf(agent, asked !== undefined);
		const since = own === 0 ? (asked ?? 0) : agent.createdAt;
		const [claim] = [{rank: own, since}, ...children].sort(byClaim);
		const {rank = 0, since: from = 0} = claim ?? {};
		return {agent, children, rank, since: from, finished: isFinished(agent) && children.every(one => one.finished)};
	};
	const rowsOf = (family: Family, branches: string, trunk: string): readonly AgentRow[] => [
		{agent: family.agent, branches, askedAt: askedAt.get(family.agent.id), folds: family.finished},
		...family.children.flatMap((child, i) => {
			const last = i === family.children.length - 1;
			return rowsOf(child, `${trunk}${last ? '└ ' : '├ '}`, `${trunk}${last ? '  ' : '│ '}`);
		}),
	];
	return (below.get(undefined) ?? [])
		.flatMap(agent => grow(agent) ?? [])
		.sort(byClaim)
		.flatMap(family => rowsOf(family, '', ''));
};
