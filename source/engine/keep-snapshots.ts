import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/** After so many events a run is kept again: to fold them takes some twenty milliseconds. */
export const eventsBetween = 2000;

/** The longer a snapshot, the more rarely it is written: an event has to come for so many of its letters. */
const lettersPerEvent = 200;

/** Keeps runs as they are now and then, so that nobody has to fold a long one from its beginning. */
export type SnapshotKeeper = {
	/** Of a run that was opened so many events were folded. */
	readonly opened: (runId: RunId, folded: number) => void;
	/** These events were stored, and have led to these runs. */
	readonly stored: (batch: readonly Stamped[], runs: ReadonlyMap<RunId, Run>) => void;
	readonly letGo: (runId: RunId) => void;
};

export const createSnapshotKeeper = (log: Pick<EventLog, 'keepSnapshot'>): SnapshotKeeper => {
	/** By run, how many events its last snapshot lacks, and with how many the next one is due. */
	const lacking = new Map<RunId, {readonly events: number; readonly due: number}>();

	const keep = (run: Run, seq: number): number => {
		try {
			return log.keepSnapshot({run, seq});
		} catch {
			// It spares time and nothing else: without it the fleet goes on. A store in trouble says so at the next event.
			return 0;
		}
	};

	return {
		opened: (runId, folded) => void lacking.set(runId, {events: folded, due: eventsBetween}),
		stored: (batch, runs) => {
			for (const [runId, run] of runs) {
				const its = batch.filter(stamped => stamped.runId === runId);
				const {events, due} = lacking.get(runId) ?? {events: 0, due: eventsBetween};
				const now = events + its.length;
				const seq = its.at(-1)?.seq;
				if (now < due || seq === undefined) lacking.set(runId, {events: now, due});
				else lacking.set(runId, {events: 0, due: Math.max(eventsBetween, keep(run, seq) / lettersPerEvent)});
			}
		},
		letGo: runId => void lacking.delete(runId),
	};
};
