import {type Outcome, ui, type View} from './action.ts';
import {anchorAt, endTop, placeInLog, seenRows} from './log-place.ts';
import {landing, type Move} from './move.ts';
import type {LogAnchor} from './ui.ts';

const toAnchor = (anchor: LogAnchor | undefined): Outcome => ui({type: 'log.anchor', anchor});

/**
 * Moves the bar of the log. While the newest are followed it stands below them all, and there it comes to when it
 * leaves the last row; with `stays` it stops at that one.
 */
export const moveBar = (view: View, move: Move, stays = view.ui.past !== undefined): Outcome => {
	const {log: rows, pageRows} = view.facts;
	const {top, at = rows.length} = placeInLog(view);
	const next = landing(move, at, stays ? rows.length : rows.length + 1, pageRows.log);
	if (next >= rows.length) return toAnchor(undefined);
	// Pages turn what is seen as well; a row only as far as it must.
	return toAnchor(anchorAt(view, next, 'pages' in move ? top + next - at : top));
};

/** Scrolls what is seen of the log by rows and leaves the bar where it is as long as it is in view. */
export const scrollLog = (view: View, by: number): Outcome => {
	const {log: rows, pageRows} = view.facts;
	const height = pageRows.log;
	const end = endTop(rows.length, height);
	const {top, at = rows.length - 1} = placeInLog(view);
	const next = Math.max(0, Math.min(end, top + by));
	// Who goes back to the end goes on with what comes there.
	if (next === end && by > 0 && view.ui.past === undefined) return toAnchor(undefined);
	if (next === top) return ui();
	const lowest = next + seenRows(next, rows.length, height) - 1;
	return toAnchor(anchorAt(view, Math.max(next, Math.min(at, lowest)), next));
};

/** The bar on the row of an event that is in view. */
export const barOn = (view: View, seq: number): Outcome => {
	const at = view.facts.log.findIndex(line => line.seq === seq);
	return at === -1 ? ui() : toAnchor(anchorAt(view, at, placeInLog(view).top));
};
