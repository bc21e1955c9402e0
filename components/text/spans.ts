import type {Theme, Tone} from '../theme.ts';
import {head} from './fit.ts';
import {sanitiseLine} from './sanitise.ts';
import {widthOf} from './width.ts';

/** A stretch of text in one tone. The text may be anything: it is sanitised when it is drawn. */
export type Span = {
	readonly text: string;
	readonly tone: Tone;
	/** The address it opens, as it was written. It is looked at once more when it is drawn. */
	readonly link?: string;
};

export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({text, tone});

/**
 * A line of exactly `width` columns: cut with `…` or filled up with spaces, every tone and every link closed. This is the only place
 * where panes make text for the terminal. A selected line is one even bar, without tones of its
 * own unless the theme puts a ground under them.
 */
export const drawLine = (theme: Theme, line: Line, width: number, selected = false): string => {
	if (width <= 0) return '';
	const bar = selected && !theme.tints;
	const tint = selected && theme.tints;
	const parts = line.map(({text, tone, link}) => {
		const clean = sanitiseLine(text);
		return {text: clean, tone: bar ? ('selected' as const) : tone, link, columns: widthOf(clean)};
	});
	const total = parts.reduce((sum, part) => sum + part.columns, 0);
	const room = total <= width ? width : width - 1;
	let used = 0;
	let drawn = '';
	// Neighbours of one tone share its codes.
	let tone: Tone = bar ? 'selected' : 'plain';
	let link: string | undefined;
	let held = '';
	const put = (text: string, next: Tone, nextLink?: string): void => {
		if (next !== tone || nextLink !== link) {
			drawn += theme.paint(tone, held, {tint, link});
			held = '';
			tone = next;
			link = nextLink;
		}
		held += text;
	};
	for (const part of parts) {
		if (used >= room) break;
		const fits = used + part.columns <= room;
		const text = fits ? part.text : head(part.text, room - used);
		put(text, part.tone, part.link);
		used += fits ? part.columns : widthOf(text);
		if (!fits) break;
	}
	if (total > width) {
		put('…', tone, link);
		used += 1;
	}
	put(' '.repeat(Math.max(0, width - used)), bar ? 'selected' : 'plain');
	return drawn + theme.paint(tone, held, {tint, link});
};

/** Exactly `height` lines of a pane: what is too much is left out, what is missing is blank. */
export const drawPage = (lines: readonly string[], width: number, height: number): readonly string[] => {
	const blank = ' '.repeat(Math.max(0, width));
	return Array.from({length: Math.max(0, height)}, (_, i) => lines[i] ?? blank);
};
