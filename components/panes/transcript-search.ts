import type {TranscriptItem} from './transcript-item.ts';
import {itemLines} from './transcript-lines.ts';

/** Where in a transcript something was found: the item, its logical line, and where in that line (UTF-16 units). */
export type Match = {readonly item: number; readonly line: number; readonly start: number};

/** Where a text occurs in a line, without regard to case, not overlapping. */
export const occurrences = (text: string, query: string): readonly number[] => {
	if (query === '') return [];
	// A letter whose lower case has another length would shift what follows; such lines are compared as they are.
	const lower = text.toLowerCase();
	const haystack = lower.length === text.length ? lower : text;
	const needle = query.toLowerCase();
	const found: number[] = [];
	for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) found.push(at);
	return found;
};

/** All places where the query occurs, first to last. The view unfolds everything while it searches, and so does this. */
export const findMatches = (items: readonly TranscriptItem[], query: string): readonly Match[] =>
	items.flatMap((item, i) =>
		itemLines(item, true, undefined).flatMap(({text}, line) =>
			occurrences(text, query).map(start => ({item: i, line, start})),
		),
	);
