import type {LogEntry} from './log-entry.ts';
import type {LogFilter} from './log-filter.ts';
import {createLogSearch, type FoundEntries} from './log-search.ts';
import type {Stretches} from './stretches.ts';

/** How many events the log keeps in memory. */
export const logEntriesMax = 5000;

/** The newest lines of the log, and of the older ones those that are asked for. */
export type LogMemory = {
	readonly add: (entry: LogEntry) => void;
	/** The newest, oldest first; the same list as long as nothing was added. */
	readonly newest: () => readonly LogEntry[];
	/** Look for lines that are no longer in memory; without a filter nothing is looked for. */
	readonly find: (filter: LogFilter | undefined) => void;
	readonly older: () => FoundEntries;
};

type LogMemoryParts = {
	readonly stretches: Stretches;
	/** How many events the run has. */
	readonly count: () => number;
	readonly soon: (call: () => void) => void;
	readonly onFound: () => void;
};

export const createLogMemory = ({stretches, count, soon, onFound}: LogMemoryParts): LogMemory => {
	const search = createLogSearch(stretches, soon, onFound);
	let newest: readonly LogEntry[] = [];
	let fresh: LogEntry[] = [];

	const merge = (): void => {
		if (fresh.length === 0) return;
		const all = [...newest, ...fresh];
		newest = all.slice(-logEntriesMax);
		fresh = [];
		search.add(all.slice(0, -logEntriesMax));
	};

	return {
		add: entry => {
			fresh.push(entry);
			// While nothing is drawn, as when a long history comes in at once.
			if (fresh.length > logEntriesMax) merge();
		},
		newest: () => {
			merge();
			return newest;
		},
		find: filter => {
			merge();
			search.start(filter && {upTo: count() - newest.length, filter, most: logEntriesMax});
		},
		older: search.found,
	};
};
