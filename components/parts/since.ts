import type {Agent} from '../../source/domain/agent.ts';
import type {Told} from '../../store/told.ts';

/**
 * Since when an agent has been at what it does or waits for, ms since 1970: its request, its turn, its call, its end.
 * Where nothing of that is known, since it was last heard of.
 */
export const sinceWhen = (agent: Agent, askedAt: number | undefined, told: Told | undefined): number | undefined => {
	const started = agent.calls.flatMap(({status}) => (status.kind === 'running' ? [status.startedAt] : []));
	const waits = agent.status.kind === 'backoff' ? agent.status.since : undefined;
	return (
		askedAt ?? agent.endedAt ?? agent.turn?.startedAt ?? (started.length > 0 ? Math.min(...started) : waits) ?? told?.at
	);
};
