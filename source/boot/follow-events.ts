import type {Stamped} from '../domain/event.ts';
import type {Clock} from '../engine/clock.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {Cursor} from '../engine/port.ts';
import {pauseUnless} from './pause.ts';

/** How often the database is looked at, ms: what an engine stores is there at once, and a look costs microseconds. */
const lookEveryMs = 250;

export type Following = {
	readonly log: EventLog;
	/** After which event, and of which run; of all runs without one. */
	readonly from: Cursor;
	readonly clock: Clock;
	/** Called with the events that are there, and after each look with those that have come, often none. False ends it. */
	readonly take: (events: Iterable<Stamped>) => boolean;
	/** Ends it as well. */
	readonly abort: AbortSignal;
};

/** Every event after one, in order and without a gap: first those that are stored, then those to come. */
export const followEvents = async ({log, from, clock, take, abort}: Following): Promise<void> => {
	let cursor = from;
	const counted = function* (): Iterable<Stamped> {
		for (const stamped of log.after(cursor)) {
			cursor = {...cursor, after: stamped.seq};
			yield stamped;
		}
	};
	while (!abort.aborted && take(counted())) await pauseUnless(abort, lookEveryMs, clock);
};
