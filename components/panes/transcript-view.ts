import type {TurnId} from '../../source/domain/id.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import type {WrapCache} from '../text/wrap-cache.ts';
import type {Scene} from './scene.ts';
import type {TranscriptItem} from './transcript-item.ts';
import {type ItemRow, itemRows} from './transcript-lines.ts';
import type {Match} from './transcript-search.ts';

/** What stands at the top: the end is followed, or a row of an item. Both are counted from 0. */
export type Anchor = {readonly kind: 'tail'} | {readonly kind: 'at'; readonly item: number; readonly row: number};

export type TranscriptSearch = {
	readonly query: string;
	readonly matches: readonly Match[];
	/** The index of the match that was jumped to. */
	readonly current: number;
};

export type TranscriptView = Scene & {
	/** Oldest first; what arrives just now is last, as `live` items. */
	readonly items: readonly TranscriptItem[];
	readonly anchor: Anchor;
	/** Whether the whole output of calls is shown. While searching it always is. */
	readonly unfolded: boolean;
	readonly search: TranscriptSearch | undefined;
	readonly cache: WrapCache;
};

/** A row with the item it belongs to, and its place among the rows of that item. */
type Placed = ItemRow & {readonly item: number; readonly row: number};

const rowsOf = (view: TranscriptView, item: number, width: number): readonly Placed[] => {
	const found = view.items[item];
	if (found === undefined) return [];
	const unfolded = view.unfolded || view.search !== undefined;
	return itemRows(found, unfolded, view.frame, view.cache, width).map((row, i) => ({...row, item, row: i}));
};

/** The last rows, at most `height`: only so many items are wrapped as are seen. */
const tailRows = (view: TranscriptView, width: number, height: number): readonly Placed[] => {
	let rows: readonly Placed[] = [];
	for (let item = view.items.length - 1; item >= 0 && rows.length < height; item--)
		rows = [...rowsOf(view, item, width), ...rows];
	return rows.slice(Math.max(0, rows.length - height));
};

const rowsFrom = (
	view: TranscriptView,
	from: number,
	row: number,
	width: number,
	height: number,
): readonly Placed[] => {
	const rows: Placed[] = [];
	for (let item = from; item < view.items.length && rows.length < row + height; item++)
		rows.push(...rowsOf(view, item, width));
	return rows.slice(row, row + height);
};

const visibleRows = (view: TranscriptView, width: number, height: number): readonly Placed[] => {
	if (view.anchor.kind === 'tail') return tailRows(view, width, height);
	const rows = rowsFrom(view, view.anchor.item, view.anchor.row, width, height);
	// Past the end there is nothing: the last rows fill the screen instead.
	return rows.length < height ? tailRows(view, width, height) : rows;
};

/** The row with its matches marked; a match that is broken over two rows is marked on both. */
const marked = (view: TranscriptView, row: Placed): readonly Span[] => {
	const {search} = view;
	const item = view.items[row.item];
	if (search === undefined || search.query === '' || item === undefined) return [span(row.text, row.tone)];
	const here = search.matches[search.current];
	const spans: Span[] = [];
	let done = 0;
	const end = row.start + row.text.length;
	for (const start of search.matches
		.filter(match => match.item === row.item && match.line === row.line)
		.map(match => match.start)) {
		const from = Math.max(start, row.start) - row.start;
		const to = Math.min(start + search.query.length, end) - row.start;
		if (to <= from) continue;
		const isHere = here?.item === row.item && here.line === row.line && here.start === start;
		spans.push(
			span(row.text.slice(done, from), row.tone),
			span(row.text.slice(from, to), isHere ? 'matchHere' : 'match'),
		);
		done = to;
	}
	return [...spans, span(row.text.slice(done), row.tone)];
};

const searchNote = ({query, matches, current}: TranscriptSearch): string =>
	matches.length === 0 ? `no match for ${query}` : `${current + 1} of ${matches.length} for ${query}`;

/** The last line belongs to what the search found, or says that there is more below. */
const noteOf = (view: TranscriptView, rows: readonly Placed[], width: number): string | undefined => {
	if (view.search !== undefined && view.search.query !== '') return searchNote(view.search);
	const last = rows.at(-1);
	if (last === undefined || view.anchor.kind === 'tail') return undefined;
	const atEnd = last.item === view.items.length - 1 && last.row === rowsOf(view, last.item, width).length - 1;
	return atEnd ? undefined : '↓ more below';
};

/**
 * An agent's conversation, from the anchor down. Only items that are seen are wrapped; text that still arrives stands
 * at the end.
 */
export const drawTranscript = (view: TranscriptView, width: number, height: number): readonly string[] => {
	const {theme} = view;
	if (view.items.length === 0)
		return drawPage([drawLine(theme, [span('Nothing was said yet.', 'muted')], width)], width, height);
	const full = visibleRows(view, width, height);
	const note = height < 2 ? undefined : noteOf(view, full, width);
	const rows = note === undefined ? full : visibleRows(view, width, height - 1);
	const drawn = rows.map(row => drawLine(theme, [span(row.lead, row.leadTone), ...marked(view, row)], width));
	return note === undefined
		? drawPage(drawn, width, height)
		: [...drawPage(drawn, width, height - 1), drawLine(theme, [span(note, 'strong')], width)];
};

/** The first turn on screen that has its reply; undefined when the end is followed. */
export const turnInView = (view: TranscriptView, width: number, height: number): TurnId | undefined => {
	if (view.anchor.kind === 'tail') return undefined;
	for (const {item} of visibleRows(view, width, height)) {
		const found = view.items[item];
		if (found !== undefined && 'turnId' in found && found.turnId !== undefined) return found.turnId;
	}
	return undefined;
};

/** The anchor after scrolling by `rows` (down is positive) on a screen of the given size. The end is followed again. */
export const scrollTranscript = (view: TranscriptView, width: number, height: number, rows: number): Anchor => {
	const [first] = visibleRows(view, width, height);
	if (first === undefined) return {kind: 'tail'};
	let {item, row} = first;
	row += rows;
	while (row < 0 && item > 0) {
		item--;
		row += rowsOf(view, item, width).length;
	}
	for (let count = rowsOf(view, item, width).length; row >= count; count = rowsOf(view, item, width).length) {
		if (item >= view.items.length - 1) return {kind: 'tail'};
		row -= count;
		item++;
	}
	row = Math.max(0, row);
	// A screen that is not full, or ends with the last row, is the tail.
	const below = rowsFrom(view, item, row, width, height + 1);
	return below.length <= height && rows > 0 ? {kind: 'tail'} : {kind: 'at', item, row};
};

/** The anchor that brings a match onto the screen, a third from the top. The view must be one that searches. */
export const anchorOfMatch = (view: TranscriptView, match: Match, width: number, height: number): Anchor => {
	const row = rowsOf(view, match.item, width).findLastIndex(
		placed => placed.line === match.line && placed.start <= match.start,
	);
	const at: TranscriptView = {...view, anchor: {kind: 'at', item: match.item, row: Math.max(0, row)}};
	const fromThere = rowsFrom(at, match.item, Math.max(0, row), width, height);
	// Near the end the last screen shows it.
	if (fromThere.length < height) return {kind: 'tail'};
	return scrollTranscript(at, width, height, -Math.floor(height / 3));
};
