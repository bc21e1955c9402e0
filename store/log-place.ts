import type {View} from './action.ts';
import type {LogEntry} from './log-entry.ts';
import type {LogAnchor, UiState} from './ui.ts';

/** Which rows of the log are seen, from `top` on, and the one the bar is on; both count from 0. */
export type LogPlace = {
	readonly top: number;
	/** Undefined: no row has the bar, since the newest are followed. */
	readonly at: number | undefined;
};

/** The first row in view at the end of the log. */
export const endTop = (count: number, height: number): number => Math.max(0, count - height);

/** How many rows are seen: above the end the last one tells how many are below. */
export const seenRows = (top: number, count: number, height: number): number =>
	top < endTop(count, height) && height > 1 ? height - 1 : height;

/** The row of an event, or of the next that passes the filter. */
const rowAt = (rows: readonly LogEntry[], seq: number): number => {
	const found = rows.findIndex(row => row.seq >= seq);
	return found === -1 ? rows.length - 1 : found;
};

/** As near to `top` as the bar remains in view. */
const topWith = (top: number, at: number, count: number, height: number): number => {
	const end = endTop(count, height);
	const near = Math.max(0, Math.min(top, end, at));
	return at < near + seenRows(near, count, height) ? near : Math.min(end, at - Math.max(1, height - 1) + 1);
};

/** Where the log stands in a pane of a height. */
export const logPlace = (
	rows: readonly LogEntry[],
	{log: {anchor}, past}: Pick<UiState, 'log' | 'past'>,
	height: number,
): LogPlace => {
	const last = rows.length - 1;
	// In the past nothing comes: the last row is the moment that is looked at.
	if (anchor === undefined || last < 0)
		return {top: endTop(rows.length, height), at: past === undefined || last < 0 ? undefined : last};
	const at = rowAt(rows, anchor.at);
	return {top: topWith(rowAt(rows, anchor.top), at, rows.length, height), at};
};

/** The same for what the person has in front of them. */
export const placeInLog = ({ui, facts}: Pick<View, 'ui' | 'facts'>): LogPlace =>
	logPlace(facts.log, ui, facts.pageRows.log);

/** The line the bar is on. */
export const lineAtBar = (view: Pick<View, 'ui' | 'facts'>): LogEntry | undefined => {
	const {at} = placeInLog(view);
	return at === undefined ? undefined : view.facts.log[at];
};

/** The log with the bar on a row; `top` is the row that is to be the first in view. */
export const anchorAt = (
	{ui: {log}, facts}: Pick<View, 'ui' | 'facts'>,
	at: number,
	top: number,
): LogAnchor | undefined => {
	const {log: rows, pageRows} = facts;
	const [line, first, newest] = [rows[at], rows[topWith(top, at, rows.length, pageRows.log)], rows.at(-1)];
	return line === undefined || first === undefined || newest === undefined
		? undefined
		: {top: first.seq, at: line.seq, newest: log.anchor?.newest ?? newest.seq};
};
