import type {Stamped} from '../source/domain/event.ts';
import {evolve} from '../source/domain/evolve.ts';
import type {RunId} from '../source/domain/id.ts';
import type {RunAt} from '../source/domain/run.ts';
import type {Signal} from '../source/domain/signal.ts';
import type {FleetPort} from '../source/engine/port.ts';

/** The way through a long history to what it leads to, which is known before and moves on meanwhile. */
export type CatchingUp = {
	/** The next event of the history. */
	readonly event: (stamped: Stamped) => void;
	/** What the history leads to; undefined once all of it is there. */
	readonly ahead: () => RunAt | undefined;
	/** How much of the way is done, in percent, by steps that are worth a picture; undefined once it is. */
	readonly percent: () => number | undefined;
	readonly close: () => void;
};

type CatchingUpParts = {
	readonly port: Pick<FleetPort, 'subscribe'>;
	readonly runId: RunId;
	/** The run as it was a moment ago; without it there is nothing to catch up with. */
	readonly head: RunAt | undefined;
	readonly onChange: () => void;
	/** What is signalled meanwhile; what agents say is left out, for their turns are not known yet. */
	readonly onSignal: (signal: Signal) => void;
};

const step = 5;

export const createCatchingUp = ({port, runId, head, onChange, onSignal}: CatchingUpParts): CatchingUp => {
	let ahead = head;
	let first: number | undefined;
	let last = 0;
	const close =
		head === undefined
			? () => {}
			: port.subscribe(
					{after: head.seq, runId},
					{
						onEvents: batch => {
							for (const stamped of batch) ahead = ahead && {run: evolve(ahead.run, stamped), seq: stamped.seq};
							onChange();
						},
						onSignal: signal => {
							if (ahead !== undefined && signal.type === 'storage') onSignal(signal);
						},
					},
				);
	return {
		event: ({seq}) => {
			first ??= seq;
			last = seq;
			if (ahead === undefined || last < ahead.seq) return;
			ahead = undefined;
			close();
		},
		ahead: () => ahead,
		percent: () => {
			if (ahead === undefined) return undefined;
			// Other runs have their events in between, so this is a guess.
			const part = first === undefined ? 0 : (last - first) / Math.max(1, ahead.seq - first);
			return Math.floor((100 * part) / step) * step;
		},
		close,
	};
};
