import {sanitiseLine} from './sanitise.ts';
import {sliceColumns} from './slice-columns.ts';
import {widthOf} from './width.ts';

/** The text, safe to draw and at most `columns` wide, with its end: what was cut off in front of it shows as `…`. */
export const cutStart = (text: string, columns: number): string => {
	const line = sanitiseLine(text);
	const width = widthOf(line);
	if (width <= columns) return line;
	return columns <= 0 ? '' : `…${sliceColumns(line, width - columns + 1, width)}`;
};
