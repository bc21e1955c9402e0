import {remembering} from '../../store/selectors.ts';
import {fitTo} from '../text/fit.ts';
import {type Line, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {WrapCache} from '../text/wrap-cache.ts';
import type {Mark, Tone} from '../theme.ts';
import {markdownLines} from './markdown-lines.ts';
import type {TranscriptItem} from './transcript-item.ts';
import {type ItemLine, type ItemLook, itemLines, textOfLine} from './transcript-lines.ts';

/** A line of the screen: `line` and `start` say which part of the item it shows, for finding. */
export type ItemRow = {
	readonly lead: string;
	readonly leadTone: Tone;
	readonly mark: Mark | undefined;
	readonly spans: Line;
	readonly text: string;
	readonly line: number;
	readonly start: number;
};

/** The part of some spans from a place on, so many characters long. */
const cutSpans = (spans: Line, start: number, length: number): Line => {
	const cut: Span[] = [];
	let at = 0;
	for (const one of spans) {
		const from = Math.max(0, start - at);
		const to = Math.min(one.text.length, start + length - at);
		if (to > from) cut.push(from === 0 && to === one.text.length ? one : {...one, text: one.text.slice(from, to)});
		at += one.text.length;
	}
	return cut;
};

/** The line in one row: what is too long is cut in front of its tail. */
const onOneRow = (line: ItemLine, tail: Span, width: number): Pick<ItemRow, 'spans' | 'text'> => {
	const room = Math.max(0, width - widthOf(tail.text));
	const text = line.spans.map(one => one.text).join('');
	if (widthOf(text) <= room) return {spans: [...line.spans, tail], text: text + tail.text};
	const kept = fitTo(text, room);
	const spans = [...cutSpans(line.spans, 0, Math.max(0, kept.trimEnd().length - 1)), span('…', 'muted'), tail];
	return {spans, text: spans.map(one => one.text).join('')};
};

const rowsOfLine = (line: ItemLine, index: number, cache: WrapCache, width: number): readonly ItemRow[] => {
	const {lead, leadTone, mark, tail} = line;
	const room = Math.max(1, width - lead.length);
	if (tail !== undefined) return [{lead, leadTone, mark, ...onOneRow(line, tail, room), line: index, start: 0}];
	return cache.wrap(textOfLine(line), room).map(({text, start}, row) => ({
		// Only bars go on beside every row; a glyph stands beside the first.
		lead: row === 0 || /[│┊▏]/.test(lead) ? lead : ' '.repeat(lead.length),
		leadTone,
		mark: row === 0 ? mark : undefined,
		spans: cutSpans(line.spans, start, text.length),
		text,
		line: index,
		start,
	}));
};

/** The lines of an item as rows of the screen, each at most `width` columns with what stands before it. */
export type RowsOf = (item: TranscriptItem, look: ItemLook) => readonly ItemRow[];

/** An item is made into rows once for each way of looking at it: it is never changed, only replaced. */
export const createItemRows = (cache: WrapCache): RowsOf => {
	type Known = WeakMap<TranscriptItem, {readonly key: string; readonly rows: readonly ItemRow[]}>;
	// A search looks at items in both ways.
	const [folded, unfolded]: readonly [Known, Known] = [new WeakMap(), new WeakMap()];
	// A text that arrives is another item in each picture, and most of it is the same as before.
	const settled = remembering(markdownLines);
	return (item, look) => {
		const {width} = look;
		const known = look.unfolded ? unfolded : folded;
		const ages = item.kind === 'call' && item.state === 'running';
		const turn = item.kind === 'turn' ? `${look.turn.number} ${look.turn.model}` : '';
		const key = `${width} ${ages ? Math.floor(look.now / 100) : turn}`;
		const last = known.get(item);
		if (last?.key === key) return last.rows;
		const rows = itemLines(item, look, settled).flatMap((line, i) => rowsOfLine(line, i, cache, width));
		known.set(item, {key, rows});
		return rows;
	};
};
