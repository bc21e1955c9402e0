import type {LogEntry} from './log-entry.ts';
import {type LogFilter, passes} from './log-filter.ts';
import type {Stretches} from './stretches.ts';

/** What was found, oldest first, and how many of the events in question, the oldest, were not looked through yet. */
export type FoundEntries = {readonly entries: readonly LogEntry[]; readonly left: number; readonly of: number};

export type LogQuery = {
	/** Only among so many events, the oldest of the run. */
	readonly upTo: number;
	readonly filter: LogFilter;
	/** With so many found the search ends, or a few more. */
	readonly most: number;
};

/** Looks through the past for lines of the log, from a moment backwards, while everything else goes on. */
export type LogSearch = {
	/** Forgets what was found and begins anew; with nothing to look for it only forgets. */
	readonly start: (query: LogQuery | undefined) => void;
	/** Entries that lie behind all that is searched; those that pass belong to what is found. */
	readonly add: (entries: readonly LogEntry[]) => void;
	readonly found: () => FoundEntries;
};

export const nothingFound: FoundEntries = {entries: [], left: 0, of: 0};

export const createLogSearch = (
	stretches: Stretches,
	soon: (call: () => void) => void,
	onFound: () => void,
): LogSearch => {
	let found = nothingFound;
	/** The search that was begun last. Those before it end when they next look here. */
	let current: LogQuery | undefined;

	const run = async (query: LogQuery): Promise<void> => {
		while (current === query && found.left > 0 && found.entries.length < query.most) {
			const {left} = found;
			const stretch = stretches.at(left) ?? (await stretches.load(left));
			if (current !== query) return;
			const fresh = stretch.entries.slice(0, left - stretch.fromN).filter(entry => passes(query.filter, entry));
			found = {...found, entries: [...fresh, ...found.entries], left: stretch.fromN};
			onFound();
			// Keys and news come first.
			await new Promise<void>(resolve => soon(resolve));
		}
	};

	return {
		start: query => {
			current = query;
			found = query === undefined ? nothingFound : {entries: [], left: query.upTo, of: query.upTo};
			// Without an engine there is what was found so far.
			if (query !== undefined) run(query).catch(() => {});
		},
		add: entries => {
			const {filter, most} = current ?? {};
			if (filter === undefined || most === undefined) return;
			const fresh = entries.filter(entry => passes(filter, entry));
			if (fresh.length > 0) found = {...found, entries: [...found.entries, ...fresh].slice(-most)};
		},
		found: () => found,
	};
};
