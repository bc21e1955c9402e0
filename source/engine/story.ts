import type {Fork} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import type {AgentId} from '../domain/id.ts';
import {agentIn, type Run} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/** The stories of agents, as their turns need them. */
export type Stories = {
	/**
	 * The events of an agent, oldest first; a fork's begin with those of the agent it parted from. What becomes of calls
	 * that were under way then is the other's affair: the beginning of a conversation must not change.
	 */
	readonly of: (run: Run, agentId: AgentId) => readonly Stamped[];
};

type Kept = {readonly events: readonly Stamped[]; readonly tokens: number};

/** So much of stories is kept in memory in all, in tokens of context: some 10 MB. */
const keptTokensMax = 2_000_000;

/** Up to the end of a turn, with what came of its calls. */
const upTo = (story: readonly Stamped[], {turnId}: Fork): readonly Stamped[] => {
	const end = story.findIndex(({event}) => event.type === 'turn.finished' && event.turnId === turnId);
	const next = story.findIndex(({event}, i) => i > end && event.type === 'turn.started');
	return end === -1 || next === -1 ? story : story.slice(0, next);
};

/** Of an agent that was asked for lately only what is new is read: its whole story is needed with every turn. */
export const createStories = (log: EventLog): Stories => {
	/** The latest used last. */
	const kept = new Map<AgentId, Kept>();
	let keptTokens = 0;

	const drop = (agentId: AgentId): void => {
		keptTokens -= kept.get(agentId)?.tokens ?? 0;
		kept.delete(agentId);
	};

	const own = (run: Run, agentId: AgentId): readonly Stamped[] => {
		const known = kept.get(agentId)?.events ?? [];
		const after = known.at(-1)?.seq ?? 0;
		const news = log.page({runId: run.id, agentId, after, limit: Number.MAX_SAFE_INTEGER});
		const events = known.length === 0 ? news : [...known, ...news];
		drop(agentId);
		const tokens = agentIn(run, agentId)?.contextTokens ?? 0;
		kept.set(agentId, {events, tokens});
		keptTokens += tokens;
		for (const oldest of kept.keys()) {
			if (keptTokens <= keptTokensMax) break;
			drop(oldest);
		}
		return events;
	};

	const of = (run: Run, agentId: AgentId): readonly Stamped[] => {
		const events = own(run, agentId);
		const fork = agentIn(run, agentId)?.fork;
		const [born] = events;
		if (fork === undefined || born === undefined) return events;
		const known = upTo(of(run, fork.agentId), fork).filter(({seq}) => seq < born.seq);
		return [...known, ...events];
	};

	return {of};
};
