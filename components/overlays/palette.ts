import type {PaletteRow} from '../../store/facts.ts';
import type {PaletteOverlay} from '../../store/overlay.ts';
import {noSuchAction, rowOf} from '../../store/palette-list.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import {drawField} from './field.ts';
import {centred, inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const paletteColumns = 100;
const paletteLines = 22;
/** Below the list: a rule, and what the chosen action does or why it cannot be done. */
const footLines = 3;
const keyColumns = 10;
const titleColumns = 20;
const promptText = '❯ ';

type Entry = {readonly kind: 'row'; readonly row: PaletteRow} | {readonly kind: 'heading'; readonly text: string};

/** What has its place elsewhere stands below a line that says so. */
const entriesOf = (rows: readonly PaletteRow[]): readonly Entry[] => {
	const entry = (row: PaletteRow): Entry => ({kind: 'row', row});
	const elsewhere = rows.filter(({here}) => !here).map(entry);
	return [
		...rows.filter(({here}) => here).map(entry),
		...(elsewhere.length === 0 ? [] : [{kind: 'heading', text: 'Elsewhere'} as const, ...elsewhere]),
	];
};

const drawEntry = ({theme}: OverlayScene, entry: Entry, chosen: PaletteRow | undefined, width: number): string => {
	if (entry.kind === 'heading') return drawLine(theme, [span(`  ${entry.text}`, 'strong')], width);
	const {row} = entry;
	const {title, keys, text, disabled} = row;
	const here = row === chosen;
	const off = disabled !== undefined;
	const both = keys.slice(0, 2).join(' ');
	const line: Line = [
		span(here ? '❯ ' : '  ', 'accent'),
		span(`${fitTo(widthOf(both) <= keyColumns ? both : (keys[0] ?? ''), keyColumns)} `, off ? 'muted' : 'strong'),
		span(`${fitTo(title, titleColumns)} `, off ? 'muted' : 'plain'),
		span(off ? `– ${disabled}` : text, 'muted'),
	];
	return drawLine(theme, line, width, here);
};

/** What the chosen action does; of one that cannot be done, why. */
const footOf = ({theme}: OverlayScene, row: PaletteRow | undefined, width: number): readonly string[] => {
	const words =
		row === undefined
			? noSuchAction
			: row.disabled === undefined
				? `${row.group}: ${row.text}`
				: `${row.group}: ${row.title}: ${row.disabled}`;
	const tone = row?.disabled === undefined ? 'plain' : 'stalled';
	return [
		drawLine(theme, [span('─'.repeat(width), 'muted')], width),
		...drawPage(
			wrapLine(words, width).map(({text}) => drawLine(theme, [span(text, tone)], width)),
			width,
			footLines - 1,
		),
	];
};

export const drawPalette = (
	scene: OverlayScene,
	rows: readonly PaletteRow[],
	overlay: PaletteOverlay,
): OverlayPicture => {
	const frame = scene.spoken === true ? scene.main : centred(scene.main, paletteColumns, paletteLines);
	const {width, height} = inner(frame);
	const chosen = rowOf(rows, overlay);
	const entries = entriesOf(rows);
	const room = Math.max(0, height - 1 - footLines);
	const at = entries.findIndex(entry => entry.kind === 'row' && entry.row === chosen);
	const {top, end} = windowAround(entries.length, room, at);
	const field = drawField(scene.theme, overlay.query, width - promptText.length, 1);
	const lines = [
		drawLine(scene.theme, [span(promptText, 'strong')], promptText.length) + (field.lines[0] ?? ''),
		...drawPage(
			entries.slice(top, end).map(entry => drawEntry(scene, entry, chosen, width)),
			width,
			room,
		),
		...footOf(scene, chosen, width),
	];
	return {
		frame,
		title: `Actions (${rows.length})`,
		lines: drawPage(lines, width, height),
		cursor: {x: promptText.length + field.cursor.x, y: 0},
		actionAt: line => {
			const entry = line > 0 && line <= room ? entries.slice(top, end)[line - 1] : undefined;
			return entry?.kind === 'row' ? entry.row.id : undefined;
		},
		facts: {palette: rows},
	};
};
