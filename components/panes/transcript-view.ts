import type {TurnId} from '../../source/domain/id.ts';
import type {ItemPlace, TranscriptAnchor, TranscriptFolds} from '../../store/overlay.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {glyphOf} from '../theme.ts';
import type {Scene} from './scene.ts';
import {indexOfPlace, liveSeq, samePlace, type TranscriptItem} from './transcript-item.ts';
import type {ItemLook} from './transcript-lines.ts';
import {hidesMatch, searchNote, type TranscriptSearch, withMatches} from './transcript-matches.ts';
import type {ItemRow, RowsOf} from './transcript-rows.ts';
import type {Match} from './transcript-search.ts';
import type {TurnFacts} from './turn-words.ts';

export type TranscriptView = Scene & {
	/** A stretch of the conversation, oldest first; at the end of all, what arrives just now is last, as `live` items. */
	readonly items: readonly TranscriptItem[];
	/** Whether there is more in front of the items, and behind them. */
	readonly older: boolean;
	readonly newer: boolean;
	readonly anchor: TranscriptAnchor;
	readonly cursor: ItemPlace | undefined;
	readonly folds: TranscriptFolds;
	/** How much there is to read that came since following ended. */
	readonly unseen: number;
	readonly search: TranscriptSearch | undefined;
	readonly turnFacts: (seq: number) => TurnFacts;
	readonly rowsOf: RowsOf;
};

/** A row with the item it belongs to, and its place among the rows of that item. */
type Placed = ItemRow & {readonly item: number; readonly row: number};

/** Where the screen begins: a row of an item. */
type Top = {readonly item: number; readonly row: number};

const nothingKnown: TurnFacts = {number: undefined, model: undefined};

const isUnfolded = (
	{folds, search}: TranscriptView,
	item: TranscriptItem,
	index: number,
	folded: () => string,
): boolean => {
	if (search !== undefined && hidesMatch(search, item, index, folded)) return true;
	const turned = folds.turned.some(place => samePlace(place, item));
	return (item.kind === 'thinking' ? folds.thinking : folds.calls) === turned;
};

/** The gutter, in which the item the person has gone to is marked. */
export const gutter = 1;

const rowsOf = (view: TranscriptView, index: number, width: number): readonly ItemRow[] => {
	const item = view.items[index];
	if (item === undefined) return [];
	const turn = item.kind === 'turn' ? view.turnFacts(item.seq) : nothingKnown;
	const look: ItemLook = {
		unfolded: false,
		now: view.now,
		turn,
		width: Math.max(1, width - gutter),
		spoken: view.spoken,
	};
	const folded = (): string => view.rowsOf(item, look)[0]?.text ?? '';
	return view.rowsOf(item, {...look, unfolded: isUnfolded(view, item, index, folded)});
};

const placed = (rows: readonly ItemRow[], item: number): readonly Placed[] =>
	rows.map((row, i) => ({...row, item, row: i}));

/** The place so many rows further down, or up; not beyond the first and the last row. */
const moved = (view: TranscriptView, from: Top, rows: number, width: number): Top => {
	let {item, row} = from;
	row += rows;
	while (row < 0 && item > 0) {
		item--;
		row += rowsOf(view, item, width).length;
	}
	for (let count = rowsOf(view, item, width).length; row >= count; count = rowsOf(view, item, width).length) {
		if (item >= view.items.length - 1) return {item, row: Math.max(0, count - 1)};
		row -= count;
		item++;
	}
	return {item, row: Math.max(0, row)};
};

/** Where the last screen begins: only so many items are wrapped as are seen. */
const lastTop = (view: TranscriptView, width: number, height: number): Top => {
	let item = view.items.length;
	let rows = 0;
	while (item > 0 && rows < height) {
		item--;
		rows += rowsOf(view, item, width).length;
	}
	return {item, row: Math.max(0, rows - height)};
};

const rowsFrom = (view: TranscriptView, top: Top, width: number, height: number): readonly Placed[] => {
	const rows: Placed[] = [];
	for (let item = top.item; item < view.items.length && rows.length < top.row + height; item++)
		rows.push(...placed(rowsOf(view, item, width), item));
	return rows.slice(top.row, top.row + height);
};

const liveSays = ['thinking', 'text'] as const;

/** Where what has just arrived went when it became part of the history. */
const whereLiveWent = ({items}: TranscriptView, part: number): number => {
	const kind = liveSays[part];
	return kind === undefined ? -1 : items.findLastIndex(item => item.kind === kind);
};

const topAt = (view: TranscriptView, place: ItemPlace & {readonly row: number}, width: number): Top => {
	const isGone = place.seq === liveSeq && view.items.at(-1)?.seq !== liveSeq;
	const went = isGone ? whereLiveWent(view, place.part) : -1;
	const item = went === -1 ? indexOfPlace(view.items, place) : went;
	return {item, row: Math.min(place.row, Math.max(0, rowsOf(view, item, width).length - 1))};
};

/** The row of an item that a match begins on. */
const rowOfMatch = (view: TranscriptView, match: Match, width: number): number =>
	Math.max(
		0,
		rowsOf(view, match.item, width).findLastIndex(({line, start}) => line === match.line && start <= match.start),
	);

/** What was found among the words of an event may stand in none of its rows: then those begin the screen. */
const topOfMatch = (view: TranscriptView, width: number, height: number): Top | undefined => {
	const match = view.search?.matches[view.search.current];
	if (match === undefined) return view.cursor === undefined ? undefined : topAt(view, {...view.cursor, row: 0}, width);
	const top = {item: match.item, row: rowOfMatch(view, match, width)};
	return moved(view, top, -Math.floor(height / 3), width);
};

/** Where the screen begins. Past the end there is nothing: the last rows fill the screen instead. */
const topOf = (view: TranscriptView, width: number, height: number): Top => {
	const {anchor} = view;
	const last = lastTop(view, width, height);
	const top =
		anchor.kind === 'tail'
			? last
			: anchor.kind === 'at'
				? topAt(view, anchor, width)
				: (topOfMatch(view, width, height) ?? last);
	return top.item > last.item || (top.item === last.item && top.row > last.row) ? last : top;
};

const visibleRows = (view: TranscriptView, width: number, height: number): readonly Placed[] =>
	rowsFrom(view, topOf(view, width, height), width, height);

/** The last line belongs to what the search found, or says that there is more below. */
const noteOf = (view: TranscriptView, rows: readonly Placed[], width: number): string | undefined => {
	const {search, older, newer, unseen} = view;
	const last = rows.at(-1);
	const isEnd =
		last === undefined ||
		(!newer && last.item === view.items.length - 1 && last.row === rowsOf(view, last.item, width).length - 1);
	const below = isEnd || view.anchor.kind === 'tail' ? [] : [unseen > 0 ? `↓ ${unseen} new below` : '↓ more below'];
	const found = search === undefined || search.query === '' ? [] : [searchNote(search, !older && !newer)];
	const notes = [...found, ...below];
	return notes.length === 0 ? undefined : notes.join(' · ');
};

/** What stands on the screen: its rows, a word below them, and which item the person is at. */
const screenOf = (view: TranscriptView, width: number, height: number) => {
	const full = visibleRows(view, width, height);
	const note = height < 2 ? undefined : noteOf(view, full, width);
	const rows = note === undefined ? full : visibleRows(view, width, height - 1);
	return {rows, note, cursor: cursorIn(view, rows)};
};

/** The item the person has gone to, or the nearest to it on screen; while the end is followed, the last. */
const cursorIn = ({items, cursor, anchor, search}: TranscriptView, rows: readonly Placed[]): number => {
	const match = anchor.kind === 'match' ? search?.matches[search.current] : undefined;
	if (match !== undefined) return match.item;
	const [first, last] = [rows.find(row => row.text !== '')?.item ?? 0, rows.at(-1)?.item ?? -1];
	if (cursor === undefined) return anchor.kind === 'tail' ? last : first;
	return Math.max(first, Math.min(last, indexOfPlace(items, cursor)));
};

/**
 * An agent's conversation, from the anchor down. Only items that are seen are wrapped; text that still arrives stands
 * at the end.
 */
export const drawTranscript = (view: TranscriptView, width: number, height: number): readonly string[] => {
	const {theme, frame, spoken = false} = view;
	if (view.items.length === 0)
		return drawPage([drawLine(theme, [span('Nothing was said yet.', 'muted')], width)], width, height);
	const {rows, note, cursor} = screenOf(view, width, height);
	const drawn = rows.map((row, i) => {
		const isHere = row.item === cursor && (row.text !== '' || row.row > 0);
		const isFirst = rows[i - 1]?.item !== row.item || rows[i - 1]?.text === '';
		const bar = span(!isHere ? ' ' : !spoken ? '▌' : isFirst ? '❯' : ' ', 'strong');
		const {mark, lead, leadTone} = row;
		const stands = mark === undefined ? lead : glyphOf(mark, frame) + lead.slice(1);
		return drawLine(theme, [bar, span(stands, leadTone), ...withMatches(view.search, row)], width);
	});
	return note === undefined
		? drawPage(drawn, width, height)
		: [...drawPage(drawn, width, height - 1), drawLine(theme, [span(note, 'strong')], width)];
};

/** The item the person is at, as it is drawn. */
export const itemAtCursor = (view: TranscriptView, width: number, height: number): TranscriptItem | undefined =>
	view.items[screenOf(view, width, height).cursor];

const turnOf = (item: TranscriptItem): TurnId | undefined =>
	'turnId' in item && !(item.kind === 'turn' && item.failed) ? item.turnId : undefined;

/**
 * The turn of the item the person is at, or the last one before it; before the first the first one that follows. Only
 * those count that have their reply; undefined when the end is followed.
 */
export const turnAtCursor = (view: TranscriptView, width: number, height: number): TurnId | undefined => {
	if (view.anchor.kind === 'tail') return undefined;
	const {items} = view;
	const {cursor} = screenOf(view, width, height);
	const last = items.findLastIndex((item, i) => i <= cursor && turnOf(item) !== undefined);
	const found = last === -1 ? items.find(item => turnOf(item) !== undefined) : items[last];
	return found === undefined ? undefined : turnOf(found);
};

const anchorAt = (view: TranscriptView, {item, row}: Top): TranscriptAnchor => {
	const found = view.items[item];
	return found === undefined ? {kind: 'tail'} : {kind: 'at', seq: found.seq, part: found.part, row};
};

/** The first row on screen as an anchor: there the screen stays while more comes below. */
export const anchorHere = (view: TranscriptView, width: number, height: number): TranscriptAnchor =>
	anchorAt(view, topOf(view, width, height));

/** The anchor after scrolling by `rows` (down is positive) on a screen of the given size. The end is followed again. */
export const scrollTranscript = (
	view: TranscriptView,
	width: number,
	height: number,
	rows: number,
): TranscriptAnchor => {
	if (view.items.length === 0) return {kind: 'tail'};
	const top = moved(view, topOf(view, width, height), rows, width);
	// A screen that is not full, or ends with the last row, is the tail.
	const isLast = !view.newer && rowsFrom(view, top, width, height + 1).length <= height;
	return isLast && rows > 0 ? {kind: 'tail'} : anchorAt(view, top);
};

/** Where the person is after one step: what the screen begins with, and the item they are at. */
export type TranscriptStep = {readonly anchor: TranscriptAnchor; readonly cursor: ItemPlace | undefined};

const followed: TranscriptStep = {anchor: {kind: 'tail'}, cursor: undefined};

/**
 * One step down or up: through what is unseen of the item the person is at, row by row, and then to the item beside it.
 * The screen moves only as far as it must; the end is followed again from the last item on.
 */
export const stepTranscript = (view: TranscriptView, width: number, height: number, step: 1 | -1): TranscriptStep => {
	const {items, newer} = view;
	const {rows, cursor} = screenOf(view, width, height);
	const shown = rows.filter(({item}) => item === cursor);
	const lastRow = (item: number): number => rowsOf(view, item, width).length - 1;
	const firstRow = (item: number): number =>
		Math.max(
			0,
			rowsOf(view, item, width).findIndex(({text}) => text !== ''),
		);
	const placeOf = (at: number): ItemPlace | undefined => {
		const item = items[at];
		return item === undefined ? undefined : {seq: item.seq, part: item.part};
	};
	const scrolled = (by: number, item: number): TranscriptStep => {
		const anchor = scrollTranscript(view, width, height, by);
		if (anchor.kind !== 'tail') return {anchor, cursor: placeOf(item)};
		if (item === items.length - 1) return followed;
		// The end is on screen, and the person is not at it.
		return {anchor: anchorAt(view, lastTop(view, width, height)), cursor: placeOf(item)};
	};
	const isUnseen = step === 1 ? (shown.at(-1)?.row ?? 0) < lastRow(cursor) : (shown[0]?.row ?? 0) > firstRow(cursor);
	if (isUnseen) return scrolled(step, cursor);
	const beside = cursor + step;
	if (items[beside] === undefined) return step === 1 && !newer ? followed : scrolled(step, cursor);
	const edge = step === 1 ? firstRow(beside) : lastRow(beside);
	const isSeen = rows.some(({item, row}) => item === beside && row === edge);
	if (!isSeen) return scrolled(step === 1 ? edge + 1 : -1, beside);
	const isEnd = beside === items.length - 1 && !newer && rows.at(-1)?.row === lastRow(beside);
	return isEnd ? followed : {anchor: anchorHere(view, width, height), cursor: placeOf(beside)};
};

/** The anchor that shows an item from its beginning; the screen stays as it is when that is on it already. */
export const anchorOfItem = (
	view: TranscriptView,
	place: ItemPlace,
	width: number,
	height: number,
): TranscriptAnchor => {
	const item = indexOfPlace(view.items, place);
	const isLoaded = view.items.some(one => one.seq === place.seq || (one.kind === 'call' && one.endSeq === place.seq));
	if (!isLoaded) return {kind: 'at', ...place, row: 0};
	const rows = rowsOf(view, item, width);
	const begins = Math.max(
		0,
		rows.findIndex(row => row.text !== ''),
	);
	return visibleRows(view, width, height - 1).some(row => row.item === item && row.row === begins)
		? anchorHere(view, width, height)
		: anchorAt(view, {item, row: begins});
};

/**
 * The first match from the item the person is at on, as far as it is not above the screen, and the last one before it;
 * -1: there is none. While the end is followed, nothing is after it.
 */
export const matchesAround = (
	view: TranscriptView,
	width: number,
	height: number,
): {readonly after: number; readonly before: number} => {
	const {matches} = view.search ?? {matches: []};
	if (view.anchor.kind === 'tail' || matches.length === 0) return {after: -1, before: matches.length - 1};
	const {rows, cursor} = screenOf(view, width, height);
	const top = rows.find(({item}) => item === cursor)?.row ?? 0;
	const after = matches.findIndex(
		match => match.item > cursor || (match.item === cursor && rowOfMatch(view, match, width) >= top),
	);
	return {after, before: after === -1 ? matches.length - 1 : after - 1};
};
