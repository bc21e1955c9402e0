import {passesRow, type ReadRowFilter, type RowWords} from '../../store/row-filter.ts';

/** What a filter leaves of a list. */
export type Filtered<Id> = {
	readonly matches: number;
	readonly of: number;
	/** The row the person is on, which is listed though it does not pass any more: no key may hit another one. */
	readonly stray: Id | undefined;
	/** Why the filter was not understood, and what may be written; empty when it was. */
	readonly problem: readonly string[];
};

/** The rows that pass, and the one the person is on. None when none passes: then there is nothing for a key to hit. */
export const filterRows = <Row, Id>(
	rows: readonly Row[],
	read: ReadRowFilter,
	selected: Id | undefined,
	idOf: (row: Row) => Id,
	wordsOf: (row: Row) => RowWords,
): {readonly rows: readonly Row[]; readonly filtered: Filtered<Id>} => {
	const of = rows.length;
	if (read.kind === 'problem') return {rows: [], filtered: {matches: 0, of, stray: undefined, problem: read.lines}};
	const passing = new Set(rows.filter(row => passesRow(read.filter, wordsOf(row))));
	const stray = rows.find(row => idOf(row) === selected && !passing.has(row));
	const listed = passing.size === 0 ? [] : rows.filter(row => passing.has(row) || row === stray);
	return {
		rows: listed,
		filtered: {
			matches: passing.size,
			of,
			stray: stray === undefined || passing.size === 0 ? undefined : idOf(stray),
			problem: [],
		},
	};
};
