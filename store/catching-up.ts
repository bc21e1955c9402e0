import type {Stamped} from '../source/domain/event.ts';
import type {Run, RunAt} from '../source/domain/run.ts';

/** The way through a long history to what it leads to, which is known before. */
export type CatchingUp = {
	readonly event: (stamped: Stamped) => void;
	/** The run that is shown meanwhile; undefined once all of its events are there. */
	readonly ahead: () => Run | undefined;
	/** How much of the way is done, in percent, by steps that are worth a picture; undefined once it is. */
	readonly percent: () => number | undefined;
};

const step = 5;

/** Without a head there is nothing to catch up with. */
export const createCatchingUp = (head: RunAt | undefined): CatchingUp => {
	let first: number | undefined;
	let last = 0;
	const isBehind = (): boolean => head !== undefined && last < head.seq;
	return {
		event: ({seq}) => {
			first ??= seq;
			last = seq;
		},
		ahead: () => (isBehind() ? head?.run : undefined),
		percent: () => {
			if (head === undefined || !isBehind()) return undefined;
			// Other runs have their events in between, so this is a guess.
			const part = first === undefined ? 0 : (last - first) / Math.max(1, head.seq - first);
			return Math.floor((100 * part) / step) * step;
		},
	};
};
