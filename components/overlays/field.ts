import type {TextBuffer} from '../../store/text-buffer.ts';
import {sanitise, sanitiseLine} from '../text/sanitise.ts';
import {sliceColumns} from '../text/slice-columns.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

/** A cell, counted from 0 at the top left of what it belongs to. */
export type Cell = {readonly x: number; readonly y: number};

type Field = {readonly lines: readonly string[]; readonly cursor: Cell};

const lineSign = '⏎';

/** So much of a text, in UTF-16 units, fills so many columns on either side of the cursor, whatever it is written in. */
const reach = (width: number): number => 4 * width + 64;

/** A text on one line, shifted so that the cursor is seen; line breaks show as a sign. */
const drawSingle = (theme: Theme, {text: whole, at: place, isProposal}: TextBuffer, width: number): Field => {
	// Of a long text that was pasted no more is looked at than can be seen.
	const start = Math.max(0, place - reach(width));
	const text = whole.slice(start, place + reach(width));
	const at = place - start;
	const shown = (part: string): string => sanitiseLine(part.replaceAll('\n', lineSign));
	const column = widthOf(shown(text.slice(0, at)));
	const from = Math.max(0, column - Math.max(0, width - 1));
	const seen = sliceColumns(shown(text), from, from + width);
	return {
		lines: [drawLine(theme, [span(seen, isProposal === true ? 'selected' : 'plain')], width)],
		cursor: {x: column - from, y: 0},
	};
};

/** A text that is being written, in a field of exactly this size that always shows the cursor. */
export const drawField = (theme: Theme, buffer: TextBuffer, width: number, height: number): Field => {
	if (height <= 1) return drawSingle(theme, buffer, width);
	const {text, at} = buffer;
	const before = sanitise(text.slice(0, at)).split('\n');
	const cursorLine = before.length - 1;
	const offset = before.at(-1)?.length ?? 0;
	let cursor: Cell = {x: 0, y: 0};
	// The last column is kept for a cursor behind a full row.
	const columns = Math.max(1, width - 1);
	const rows = sanitise(text)
		.split('\n')
		.flatMap((line, i) => wrapLine(line, columns).map(row => ({...row, line: i})));
	for (const [y, row] of rows.entries())
		if (row.line === cursorLine && row.start <= offset)
			cursor = {x: Math.min(columns, widthOf(row.text.slice(0, offset - row.start))), y};
	const top = Math.max(0, Math.min(cursor.y - height + 1, rows.length - height));
	return {
		lines: drawPage(
			rows.slice(top, top + height).map(row => drawLine(theme, [span(row.text)], width)),
			width,
			height,
		),
		cursor: {x: cursor.x, y: cursor.y - top},
	};
};
