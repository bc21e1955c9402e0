import {endTop, seenRows} from '../../store/log-place.ts';
import {clockTime} from '../parts/clock-time.ts';
import {cut, fitTo} from '../text/fit.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';
import type {LogLevel, LogLine} from './log-line.ts';
import type {Scene} from './scene.ts';

export type LogRow = LogLine & {readonly seq: number; readonly at: number};

export type LogPaneView = Scene & {
	/** Filtered already, oldest first. */
	readonly rows: readonly LogRow[];
	/** The index of the first row in view. */
	readonly top: number;
	/** The index of the row the bar is on; undefined while the newest rows are followed. */
	readonly at: number | undefined;
	/** How many rows have come since following stopped. */
	readonly unseen: number;
	/** What the filter is, in words, for when nothing passes it; empty without a filter. */
	readonly filter: string;
	/** Why the filter was not understood, and what may be written; empty when it was. */
	readonly problem?: readonly string[];
	/** The history of the run is still being read. */
	readonly reading?: boolean;
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

const drawRow = ({theme, focused, at}: LogPaneView, row: LogRow, barred: boolean, width: number): string => {
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
			...(at === undefined ? [] : [span(barred ? '❯ ' : '  ', focused ? 'accent' : 'muted')]),
			span(time, 'muted'),
			span(`${sign} `, tone),
			...(name === '' ? [] : [span(`${name} `, 'muted')]),
			span(row.text, text),
		],
		width,
		barred && focused,
	);
};

/** The row on a line of the pane. */
export const lineAt = ({rows, top}: LogPaneView, height: number, line: number): LogRow | undefined =>
	line < seenRows(top, rows.length, height) ? rows[top + line] : undefined;

/** The log, one event a line. Above its end, the last line says how many rows are below, and how many of them are new. */
export const drawLogPane = (view: LogPaneView, width: number, height: number): readonly string[] => {
	const {theme, rows, unseen, problem = [], reading = false, searching = false} = view;
	if (problem.length > 0)
		return drawPage(
			problem
				.flatMap(line => wrapLine(line, width))
				.map(({text}, i) => drawLine(theme, [span(text, i === 0 ? 'stalled' : 'muted')], width)),
			width,
			height,
		);
	if (rows.length === 0) {
		const nothing =
			view.filter === '' ? 'Nothing has happened yet.' : `Nothing matches ${view.filter}${searching ? ' so far' : ''}.`;
		const text = reading ? 'Its history is being read.' : nothing;
		return drawPage([drawLine(theme, [span(text, 'muted')], width)], width, height);
	}
	const top = Math.max(0, Math.min(view.top, endTop(rows.length, height)));
	const seen = seenRows(top, rows.length, height);
	const shown = rows.slice(top, top + seen).map((row, i) => drawRow(view, row, top + i === view.at, width));
	if (seen === height) return drawPage(shown, width, height);
	const note = unseen > 0 ? `↓ ${unseen} new below` : `↓ ${rows.length - top - seen} below`;
	const fill = ' '.repeat(Math.max(0, width - widthOf(note)));
	return [...shown, drawLine(theme, [span(fill), span(note, 'strong')], width)];
};
