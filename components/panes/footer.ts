import {cut} from '../text/fit.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Theme, Tone} from '../theme.ts';

export type KeyHint = {
	readonly key: string;
	readonly label: string;
	readonly disabled?: boolean;
	readonly pinned?: boolean;
};

export type FooterView = {
	readonly theme: Theme;
	/** The most useful first: what has no room is left out from the end, the pinned ones last of all. */
	readonly hints: readonly KeyHint[];
	/** Something to say now, such as why a key does nothing. It comes before all hints. */
	readonly message: {readonly text: string; readonly level: 'info' | 'warn' | 'bad'} | undefined;
	/** What holds all the time, such as that the mouse is on; at the right edge. */
	readonly note?: string | undefined;
};

const tones: Readonly<Record<'info' | 'warn' | 'bad', Tone>> = {info: 'strong', warn: 'stalled', bad: 'failed'};

const gapText = '  ';

/** The keys that are valid now. A hint is shown whole or not at all; a message takes the room it needs. */
export const drawFooter = (view: FooterView, columns: number, height: number): readonly string[] => {
	const {theme, hints, message} = view;
	const note = view.note === undefined ? '' : cut(`${gapText}${view.note}`, columns);
	const width = columns - widthOf(note);
	const spans: Span[] = [];
	let used = 0;
	if (message !== undefined) {
		const text = cut(message.text, width);
		spans.push(span(text, tones[message.level]));
		used = widthOf(text);
	}
	const columnsOf = ({key, label}: KeyHint): number => widthOf(key) + 1 + widthOf(label);
	const add = (hint: KeyHint, room: number): boolean => {
		const gap = used > 0 ? gapText : '';
		const columns = widthOf(gap) + columnsOf(hint);
		if (used + columns > room) return false;
		used += columns;
		spans.push(span(gap), span(hint.key, hint.disabled === true ? 'muted' : 'strong'), span(` ${hint.label}`, 'muted'));
		return true;
	};
	const pinned = hints.filter(hint => hint.pinned === true);
	const kept = pinned.reduce((sum, hint) => sum + widthOf(gapText) + columnsOf(hint), 0);
	for (const hint of hints) if (hint.pinned !== true && !add(hint, width - kept)) break;
	for (const hint of pinned) if (!add(hint, width)) break;
	return drawPage(
		[drawLine(theme, spans, width) + drawLine(theme, [span(note, 'strong')], widthOf(note))],
		columns,
		height,
	);
};
