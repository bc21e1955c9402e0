/** The rows of a list that are on screen: from `top` (counted from 0) up to but not including `end`. */
export type RowWindow = {readonly top: number; readonly end: number};

/**
 * Which rows of a list to show so that the selected one is seen: all when they fit, otherwise the selected row in the
 * middle, and no room left empty at either end.
 */
export const windowAround = (count: number, height: number, selected: number): RowWindow => {
	const room = Math.max(0, Math.min(height, count));
	const top = Math.max(0, Math.min(selected - Math.floor(room / 2), count - room));
	return {top, end: top + room};
};
