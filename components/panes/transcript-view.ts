import type {TurnId} from '../../source/domain/id.ts';
import type {ItemPlace, TranscriptAnchor} from '../../store/overlay.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {glyphOf} from '../theme.ts';
import {topOfMatch} from './transcript-found.ts';
import {indexOfPlace, type TranscriptItem} from './transcript-item.ts';
import {searchNote, withMatches} from './transcript-matches.ts';
import {
	lastTop,
	moved,
	type Placed,
	rowsFrom,
	rowsOf,
	type Top,
	type TranscriptView,
	topAt,
} from './transcript-wrapped.ts';

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

/** That there is more below the rows; undefined at the end, and while it is followed. */
const belowOf = (view: TranscriptView, rows: readonly Placed[], width: number): string | undefined => {
	const {newer, unseen} = view;
	const last = rows.at(-1);
	const isEnd =
		last === undefined ||
		(!newer && last.item === view.items.length - 1 && last.row === rowsOf(view, last.item, width).length - 1);
	if (isEnd || view.anchor.kind === 'tail') return undefined;
	return unseen > 0 ? `↓ ${unseen} new below` : '↓ more below';
};

const foundIn = ({search, older, newer}: TranscriptView): string | undefined =>
	search === undefined || search.query === '' ? undefined : searchNote(search, !older && !newer);

/** What of a transcript stands on the screen: its rows, whether a line below them is kept free for words, and the item the person is at. */
export type TranscriptScreen = {
	readonly rows: readonly Placed[];
	readonly below: string | undefined;
	readonly hasNote: boolean;
	readonly cursor: number;
};

/** Which match the person is at makes no difference to it, unless the screen begins with that. */
export const layOut = (view: TranscriptView, width: number, height: number): TranscriptScreen => {
	const full = visibleRows(view, width, height);
	const below = belowOf(view, full, width);
	const hasNote = height > 1 && (below ?? foundIn(view)) !== undefined;
	const rows = hasNote ? visibleRows(view, width, height - 1) : full;
	return {rows, below, hasNote, cursor: cursorIn(view, rows)};
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
export const drawTranscript = (
	view: TranscriptView,
	width: number,
	height: number,
	screen = layOut(view, width, height),
): readonly string[] => {
	const {theme, frame, spoken = false} = view;
	if (view.items.length === 0)
		return drawPage([drawLine(theme, [span('Nothing was said yet.', 'muted')], width)], width, height);
	const {rows, below, hasNote, cursor} = screen;
	const drawn = rows.map((row, i) => {
		const isHere = row.item === cursor && (row.text !== '' || row.row > 0);
		const isFirst = rows[i - 1]?.item !== row.item || rows[i - 1]?.text === '';
		const bar = span(!isHere ? ' ' : !spoken ? '▌' : isFirst ? '❯' : ' ', 'strong');
		const {mark, lead, leadTone} = row;
		const stands = mark === undefined ? lead : glyphOf(mark, frame) + lead.slice(1);
		return drawLine(theme, [bar, span(stands, leadTone), ...withMatches(view.search, row)], width);
	});
	if (!hasNote) return drawPage(drawn, width, height);
	const note = [foundIn(view), below].filter(words => words !== undefined).join(' · ');
	return [...drawPage(drawn, width, height - 1), drawLine(theme, [span(note, 'strong')], width)];
};

/** The item the person is at, as it is drawn. */
export const itemAtCursor = (
	{items}: Pick<TranscriptView, 'items'>,
	{cursor}: TranscriptScreen,
): TranscriptItem | undefined => items[cursor];

const turnOf = (item: TranscriptItem): TurnId | undefined =>
	'turnId' in item && !(item.kind === 'turn' && item.failed) ? item.turnId : undefined;

/**
 * The turn of the item the person is at, or the last one before it; before the first the first one that follows. Only
 * those count that have their reply; undefined when the end is followed.
 */
export const turnAtCursor = ({anchor, items}: TranscriptView, {cursor}: TranscriptScreen): TurnId | undefined => {
	if (anchor.kind === 'tail') return undefined;
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
	const {rows, cursor} = layOut(view, width, height);
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
