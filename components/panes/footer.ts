import {cut} from '../text/fit.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Theme, Tone} from '../theme.ts';

export type KeyHint = {readonly key: string; readonly label: string; readonly disabled?: boolean};

export type FooterView = {
	readonly theme: Theme;
	/** The most useful first: what has no room is left out from the end. */
	readonly hints: readonly KeyHint[];
	/** Something to say now, such as why a key does nothing. It comes before all hints. */
	readonly message: {readonly text: string; readonly level: 'info' | 'warn' | 'bad'} | undefined;
};

const tones: Readonly<Record<'info' | 'warn' | 'bad', Tone>> = {info: 'strong', warn: 'stalled', bad: 'failed'};

/** The keys that are valid now. A hint is shown whole or not at all; a message takes the room it needs. */
export const drawFooter = (view: FooterView, width: number, height: number): readonly string[] => {
	const {theme, hints, message} = view;
	const spans: Span[] = [];
	let used = 0;
	if (message !== undefined) {
		const text = cut(message.text, width);
		spans.push(span(text, tones[message.level]));
		used = widthOf(text);
	}
	for (const {key, label, disabled = false} of hints) {
		const gap = used > 0 ? '  ' : '';
		const columns = widthOf(gap) + widthOf(key) + 1 + widthOf(label);
		if (used + columns > width) break;
		used += columns;
		spans.push(span(gap), span(key, disabled ? 'muted' : 'strong'), span(` ${label}`, 'muted'));
	}
	return drawPage([drawLine(theme, spans, width)], width, height);
};
