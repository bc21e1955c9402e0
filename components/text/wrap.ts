import {wrapAnsi} from 'fast-wrap-ansi';
import {head} from './fit.ts';
import {isPlain, widthOf} from './width.ts';

/** A row of a wrapped line, and where in the line it begins (UTF-16 units). */
export type Row = {readonly text: string; readonly start: number};

const wrapPlain = (line: string, columns: number): readonly Row[] => {
	const rows: Row[] = [];
	let start = 0;
	while (line.length - start > columns) {
		// A space just behind the edge may end the row as well as one inside it. Where there is none, what comes before the
		// row must not be searched again for each of them.
		const space = start + line.slice(start, start + columns + 1).lastIndexOf(' ');
		// An indentation is no place to break: it would leave an empty row.
		const breaks = space > start && line.slice(start, space).trim() !== '';
		const end = breaks ? space : start + columns;
		rows.push({text: line.slice(start, end), start});
		start = breaks ? end + 1 : end;
	}
	rows.push({text: line.slice(start), start});
	return rows;
};

/** The wrapping library measures a few rare signs too narrow; rows that came out too wide are broken once more. */
const breakHard = (text: string, columns: number): readonly string[] => {
	const first = widthOf(text) <= columns ? text : head(text, columns);
	return first === '' || first === text ? [text] : [first, ...breakHard(text.slice(first.length), columns)];
};

const wrapWide = (line: string, columns: number): readonly Row[] => {
	let start = 0;
	return wrapAnsi(line, columns, {hard: true, trim: false})
		.split('\n')
		.flatMap(row => breakHard(row, columns))
		.map(text => {
			const row = {text, start};
			start += text.length;
			return row;
		});
};

/**
 * One sanitised logical line as rows of at most `columns` columns, broken at spaces where possible. An empty line is
 * one empty row.
 */
export const wrapLine = (line: string, columns: number): readonly Row[] => {
	if (columns <= 0) return [];
	return isPlain(line) ? wrapPlain(line, columns) : wrapWide(line, columns);
};
