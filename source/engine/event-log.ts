import type {Cause, Happening, Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {RunSummary} from '../domain/run.ts';
import type {Cursor, HistoryQuery} from './port.ts';

export type NewEvent = Happening & {readonly cause: Cause};

/** Where events are kept. What `append` returns is true and lasts; nothing is true before. */
export type EventLog = {
	/**
	 * Store a batch and the lines of the runs it changes in one transaction, synchronously. Throws when it cannot be
	 * stored (disk full, database locked or damaged): then nothing of the batch is.
	 */
	readonly append: (batch: readonly NewEvent[], changed: readonly RunSummary[]) => readonly Stamped[];
	/** All events after a cursor, in order, read in slices as they are asked for. */
	readonly after: (cursor: Cursor) => Iterable<Stamped>;
	readonly page: (query: HistoryQuery) => readonly Stamped[];
	/** All runs, newest first. */
	readonly runs: () => readonly RunSummary[];
	/** The full id for a short one: the run whose id begins so (with or without `run_`), if there is just one. */
	readonly findRuns: (prefix: string) => readonly RunId[];
	readonly close: () => void;
};
