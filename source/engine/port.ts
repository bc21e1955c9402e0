import type {Command, Rejection} from '../domain/command.ts';
import type {EventType, Stamped} from '../domain/event.ts';
import type {AgentId, RunId} from '../domain/id.ts';
import type {RunSummary} from '../domain/run.ts';
import type {Signal} from '../domain/signal.ts';

/** Where a listener wants to begin: after this sequence number, of one run or of all. */
export type Cursor = {readonly after: number; readonly runId?: RunId};

export type Listener = {
	/** Events in order, without gaps from the cursor on, first the stored ones. Never empty. */
	readonly onEvents: (batch: readonly Stamped[]) => void;
	readonly onSignal: (signal: Signal) => void;
};

/** A window over the history. */
export type HistoryQuery = {
	readonly runId: RunId;
	readonly agentId?: AgentId;
	/** Only events after this sequence number, oldest first, unless `newest` is set. */
	readonly after?: number;
	readonly before?: number;
	/** Take the newest that match instead of the oldest; the page is in order all the same. */
	readonly newest?: boolean;
	/** Only events with this text somewhere in their fields, whatever the case of its letters from a to z. */
	readonly text?: string;
	readonly limit: number;
};

/** Words that are looked for in all that was said and done (see `readSearch`), in one run or in all. */
export type SearchQuery = {
	readonly text: string;
	readonly runId?: RunId;
	/** `newest` when absent. `best` orders the newest that match by how well they do. */
	readonly order?: 'newest' | 'best';
	readonly limit: number;
};

/** A part of what was said, around the words that were found. */
export type Excerpt = readonly {readonly text: string; readonly isMatch: boolean}[];

export type SearchHit = {
	readonly seq: number;
	readonly at: number;
	readonly type: EventType;
	readonly runId: RunId;
	readonly goal: string;
	readonly agentId?: AgentId;
	readonly agentName?: string;
	readonly excerpt: Excerpt;
};

export type SearchPage = {
	readonly hits: readonly SearchHit[];
	/** False when there are more than were asked for. */
	readonly isWhole: boolean;
	/** Why nothing could be looked for, in words. */
	readonly problem?: string;
};

/**
 * How everything outside the engine speaks to it: the window, the command line, and a socket. Commands go in
 * and are answered; events and signals come out.
 */
export type FleetPort = {
	/** Resolves when the command is stored, or with the reason why it cannot be done now. Never rejects. */
	readonly send: (command: Command) => Promise<Rejection | undefined>;
	/** Returns the way to unsubscribe. */
	readonly subscribe: (from: Cursor, listener: Listener) => () => void;
	/** This and what follows reject when the engine has gone for good. */
	readonly history: (query: HistoryQuery) => Promise<readonly Stamped[]>;
	/** All runs of this state folder, newest first. */
	readonly runs: () => Promise<readonly RunSummary[]>;
	readonly search: (query: SearchQuery) => Promise<SearchPage>;
};
