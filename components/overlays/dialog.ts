import type {TextBuffer} from '../../store/text-buffer.ts';
import {sanitise} from '../text/sanitise.ts';
import {drawLine, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';
import {type Cell, drawField} from './field.ts';
import {centred, inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What a dialog is made of, from top to bottom. */
export type DialogPart =
	| {readonly kind: 'text'; readonly text: string; readonly tone?: Tone}
	| {readonly kind: 'gap'}
	| {
			readonly kind: 'field';
			readonly label: string;
			readonly buffer: TextBuffer;
			readonly rows: number;
			/** It has the cursor. */
			readonly active: boolean;
	  }
	/** One of several, or some of them; as many rows as there is room for around the one that the keys are on. */
	| {
			readonly kind: 'choice';
			readonly label: string;
			readonly options: readonly string[];
			readonly on: string;
			/** Those that are chosen, where it may be any number; undefined: the one the keys are on. */
			readonly marked: readonly string[] | undefined;
			readonly rows: number;
			readonly active: boolean;
	  };

const dialogColumns = 76;
const labelColumns = 13;

/** `seen` is the row that must be on screen while the part has the keys. */
type Drawn = {readonly lines: readonly string[]; readonly cursor?: Cell; readonly seen?: number};

/** Read aloud, what could be chosen is told where the keys are; elsewhere only what is chosen. */
const drawChoice = (
	{theme, spoken = false}: OverlayScene,
	part: Extract<DialogPart, {kind: 'choice'}>,
	width: number,
): readonly string[] => {
	if (spoken && !part.active) {
		const chosen = part.marked ?? [part.on];
		return [drawLine(theme, [span(chosen.length === 0 ? 'none' : chosen.join(', '))], width)];
	}
	const {length} = part.options;
	const at = Math.max(0, part.options.indexOf(part.on));
	// The last row tells how many are not seen.
	const rows = length > part.rows && part.rows > 1 ? part.rows - 1 : part.rows;
	const top = Math.max(0, Math.min(at - Math.floor(rows / 2), length - rows));
	const below = length - top - rows;
	const more = [...(top > 0 ? [`↑ ${top} more`] : []), ...(below > 0 ? [`↓ ${below} more`] : [])].join('  ');
	const shown = part.options.slice(top, top + rows).map(option => {
		const on = option === part.on;
		const chosen = part.marked === undefined ? on : part.marked.includes(option);
		const box = part.marked === undefined ? '' : chosen ? '[x] ' : '[ ] ';
		return drawLine(
			theme,
			[span(on ? '❯ ' : '  ', 'accent'), span(box + option, chosen ? 'strong' : 'muted')],
			width,
			on && part.active,
		);
	});
	return rows < part.rows ? [...shown, drawLine(theme, [span(`  ${more}`, 'muted')], width)] : shown;
};

const drawPart = (scene: OverlayScene, part: DialogPart, width: number): Drawn => {
	const {theme} = scene;
	switch (part.kind) {
		case 'gap':
			return {lines: [drawLine(theme, [], width)]};
		case 'text':
			return {
				lines: sanitise(part.text)
					.split('\n')
					.flatMap(line => wrapLine(line, width))
					.map(row => drawLine(theme, [span(row.text, part.tone ?? 'plain')], width)),
			};
		case 'field':
		case 'choice': {
			const label = (row: number): string =>
				drawLine(
					theme,
					[
						span(row === 0 && part.active ? '❯ ' : '  ', 'accent'),
						span(row === 0 ? part.label : '', part.active ? 'strong' : 'muted'),
					],
					labelColumns,
				);
			const room = Math.max(1, width - labelColumns);
			const {lines, cursor} =
				part.kind === 'choice'
					? {lines: drawChoice(scene, part, room), cursor: undefined}
					: drawField(theme, part.buffer, room, part.rows);
			return {
				lines: lines.map((line, row) => label(row) + line),
				...(part.active ? {seen: cursor?.y ?? lines.length - 1} : {}),
				...(part.active && cursor !== undefined ? {cursor: {x: cursor.x + labelColumns, y: cursor.y}} : {}),
			};
		}
		default:
			return part satisfies never;
	}
};

/**
 * A dialog in the middle of the panes. When there is not enough room for all of it, the rows that have the keys are
 * seen, and always the foot.
 */
export const drawDialog = (
	scene: OverlayScene,
	title: string,
	parts: readonly DialogPart[],
	foot: readonly DialogPart[] = [],
): OverlayPicture => {
	const columns = scene.spoken === true ? scene.main.width : Math.min(scene.main.width, dialogColumns);
	const width = Math.max(1, columns - 2);
	const lines: string[] = [];
	let cursor: Cell | undefined;
	let seen: number | undefined;
	for (const part of parts) {
		const drawn = drawPart(scene, part, width);
		if (drawn.cursor !== undefined) cursor = {x: drawn.cursor.x, y: drawn.cursor.y + lines.length};
		if (drawn.seen !== undefined) seen = drawn.seen + lines.length;
		lines.push(...drawn.lines);
	}
	const below = foot.flatMap(part => drawPart(scene, part, width).lines);
	const frame = centred(scene.main, columns, lines.length + below.length);
	const height = Math.max(1, inner(frame).height - below.length);
	const top = seen === undefined ? 0 : Math.max(0, Math.min(seen - height + 1, lines.length - height));
	return {
		frame,
		title,
		exact: true,
		lines: [...lines.slice(top, top + height), ...below],
		cursor: cursor === undefined ? undefined : {x: cursor.x, y: cursor.y - top},
		facts: {},
	};
};
