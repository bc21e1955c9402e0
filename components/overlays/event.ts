import {agentIn, type Run, stepOf} from '../../source/domain/run.ts';
import type {View} from '../../store/action.ts';
import type {LogEntry} from '../../store/log-entry.ts';
import {logLead} from '../../store/log-lead.ts';
import {lineAtBar, placeInLog} from '../../store/log-place.ts';
import type {EventOverlay} from '../../store/overlay.ts';
import {sayKey} from '../../store/say-key.ts';
import type {Rect} from '../layout.ts';
import {clockTime} from '../parts/clock-time.ts';
import {drawLine} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What a key opens of the line. */
const leadWords = (run: Run | undefined, line: LogEntry, key: string): string => {
	const lead = logLead(run, line);
	if (!('overlay' in lead)) return lead.problem;
	const {overlay} = lead;
	switch (overlay.kind) {
		case 'transcript':
			return `${key} opens the transcript of ${agentIn(run, overlay.agentId)?.name ?? overlay.agentId} there.`;
		case 'step':
			return `${key} opens the step ${(run === undefined ? undefined : stepOf(run, overlay.stepId))?.key ?? overlay.stepId}.`;
		case 'requests':
			return `${key} opens the request: it waits for you.`;
		default:
			return overlay satisfies never;
	}
};

/** Above the log, or below it where the row with the bar would be covered. */
const frameOf = (main: Rect, {facts, ...view}: View, lines: number): Rect => {
	const width = main.width < 100 ? main.width : main.width - Math.round(main.width * 0.4);
	const height = Math.min(main.height, lines + 2, Math.max(6, Math.floor(main.height / 2)));
	const {top, at = 0} = placeInLog({...view, facts});
	const row = main.height - 1 - facts.pageRows.log + at - top;
	return {x: main.x + main.width - width, y: row >= height ? main.y : main.y + main.height - height, width, height};
};

/** The whole line the bar of the log is on, while the log stays in view. */
export const drawEvent = (scene: OverlayScene, view: View, overlay: EventOverlay): OverlayPicture => {
	const {main, theme} = scene;
	const {run, keymap} = view;
	const line = lineAtBar(view);
	if (line === undefined)
		return {frame: frameOf(main, view, 1), title: 'No event', lines: [], cursor: undefined, facts: {}};
	const {width} = inner(frameOf(main, view, 0));
	const lines = [
		...textRows(line.agentName === undefined ? line.text : `${line.agentName} ${line.text}`, width),
		[],
		...textRows(leadWords(run, line, sayKey(keymap, 'log.open', 'event')), width, 'muted'),
	];
	const frame = frameOf(main, view, lines.length);
	const {height} = inner(frame);
	const top = Math.max(0, Math.min(overlay.top, lines.length - height));
	const below = lines.length - top - height;
	const more =
		lines.length <= height
			? ''
			: below > 0
				? ` · ${sayKey(keymap, 'move.pageDown')}: ${below} more`
				: ` · ${sayKey(keymap, 'move.pageUp')}: the beginning`;
	return {
		frame,
		title: `#${line.seq} · ${clockTime(line.at)} · ${line.kind}${more}`,
		lines: lines.slice(top, top + height).map(row => drawLine(theme, row, width)),
		cursor: undefined,
		facts: {overlay: {rows: lines.length, height, top}},
	};
};
