import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {RunAt} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/**
 * A stored run after all its events, folded on from a run as it was before, such as its snapshot, or from its beginning.
 * `folded` says how many events that took. Undefined when there is no such run.
 */
export const readStored = (
	log: Pick<EventLog, 'after'>,
	runId: RunId,
	from: RunAt | undefined,
): (RunAt & {readonly folded: number}) | undefined => {
	let run = from?.run;
	let seq = from?.seq ?? 0;
	let folded = 0;
	for (const stamped of log.after({after: seq, runId})) {
		run = evolve(run, stamped);
		({seq} = stamped);
		folded++;
	}
	return run && {run, seq, folded};
};
