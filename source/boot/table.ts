import {sanitiseLine} from '../../components/text/sanitise.ts';
import {widthOf} from '../../components/text/width.ts';

/** Rows as columns of equal width, each cell on one line; the last column is not padded. */
export const table = (rows: readonly (readonly string[])[]): string => {
	const clean = rows.map(row => row.map(sanitiseLine));
	const widths: number[] = [];
	for (const row of clean)
		row.forEach((cell, i) => {
			widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
		});
	const pad = (cell: string, i: number): string => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell));
	return clean.map(row => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, i))).join('  ')).join('\n');
};
