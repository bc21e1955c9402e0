import {cut} from '../../components/text/fit.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {widthOf} from '../../components/text/width.ts';

/** How a table gives way where there is not enough room. Columns go by what stands at their head. */
export type Narrowing = {
	/** How many columns the terminal has; undefined: as many as are wanted, for nobody looks at it there. */
	readonly columns: number | undefined;
	/** What may be cut, and down to how many columns, in the order in which it is. */
	readonly cut?: Readonly<Record<string, number>>;
	/** What is left out, one after the other, when cutting is not enough. */
	readonly spare?: readonly string[];
};

const gap = '  ';

const widthsOf = (rows: readonly (readonly string[])[]): number[] => {
	const widths: number[] = [];
	for (const row of rows)
		row.forEach((cell, i) => {
			widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
		});
	return widths;
};

const sum = (widths: readonly number[]): number =>
	widths.reduce((all, width) => all + width, 0) + gap.length * (widths.length - 1);

/** The widths with those that may be cut as narrow as they must be. */
const narrowed = (heads: readonly string[], natural: readonly number[], {columns = 0, cut: least = {}}: Narrowing) => {
	const widths = [...natural];
	for (const [head, columnsMin] of Object.entries(least)) {
		const over = sum(widths) - columns;
		const at = heads.indexOf(head);
		const width = widths[at];
		if (over > 0 && width !== undefined) widths[at] = Math.min(width, Math.max(columnsMin, width - over));
	}
	return widths;
};

/**
 * Rows as columns of equal width, each cell on one line; the last column is not padded. The first row is the head. With
 * a narrowing, lines fit the terminal as far as its columns can give way, and what was cut off shows as `…`.
 */
export const table = (rows: readonly (readonly string[])[], narrowing?: Narrowing): string => {
	const clean = rows.map(row => row.map(sanitiseLine));
	const natural = widthsOf(clean);
	const heads = rows[0] ?? [];
	const widths =
		narrowing?.columns === undefined || sum(natural) <= narrowing.columns
			? natural
			: narrowed(heads, natural, narrowing);
	const [spare, ...spares] = narrowing?.spare ?? [];
	if (narrowing?.columns !== undefined && sum(widths) > narrowing.columns && spare !== undefined) {
		const at = heads.indexOf(spare);
		return table(at === -1 ? rows : rows.map(row => row.toSpliced(at, 1)), {...narrowing, spare: spares});
	}
	const pad = (cell: string, i: number): string => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell)));
	const shown = clean.map(row => row.map((cell, i) => cut(cell, widths[i] ?? 0)));
	return shown.map(row => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, i))).join(gap)).join('\n');
};
