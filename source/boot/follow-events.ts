import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Clock} from '../engine/clock.ts';
import type {EventLog} from '../engine/event-log.ts';

/** How often the database is looked at, ms: what an engine stores is there at once, and a look costs microseconds. */
const lookEveryMs = 250;

export type Following = {
	readonly log: EventLog;
	readonly runId: RunId;
	readonly clock: Clock;
	/** Called with the events that are there, and after each look with those that have come, often none. False ends it. */
	readonly take: (events: Iterable<Stamped>) => boolean;
	/** Ends it as well. */
	readonly abort: AbortSignal;
};

/** Every event of a run, in order and without a gap: first those that are stored, then those to come. */
export const followEvents = async ({log, runId, clock, take, abort}: Following): Promise<void> => {
	let last = 0;
	const counted = function* (): Iterable<Stamped> {
		for (const stamped of log.after({after: last, runId})) {
			last = stamped.seq;
			yield stamped;
		}
	};
	while (!abort.aborted && take(counted()))
		await new Promise<void>(resolve => {
			const done = (): void => {
				callOff();
				abort.removeEventListener('abort', done);
				resolve();
			};
			const callOff = clock.after(lookEveryMs, done);
			abort.addEventListener('abort', done);
		});
};
