import type {Stamped} from '../../source/domain/event.ts';
import {laneTakes, type Seen, turnsOut} from './seen.ts';

/** So many pauses without a good reply close a lane. */
const pausesMax = 8;

/** What may be true of the ways to the providers. */
export const laneRule = (seen: Seen, {event, at, cause}: Stamped): string | undefined => {
	switch (event.type) {
		case 'turn.started': {
			const name = seen.agents.get(event.agentId)?.model.provider;
			if (name === undefined || laneTakes(seen, name)) return undefined;
			const lane = seen.lanes.get(name);
			const out = turnsOut(seen, name);
			return lane?.state === 'open'
				? `${event.turnId} starts on ${name}, where ${out} are out and ${lane.probes ? 'one goes first' : `${lane.width} may be`}.`
				: `${event.turnId} starts on ${name}, which is ${lane?.state}.`;
		}
		case 'lane.paused': {
			const lane = seen.lanes.get(event.lane);
			if (event.until <= at) return `${event.lane} pauses until ${event.until}, which is over.`;
			const {retryAfterMs} = event.failure;
			if (retryAfterMs !== undefined && event.until < at + retryAfterMs)
				return `${event.lane} asks again sooner than its provider allows.`;
			if (lane?.state === 'closed') return `${event.lane} is closed and pauses.`;
			if (lane?.state !== 'paused' && (lane?.pauses ?? 0) >= pausesMax)
				return `${event.lane} pauses for the ${(lane?.pauses ?? 0) + 1}th time in a row.`;
			return event.width >= 1 && event.width <= seen.maxParallel ? undefined : `${event.lane} is ${event.width} wide.`;
		}
		case 'lane.opened': {
			const lane = seen.lanes.get(event.lane);
			if (lane?.state === 'closed')
				return cause === 'request.answer' ? undefined : `${event.lane} is opened though nobody said so.`;
			if (lane?.state !== 'paused') return `${event.lane} is opened twice.`;
			return lane.until <= at || at < lane.since ? undefined : `${event.lane} is opened too soon.`;
		}
		case 'lane.widened':
			return event.width <= seen.maxParallel ? undefined : `${event.lane} is wider than there are places.`;
		default:
			return undefined;
	}
};
