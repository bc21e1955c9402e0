import type {Cause, Happening, Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Spend} from '../domain/limits.ts';
import type {RunAt, RunSummary} from '../domain/run.ts';
import type {StepHistory} from '../domain/settings.ts';
import type {Cursor, HistoryQuery, SearchPage, SearchQuery} from './port.ts';

export type NewEvent = Happening & {readonly cause: Cause};

/**
 * What is wrong with the store. `passing`: the same may be stored a little later (locked, full). `lasting`: it takes a
 * person, and perhaps another file (damaged, not writable).
 */
export type TroubleKind = 'passing' | 'lasting';

/** The error by which an `EventLog` says that it could not store; its message is meant for the person. */
export type StorageTrouble = Error & {readonly trouble: TroubleKind};

/** Where events are kept. What `append` returns is true and lasts; nothing is true before. */
export type EventLog = {
	/**
	 * Store a batch and the lines of the runs it changes in one transaction, synchronously. Throws a `StorageTrouble`
	 * when it cannot be stored (disk full, database locked or damaged): then nothing of the batch is. It gives up on a
	 * lock at once, for everything else stands still meanwhile; to try again is the caller's.
	 */
	readonly append: (batch: readonly NewEvent[], changed: readonly RunSummary[]) => readonly Stamped[];
	/** All events after a cursor, in order, read in slices as they are asked for. */
	readonly after: (cursor: Cursor) => Iterable<Stamped>;
	/** The last snapshot of a run that this program can go on from. */
	readonly snapshot: (runId: RunId) => RunAt | undefined;
	/** Keep a run as its newest snapshot. Returns how many letters it takes. Throws a `StorageTrouble`. */
	readonly keepSnapshot: (at: RunAt) => number;
	/** The sequence number of the newest event of all runs; 0 when there is none. */
	readonly newest: () => number;
	readonly page: (query: HistoryQuery) => readonly Stamped[];
	/** Finds what is stored at this moment. */
	readonly search: (query: SearchQuery) => SearchPage;
	/** All runs, newest first. */
	readonly runs: () => readonly RunSummary[];
	/** The full id for a short one: the run whose id begins so (with or without `run_`), if there is just one. */
	readonly findRuns: (prefix: string) => readonly RunId[];
	/** What finished steps of all runs have cost, by role and model, for estimates. Steps without a price are left out. */
	readonly stepHistory: () => readonly StepHistory[];
	/**
	 * What all runs but these have used up on a day (see `dayOf`). It reads the line of every run: ask once a day, for
	 * only the runs that are open in an engine move.
	 */
	readonly spentOn: (day: number, except: readonly RunId[]) => Spend;
	readonly close: () => void;
};
