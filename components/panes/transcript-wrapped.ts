import type {Folding} from '../../store/facts.ts';
import type {ItemPlace, TranscriptAnchor, TranscriptFolds} from '../../store/overlay.ts';
import type {Scene} from './scene.ts';
import {indexOfPlace, liveSeq, samePlace, type TranscriptItem} from './transcript-item.ts';
import type {ItemLook} from './transcript-lines.ts';
import {hidesMatch, type TranscriptSearch} from './transcript-matches.ts';
import type {ItemRow, RowsOf} from './transcript-rows.ts';
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
export type Placed = ItemRow & {readonly item: number; readonly row: number};

/** Where the screen begins: a row of an item. */
export type Top = {readonly item: number; readonly row: number};

const nothingKnown: TurnFacts = {number: undefined, model: undefined};

const foldingAs = (
	{folds, search}: TranscriptView,
	item: TranscriptItem,
	index: number,
	folded: () => string,
): Folding => {
	if (search !== undefined && hidesMatch(search, item, index, folded)) return 'held';
	const turned = folds.turned.some(place => samePlace(place, item));
	return (item.kind === 'thinking' ? folds.thinking : folds.calls) === turned ? 'unfolded' : 'folded';
};

/** The gutter, in which the item the person has gone to is marked. */
export const gutter = 1;

/** How an item looks when it is folded. */
const foldedLook = (view: TranscriptView, item: TranscriptItem, width: number): ItemLook => ({
	unfolded: false,
	now: view.now,
	turn: item.kind === 'turn' ? view.turnFacts(item.seq) : nothingKnown,
	width: Math.max(1, width - gutter),
	spoken: view.spoken,
});

/** How much of an item is shown, if it is one of those that fold. */
export const foldingOf = (view: TranscriptView, index: number, width: number): Folding => {
	const item = view.items[index];
	if (item === undefined) return 'folded';
	return foldingAs(view, item, index, () => view.rowsOf(item, foldedLook(view, item, width))[0]?.text ?? '');
};

export const rowsOf = (view: TranscriptView, index: number, width: number): readonly ItemRow[] => {
	const item = view.items[index];
	if (item === undefined) return [];
	const unfolded = foldingOf(view, index, width) !== 'folded';
	return view.rowsOf(item, {...foldedLook(view, item, width), unfolded});
};

const placed = (rows: readonly ItemRow[], item: number): readonly Placed[] =>
	rows.map((row, i) => ({...row, item, row: i}));

/** The place so many rows further down, or up; not beyond the first and the last row. */
export const moved = (view: TranscriptView, from: Top, rows: number, width: number): Top => {
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
export const lastTop = (view: TranscriptView, width: number, height: number): Top => {
	let item = view.items.length;
	let rows = 0;
	while (item > 0 && rows < height) {
		item--;
		rows += rowsOf(view, item, width).length;
	}
	return {item, row: Math.max(0, rows - height)};
};

export const rowsFrom = (view: TranscriptView, top: Top, width: number, height: number): readonly Placed[] => {
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

export const topAt = (view: TranscriptView, place: ItemPlace & {readonly row: number}, width: number): Top => {
	const isGone = place.seq === liveSeq && view.items.at(-1)?.seq !== liveSeq;
	const went = isGone ? whereLiveWent(view, place.part) : -1;
	const item = went === -1 ? indexOfPlace(view.items, place) : went;
	return {item, row: Math.min(place.row, Math.max(0, rowsOf(view, item, width).length - 1))};
};
