import {isOver, type Run} from '../domain/run.ts';
import type {Clock} from '../engine/clock.ts';

/** How long whoever follows a run waits for the last of it, ms. Where an engine was killed in between, it never comes. */
const lateMs = 5000;

/**
 * Tells whether a run is heard out: it has ended, and what was under way then is booked with its cost, which may come
 * after its end. Asked with the run as it is, again and again.
 */
export const createHeardOut = ({now}: Pick<Clock, 'now'>): ((run: Run | undefined) => boolean) => {
	let endedAt: number | undefined;
	return run => {
		if (run?.status.kind !== 'ended') return false;
		endedAt ??= now();
		return isOver(run) || now() - endedAt >= lateMs;
	};
};
