import sliceAnsi from 'slice-ansi';
import {isPlain, widthOf} from './width.ts';

/**
 * Columns `from` up to `to` of a drawn line, exactly so many: a wide sign cut in two by an edge becomes spaces, and
 * styles in force are opened and closed again.
 */
export const sliceColumns = (line: string, from: number, to: number): string => {
	const columns = to - from;
	if (columns <= 0) return '';
	if (isPlain(line)) return line.slice(from, to).padEnd(columns);
	const part = sliceAnsi(line, from, to);
	const missing = columns - widthOf(part);
	if (missing <= 0) return part;
	// What is missing belongs in front only if a wide sign stands across the first edge.
	const before = from > 0 && widthOf(sliceAnsi(line, 0, from)) < Math.min(from, widthOf(line)) ? 1 : 0;
	return `${' '.repeat(before)}${part}${' '.repeat(missing - before)}`;
};
