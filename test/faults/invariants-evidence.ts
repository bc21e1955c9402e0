import type {ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {LedgerEntry} from '../support/stand-in/server.ts';
import type {StoredEvent} from './invariants-rows.ts';

/** What must hold, under the names by which the tables count. */
export type Rule =
	| 'sequence'
	| 'call ends'
	| 'call started twice'
	| 'tool twice unmarked'
	| 'tool lost'
	| 'finished step redone'
	| 'conversation'
	| 'money'
	| 'turn paid twice unaccounted'
	| 'fold'
	| 'request answered twice'
	| 'process left'
	| 'files'
	| 'end'
	| 'hung'
	| 'crash'
	| 'words';

/** A rule that does not hold, with what was seen. */
export type Finding = {readonly rule: Rule; readonly words: string};

/** What is known of a run from outside, after it ended. */
export type Evidence = {
	readonly events: readonly StoredEvent[];
	readonly requests: readonly ParsedRequest[];
	readonly ledger: readonly LedgerEntry[];
	/** Whose a request was: the key of a step, or `planner`. */
	readonly askerOf: (request: ParsedRequest) => string | undefined;
	/** What `show --json` and `replay --json` print. */
	readonly shown: unknown;
	readonly replayed: unknown;
	readonly files: ReadonlyMap<string, string>;
	/** What an uninterrupted run leaves and comes to; undefined when there is nothing to compare with. */
	readonly expected: Expected | undefined;
	/** Command lines of processes that still have the workspace as their folder. */
	readonly processesLeft: readonly string[];
};

export type Expected = {
	readonly files: ReadonlyMap<string, string>;
	readonly status: string;
	/** Steps with how they ended. */
	readonly steps: readonly string[];
};
