import type {Rect} from '../layout.ts';
import {cut} from '../text/fit.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
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

/** More than this would cover what the person looks at. */
const footerRowsMax = 2;

/** The rows of a message in so many of them; what has no room in the last one is cut. */
const messageRows = (text: string, width: number, height: number): readonly string[] => {
	const rows = wrapLine(text, width);
	const last = rows[height - 1];
	return rows.length <= height || last === undefined
		? rows.map(row => row.text)
		: [...rows.slice(0, height - 1).map(row => row.text), cut(text.slice(last.start), width)];
};

const roomFor = (note: string | undefined, columns: number): number =>
	columns - (note === undefined ? 0 : widthOf(cut(`${gapText}${note}`, columns)));

/**
 * Where the footer stands. A message that is too long for its row takes the row above as well, unless something is
 * typed there just now.
 */
export const footerIn = (
	place: Rect,
	{message, note}: Pick<FooterView, 'message' | 'note'>,
	isTyping: boolean,
): Rect => {
	if (message === undefined || isTyping || place.height !== 1) return place;
	const rows = Math.min(footerRowsMax, wrapLine(message.text, roomFor(note, place.width)).length);
	return {...place, y: place.y - (rows - 1), height: rows};
};

/** The keys that are valid now. A hint is shown whole or not at all; a message takes the room it needs. */
export const drawFooter = (view: FooterView, columns: number, height: number): readonly string[] => {
	const {theme, hints, message} = view;
	const note = view.note === undefined ? '' : cut(`${gapText}${view.note}`, columns);
	const width = roomFor(view.note, columns);
	const spans: Span[] = [];
	const said = message === undefined ? [] : messageRows(message.text, width, Math.max(1, height));
	const tone = tones[message?.level ?? 'info'];
	const last = said.at(-1);
	let used = 0;
	if (last !== undefined) {
		spans.push(span(last, tone));
		used = widthOf(last);
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
		[
			...said.slice(0, -1).map(text => drawLine(theme, [span(text, tone)], columns)),
			drawLine(theme, spans, width) + drawLine(theme, [span(note, 'strong')], widthOf(note)),
		],
		columns,
		height,
	);
};
