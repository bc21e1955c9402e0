import sliceAnsi from 'slice-ansi';
import {sanitiseLine} from './sanitise.ts';
import {isPlain, widthOf} from './width.ts';

/** The first columns of a text without SGR codes; a wide sign that does not fit whole is left out. */
export const head = (text: string, columns: number): string =>
	columns <= 0 ? '' : isPlain(text) ? text.slice(0, columns) : sliceAnsi(text, 0, columns);

/** The text, safe to draw and at most `columns` wide; what was cut off shows as `…`. */
export const cut = (text: string, columns: number): string => {
	const line = sanitiseLine(text);
	if (widthOf(line) <= columns) return line;
	return columns <= 0 ? '' : `${head(line, columns - 1)}…`;
};

/** The text in exactly `columns` columns: cut, or filled up with spaces on the side opposite to `align`. */
export const fitTo = (text: string, columns: number, align: 'left' | 'right' = 'left'): string => {
	const line = cut(text, columns);
	const gap = ' '.repeat(Math.max(0, columns - widthOf(line)));
	return align === 'left' ? line + gap : gap + line;
};
