import type {MatchPlace} from '../../store/overlay.ts';
import {indexOfPlace, samePlace, type TranscriptItem} from './transcript-item.ts';

/**
 * Where in a transcript something was found: the item, its logical line, where in that line (UTF-16 units), and the how
 * manieth match of the item it is.
 */
export type Match = {readonly item: number; readonly line: number; readonly start: number; readonly nth: number};

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

/** The lines of an item, unfolded, as text. */
export type TextsOf = (item: TranscriptItem) => readonly string[];

/** All places where the query occurs in items, first to last. */
export type Find = (
	items: readonly TranscriptItem[],
	query: string,
	/** For which the items are laid out. */
	width: number,
	textsOf: TextsOf,
) => readonly Match[];

/** Markdown takes a while to be laid out; what has not all of the words need not be. */
const mayHave = (item: TranscriptItem, words: readonly string[]): boolean => {
	if (item.kind !== 'text') return true;
	const lower = item.text.toLowerCase();
	return words.every(word => lower.includes(word));
};

/** Looks through each item once for each query. */
export const createFind = (): Find => {
	let texts = new WeakMap<TranscriptItem, readonly string[]>();
	let textsWidth = 0;
	const textsOnce = (item: TranscriptItem, textsOf: TextsOf): readonly string[] => {
		const known = texts.get(item) ?? textsOf(item);
		texts.set(item, known);
		return known;
	};
	return (items, query, width, textsOf) => {
		if (width !== textsWidth) texts = new WeakMap();
		textsWidth = width;
		const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
		return items.flatMap((item, i) =>
			(mayHave(item, words) ? textsOnce(item, textsOf) : [])
				.flatMap((text, line) => occurrences(text, query).map(start => ({line, start})))
				.map((place, nth) => ({...place, item: i, nth})),
		);
	};
};

/** The match a person is at: its number in the list, or -1 when it is not among them. */
export const matchAt = (
	items: readonly TranscriptItem[],
	matches: readonly Match[],
	place: MatchPlace | undefined,
): number => {
	if (place === undefined) return -1;
	const isThere = (item: TranscriptItem | undefined): boolean =>
		item?.seq === place.seq || (item?.kind === 'call' && item.endSeq === place.seq);
	const near = indexOfPlace(items, place);
	const found = [
		(match: Match) => samePlace(items[match.item], place),
		// Of an event that was only found to have the text, it is not known yet in which of its items that is,
		(match: Match) => isThere(items[match.item]),
		// and what an event tells may be told by an item that began before, such as what is asked about a call.
		(match: Match) => match.item === near,
	];
	const there = found.map(one => matches.filter(one)).find(some => some.length > 0) ?? [];
	const match = place.nth === -1 ? there.at(-1) : there[Math.min(place.nth, there.length - 1)];
	return match === undefined ? -1 : matches.indexOf(match);
};
