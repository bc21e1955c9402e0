import {clockTime} from '../parts/clock-time.ts';
import {cut, fitTo} from '../text/fit.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';
import type {LogLevel, LogLine} from './log-line.ts';
import type {Scene} from './scene.ts';

export type LogRow = LogLine & {readonly at: number};

export type LogPaneView = Scene & {
	/** Filtered already, oldest first. */
	readonly rows: readonly LogRow[];
	/** Whether the newest row is always in view. */
	readonly follow: boolean;
	/** The index of the first row in view when not following. */
	readonly top: number;
	/** How many rows have come since following stopped. */
	readonly unseen: number;
	/** What the filter is, in words, for when nothing passes it; empty without a filter. */
	readonly filter: string;
	/** Why the filter was not understood, and what may be written; empty when it was. */
	readonly problem?: readonly string[];
	/** Older events are still being looked through. */
	readonly searching?: boolean;
};

/** Only what calls for a person is coloured whole: a page of colours calls for nobody. */
const looks: Readonly<Record<LogLevel, {readonly sign: string; readonly tone: Tone; readonly text: Tone}>> = {
	detail: {sign: ' ', tone: 'muted', text: 'muted'},
	info: {sign: ' ', tone: 'plain', text: 'plain'},
	you: {sign: '◐', tone: 'you', text: 'you'},
	good: {sign: '●', tone: 'done', text: 'plain'},
	warn: {sign: '!', tone: 'stalled', text: 'plain'},
	bad: {sign: '✕', tone: 'failed', text: 'failed'},
};

const drawRow = ({theme}: Scene, row: LogRow, width: number): string => {
	const {sign, tone, text} = looks[row.level];
	const time = width >= 60 ? `${clockTime(row.at)} ` : width >= 30 ? `${clockTime(row.at).slice(0, 5)} ` : '';
	const nameColumns = width >= 60 ? 13 : Math.max(0, Math.min(12, Math.floor(width / 4)));
	const name =
		row.agentName === undefined
			? ''
			: width >= 60
				? fitTo(row.agentName, nameColumns)
				: cut(row.agentName, nameColumns);
	return drawLine(
		theme,
		[
			span(time, 'muted'),
			span(`${sign} `, tone),
			...(name === '' ? [] : [span(`${name} `, 'muted')]),
			span(row.text, text),
		],
		width,
	);
};

/**
 * The log, one event a line. When not following, the last line says how many rows are below, and how many of them are
 * new.
 */
export const drawLogPane = (view: LogPaneView, width: number, height: number): readonly string[] => {
	const {theme, rows, follow, unseen, problem = [], searching = false} = view;
	if (problem.length > 0)
		return drawPage(
			problem
				.flatMap(line => wrapLine(line, width))
				.map(({text}, i) => drawLine(theme, [span(text, i === 0 ? 'stalled' : 'muted')], width)),
			width,
			height,
		);
	if (rows.length === 0) {
		const text =
			view.filter === '' ? 'Nothing has happened yet.' : `Nothing matches ${view.filter}${searching ? ' so far' : ''}.`;
		return drawPage([drawLine(theme, [span(text, 'muted')], width)], width, height);
	}
	const last = Math.max(0, rows.length - height);
	const top = follow ? last : Math.max(0, Math.min(view.top, last));
	const below = rows.length - top - height;
	if (follow || below <= 0 || height < 2)
		return drawPage(
			rows.slice(top, top + height).map(row => drawRow(view, row, width)),
			width,
			height,
		);
	const shown = rows.slice(top, top + height - 1).map(row => drawRow(view, row, width));
	const note = unseen > 0 ? `↓ ${unseen} new below` : `↓ ${below + 1} below`;
	const fill = ' '.repeat(Math.max(0, width - widthOf(note)));
	return [...shown, drawLine(theme, [span(fill), span(note, 'strong')], width)];
};
