import type {Fork} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import type {AgentId} from '../domain/id.ts';
import {agentIn, type Run} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/** Up to the end of a turn, with what came of its calls. */
const upTo = (story: readonly Stamped[], {turnId}: Fork): readonly Stamped[] => {
	const end = story.findIndex(({event}) => event.type === 'turn.finished' && event.turnId === turnId);
	const next = story.findIndex(({event}, i) => i > end && event.type === 'turn.started');
	return end === -1 || next === -1 ? story : story.slice(0, next);
};

/**
 * The events of an agent, oldest first; a fork's begin with those of the agent it parted from. What becomes of calls
 * that were under way then is the other's affair: the beginning of a conversation must not change.
 */
export const storyOf = (log: EventLog, run: Run, agentId: AgentId): readonly Stamped[] => {
	const own = log.page({runId: run.id, agentId, limit: Number.MAX_SAFE_INTEGER});
	const fork = agentIn(run, agentId)?.fork;
	const [born] = own;
	if (fork === undefined || born === undefined) return own;
	const known = upTo(storyOf(log, run, fork.agentId), fork).filter(({seq}) => seq < born.seq);
	return [...known, ...own];
};
