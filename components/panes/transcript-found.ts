import type {Match} from './transcript-search.ts';
import {moved, type Placed, rowsOf, type Top, type TranscriptView, topAt} from './transcript-wrapped.ts';

/** The row of an item that a match begins on. */
const rowOfMatch = (view: TranscriptView, match: Match, width: number): number =>
	Math.max(
		0,
		rowsOf(view, match.item, width).findLastIndex(({line, start}) => line === match.line && start <= match.start),
	);

/** What was found among the words of an event may stand in none of its rows: then those begin the screen. */
export const topOfMatch = (view: TranscriptView, width: number, height: number): Top | undefined => {
	const match = view.search?.matches[view.search.current];
	if (match === undefined) return view.cursor === undefined ? undefined : topAt(view, {...view.cursor, row: 0}, width);
	const top = {item: match.item, row: rowOfMatch(view, match, width)};
	return moved(view, top, -Math.floor(height / 3), width);
};

/**
 * The first match from the item the person is at on, as far as it is not above the screen, and the last one before it;
 * -1: there is none. While the end is followed, nothing is after it.
 */
export const matchesAround = (
	view: TranscriptView,
	{rows, cursor}: {readonly rows: readonly Placed[]; readonly cursor: number},
	width: number,
): {readonly after: number; readonly before: number} => {
	const {matches} = view.search ?? {matches: []};
	if (view.anchor.kind === 'tail' || matches.length === 0) return {after: -1, before: matches.length - 1};
	const top = rows.find(({item}) => item === cursor)?.row ?? 0;
	const after = matches.findIndex(
		match => match.item > cursor || (match.item === cursor && rowOfMatch(view, match, width) >= top),
	);
	return {after, before: after === -1 ? matches.length - 1 : after - 1};
};
