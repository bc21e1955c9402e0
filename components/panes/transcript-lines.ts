import {receiptWords} from '../parts/receipt.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import type {WrapCache} from '../text/wrap-cache.ts';
import {glyphOf, type Mark, type Tone, toneOf} from '../theme.ts';
import type {CallState, TranscriptItem} from './transcript-item.ts';

/** A logical line of an item: what stands before it, its tone, its text (sanitised). */
export type ItemLine = {
	readonly lead: string;
	readonly leadTone: Tone;
	readonly tone: Tone;
	readonly text: string;
};

/** A line of the screen: `line` and `start` say which part of the item it shows, for finding. */
export type ItemRow = ItemLine & {readonly line: number; readonly start: number};

/** How many lines of a call's input and of its output are shown when they are folded. */
const foldedLines = 5;

const stateMark: Readonly<Record<CallState, Mark>> = {
	proposed: 'queued',
	asked: 'needsYou',
	running: 'working',
	lost: 'needsYou',
	delegated: 'queued',
	checking: 'working',
	ok: 'done',
	error: 'failed',
	denied: 'stopped',
	cancelled: 'stopped',
	unknown: 'unknown',
};

const stateWord: Readonly<Record<CallState, string>> = {
	proposed: 'proposed',
	asked: 'needs you',
	running: 'working',
	lost: 'outcome unknown, needs you',
	delegated: 'another agent works on it',
	checking: 'the work is checked',
	ok: 'ok',
	error: 'error',
	denied: 'denied',
	cancelled: 'cancelled',
	unknown: 'outcome unknown',
};

/** Cut into lines before they are cleaned, for a plain line is clean already and costs nothing. */
const linesOf = (text: string): readonly string[] =>
	text
		.trimEnd()
		.split(/\r\n?|\n/)
		.map(sanitiseLine);

const block = (text: string, lead: string, tone: Tone, leadTone: Tone = tone): readonly ItemLine[] =>
	linesOf(text).map(line => ({lead, leadTone, tone, text: line}));

const folded = (text: string, unfolded: boolean): readonly ItemLine[] => {
	if (text === '') return [];
	const lines = linesOf(text);
	const shown = unfolded ? lines : lines.slice(0, foldedLines);
	const hidden = lines.length - shown.length;
	return [...shown, ...(hidden > 0 ? [`… ${hidden} more lines`] : [])].map(line => ({
		lead: '  │ ',
		leadTone: 'muted',
		tone: 'muted',
		text: line,
	}));
};

const callLines = (
	item: Extract<TranscriptItem, {kind: 'call'}>,
	unfolded: boolean,
	frame: number | undefined,
): readonly ItemLine[] => {
	const mark = stateMark[item.state];
	const head: ItemLine = {
		lead: `${glyphOf(mark, frame)} `,
		leadTone: toneOf[mark],
		tone: 'plain',
		text: sanitiseLine(`${item.tool} ${item.input} · ${stateWord[item.state]}`),
	};
	return [head, ...folded(item.detail, unfolded), ...folded(item.output, unfolded)];
};

const liveLines = (
	{part, text}: Extract<TranscriptItem, {kind: 'live'}>,
	frame: number | undefined,
): readonly ItemLine[] => {
	const lead = `${glyphOf('working', frame)} `;
	switch (part) {
		case 'text':
			return block(text, '  ', 'plain');
		case 'thinking':
			return block(text, '┊ ', 'muted');
		case 'tool_input':
			return block(text, lead, 'muted', 'working');
		default:
			return part satisfies never;
	}
};

const told = {brief: 'brief', engine: 'flotilla'} as const;

const receiptMark = {queued: 'queued', delivered: 'working', acted_on: 'done'} as const;

/** The logical lines of an item, a blank one last that sets it apart from the next. */
export const itemLines = (item: TranscriptItem, unfolded: boolean, frame: number | undefined): readonly ItemLine[] => {
	const blank: ItemLine = {lead: '', leadTone: 'plain', tone: 'plain', text: ''};
	switch (item.kind) {
		case 'told':
			return [
				{lead: '❯ ', leadTone: 'strong', tone: 'strong', text: told[item.from]},
				...block(item.text, '  ', item.from === 'engine' ? 'muted' : 'plain'),
				blank,
			];
		case 'letter': {
			const mark = receiptMark[item.state];
			return [
				{lead: '❯ ', leadTone: 'strong', tone: 'strong', text: 'you'},
				...block(item.text, '  ', 'plain'),
				{
					lead: `${glyphOf(mark, frame)} `,
					leadTone: toneOf[mark],
					tone: 'muted',
					text: receiptWords[item.state],
				},
				blank,
			];
		}
		case 'text':
			return [...block(item.text, '  ', 'plain'), blank];
		case 'thinking':
			return [...block(item.text, '┊ ', 'muted'), blank];
		case 'call':
			return [...callLines(item, unfolded, frame), blank];
		case 'note':
			return [...block(item.text, '· ', item.tone), blank];
		case 'live':
			return liveLines(item, frame);
		default:
			return item satisfies never;
	}
};

/** The lines of an item as rows of the screen, each at most `width` columns with what stands before it. */
export const itemRows = (
	item: TranscriptItem,
	unfolded: boolean,
	frame: number | undefined,
	cache: WrapCache,
	width: number,
): readonly ItemRow[] =>
	itemLines(item, unfolded, frame).flatMap((line, i) =>
		cache.wrap(line.text, Math.max(1, width - line.lead.length)).map(
			({text, start}, row): ItemRow => ({
				...line,
				// Only bars go on beside every row; a glyph stands beside the first.
				lead: row === 0 || line.lead.includes('│') || line.lead === '┊ ' ? line.lead : ' '.repeat(line.lead.length),
				text,
				line: i,
				start,
			}),
		),
	);
