import type {LogEntry} from './log-entry.ts';
import type {Stretches} from './stretches.ts';

/** What was found in the past, oldest first, and how many events, the oldest, were not looked through yet. */
export type FoundEntries = {readonly entries: readonly LogEntry[]; readonly left: number};

export type LogQuery = {
	/** Only among so many events, the oldest of the run. */
	readonly upTo: number;
	readonly passes: (entry: LogEntry) => boolean;
	/** With so many found the search ends, or a few more. */
	readonly most: number;
};

/** Looks through the past for lines of the log, from a moment backwards, while everything else goes on. */
export type LogSearch = {
	/** Forgets what was found and begins anew; with nothing to look for it only forgets. */
	readonly start: (query: LogQuery | undefined) => void;
	readonly found: () => FoundEntries;
};

const nothing: FoundEntries = {entries: [], left: 0};

export const createLogSearch = (
	stretches: Stretches,
	soon: (call: () => void) => void,
	onFound: () => void,
): LogSearch => {
	let found = nothing;
	/** The search that was begun last. Those before it end when they next look here. */
	let current: LogQuery | undefined;

	const run = async (query: LogQuery): Promise<void> => {
		while (current === query && found.left > 0 && found.entries.length < query.most) {
			const {left} = found;
			const stretch = stretches.at(left) ?? (await stretches.load(left));
			if (current !== query) return;
			const passing = stretch.entries.slice(0, left - stretch.fromN).filter(query.passes);
			found = {entries: [...passing, ...found.entries], left: stretch.fromN};
			onFound();
			// Keys and news come first.
			await new Promise<void>(resolve => soon(resolve));
		}
	};

	return {
		start: query => {
			current = query;
			found = query === undefined ? nothing : {entries: [], left: query.upTo};
			// Without an engine there is what was found so far.
			if (query !== undefined) run(query).catch(() => {});
		},
		found: () => found,
	};
};
