import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Run, RunAt} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';
import {isTrouble} from './storage-trouble.ts';

/** After so many events a run is kept again: to fold them takes some twenty milliseconds. */
export const eventsBetween = 2000;

/** The longer a snapshot, the more rarely it is written: an event has to come for so many of its letters. */
const lettersPerEvent = 200;

/** Keeps runs as they are now and then, so that nobody has to fold a long one from its beginning. */
export type SnapshotKeeper = {
	/** A run was read, for which so many events had to be folded. */
	readonly read: (at: RunAt, folded: number) => void;
	/** These events were stored, and have led to these runs. */
	readonly stored: (batch: readonly Stamped[], runs: ReadonlyMap<RunId, Run>) => void;
	readonly letGo: (runId: RunId) => void;
};

export const createSnapshotKeeper = (log: Pick<EventLog, 'keepSnapshot'>): SnapshotKeeper => {
	/** By run, how many events its last snapshot lacks, and with how many the next one is due. */
	const lacking = new Map<RunId, {readonly events: number; readonly due: number}>();

	const keep = (at: RunAt): number => {
		try {
			return log.keepSnapshot(at);
		} catch (error) {
			// It spares time and nothing else: without it the fleet goes on. A store in trouble says so at the next event.
			if (isTrouble(error)) return 0;
			throw error;
		}
	};

	/** So many events more have led to this. */
	const add = (at: RunAt, count: number): void => {
		const {id} = at.run;
		const {events, due} = lacking.get(id) ?? {events: 0, due: eventsBetween};
		const now = events + count;
		if (now < due) lacking.set(id, {events: now, due});
		else lacking.set(id, {events: 0, due: Math.max(eventsBetween, keep(at) / lettersPerEvent)});
	};

	return {
		read: add,
		stored: (batch, runs) => {
			for (const [runId, run] of runs) {
				const its = batch.filter(stamped => stamped.runId === runId);
				const seq = its.at(-1)?.seq;
				if (seq !== undefined) add({run, seq}, its.length);
			}
		},
		letGo: runId => void lacking.delete(runId),
	};
};
