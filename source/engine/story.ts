import type {Fork} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import type {AgentId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/** Up to the end of a turn, with what came of its calls. */
const upTo = (story: readonly Stamped[], {turnId}: Fork): readonly Stamped[] => {
	const end = story.findIndex(({event}) => event.type === 'turn.finished' && event.turnId === turnId);
	const next = story.findIndex(({event}, i) => i > end && event.type === 'turn.started');
	return end === -1 || next === -1 ? story : story.slice(0, next);
};

/** The events of an agent, oldest first; a fork's begin with those of the agent it parted from. */
export const storyOf = (log: EventLog, run: Run, agentId: AgentId): readonly Stamped[] => {
	const own = log.page({runId: run.id, agentId, limit: Number.MAX_SAFE_INTEGER});
	const fork = run.agents[agentId]?.fork;
	return fork === undefined ? own : [...upTo(storyOf(log, run, fork.agentId), fork), ...own];
};
