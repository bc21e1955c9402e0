import type {Stamped} from '../source/domain/event.ts';
import {evolve} from '../source/domain/evolve.ts';
import type {Run} from '../source/domain/run.ts';

/**
 * The run its events lead to, from `before` on when they are not its first; undefined when there are none. Throws when
 * they are not the history of one run: it is created once, first.
 */
export const foldRun = (events: Iterable<Stamped>, before?: Run): Run | undefined => {
	let run = before;
	for (const stamped of events) {
		if (run !== undefined && stamped.event.type === 'run.created')
			throw new Error(`event ${stamped.seq} creates ${stamped.runId} a second time`);
		run = evolve(run, stamped);
	}
	return run;
};
