import type {Layer, Screen} from '../screen.ts';
import {sliceColumns} from '../text/slice-columns.ts';

/** A stretch of a screen row that one layer fills: exactly `width` columns from column `x` on. */
export type Segment = {readonly x: number; readonly width: number; readonly text: string};

/** What of a row is not taken yet, from the left: from column `from` up to `to`. */
type Gap = {readonly from: number; readonly to: number};

type Lines = (layer: Layer) => readonly string[];

const without = (gaps: readonly Gap[], from: number, to: number): readonly Gap[] =>
	gaps.flatMap(gap => [
		...(gap.from < from ? [{from: gap.from, to: Math.min(gap.to, from)}] : []),
		...(gap.to > to ? [{from: Math.max(gap.from, to), to: gap.to}] : []),
	]);

/** What later layers leave to be seen of a row, from the left; where there is no layer, it is blank. */
const composeRow = (layers: readonly Layer[], linesOf: Lines, columns: number, y: number): readonly Segment[] => {
	let gaps: readonly Gap[] = [{from: 0, to: columns}];
	const segments: Segment[] = [];
	for (const layer of layers.toReversed()) {
		const {x, width, y: top, height} = layer.rect;
		if (y < top || y >= top + height) continue;
		const line = linesOf(layer)[y - top] ?? ' '.repeat(width);
		for (const gap of gaps) {
			const from = Math.max(gap.from, x);
			const to = Math.min(gap.to, x + width);
			if (from >= to) continue;
			const whole = from === x && to === x + width;
			segments.push({x: from, width: to - from, text: whole ? line : sliceColumns(line, from - x, to - x)});
		}
		gaps = without(gaps, x, x + width);
	}
	for (const {from, to} of gaps) segments.push({x: from, width: to - from, text: ' '.repeat(to - from)});
	return segments.toSorted((a, b) => a.x - b.x);
};

export type Rows = readonly (readonly Segment[])[];

/**
 * Puts the layers of a screen together, row by row. Rows in which nothing changed since the last screen are the same
 * objects as before.
 */
export const createComposer = (): ((screen: Screen) => Rows) => {
	let last: {readonly screen: Screen; readonly rows: Rows} | undefined;
	let known = new Map<Layer, readonly string[]>();
	return screen => {
		const {columns, layers} = screen;
		const before = last !== undefined && last.screen.columns === columns ? last : undefined;
		const changed = before === undefined ? layers : layers.filter(layer => !before.screen.layers.includes(layer));
		const gone = before === undefined ? [] : before.screen.layers.filter(layer => !layers.includes(layer));
		const lines = new Map(layers.map(layer => [layer, known.get(layer) ?? layer.text.split('\n')]));
		const touched = (y: number): boolean =>
			[...changed, ...gone].some(({rect}) => y >= rect.y && y < rect.y + rect.height);
		const rows = Array.from({length: screen.rows}, (_, y) => {
			const row = before?.rows[y];
			return row === undefined || touched(y) ? composeRow(layers, layer => lines.get(layer) ?? [], columns, y) : row;
		});
		known = lines;
		last = {screen, rows};
		return rows;
	};
};
