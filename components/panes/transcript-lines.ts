import {planWords} from '../../store/plan-words.ts';
import {receiptWords} from '../parts/receipt.ts';
import {withLinks} from '../text/links.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {type Line, type Span, span} from '../text/spans.ts';
import {type Mark, type Tone, toneOf} from '../theme.ts';
import {arrivingInput} from './arriving-input.ts';
import {callSummary} from './call-summary.ts';
import {diffLine} from './diff-lines.ts';
import {diffRows} from './diff-rows.ts';
import {markdownLines} from './markdown-lines.ts';
import type {CallItem, CallState, TranscriptItem, TurnItem} from './transcript-item.ts';
import {type TurnFacts, turnWords} from './turn-words.ts';

/** A logical line of an item: what stands before it, and its text (sanitised) in its tones. */
export type ItemLine = {
	readonly lead: string;
	readonly leadTone: Tone;
	/** Its glyph stands in place of the first column of what stands before it. */
	readonly mark?: Mark;
	readonly spans: Line;
	/** A line that takes a single row: its text is cut for this, which stays whole behind it. */
	readonly tail?: Span;
};

/** How an item is looked at. */
export type ItemLook = {
	readonly unfolded: boolean;
	/** ms since 1970. */
	readonly now: number;
	readonly turn: TurnFacts;
	/** How many columns there are, for what is laid out in them. */
	readonly width: number;
	/** Its tones do not matter: a text is looked for. */
	readonly textOnly?: true;
	/** It is read aloud: what is seen by a sign is said. */
	readonly spoken?: boolean | undefined;
};

/** How many lines of what a call tells a person are shown when it is folded, and of what a running one prints. */
const toldLines = 5;
const printedLines = 3;

const stateMark: Readonly<Record<CallState, Mark>> = {
	proposed: 'queued',
	asked: 'needsYou',
	allowed: 'queued',
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

/** Cut into lines before they are cleaned, for a plain line is clean already and costs nothing. */
const linesOf = (text: string): readonly string[] =>
	text
		.trimEnd()
		.split(/\r\n?|\n/)
		.map(sanitiseLine);

const block = (text: string, lead: string, tone: Tone, leadTone: Tone = tone): readonly ItemLine[] =>
	linesOf(text).map(line => ({lead, leadTone, spans: [span(line, tone)]}));

const blank: ItemLine = {lead: '', leadTone: 'plain', spans: []};

const within = (spans: Line): ItemLine => ({lead: '  │ ', leadTone: 'muted', spans});

const quiet = (line: string): ItemLine => within([span(line, 'muted')]);

const more = (count: number): readonly ItemLine[] => (count > 0 ? [quiet(`… ${count} more lines`)] : []);

const head = (text: string, most: number): readonly ItemLine[] => {
	if (text === '') return [];
	const lines = linesOf(text);
	return [...lines.slice(0, most).map(quiet), ...more(lines.length - most)];
};

const callLines = (item: CallItem, {unfolded, now}: ItemLook): readonly ItemLine[] => {
	const {tool, input, detail, tells, output, preview} = item;
	const mark = stateMark[item.state];
	const summary = span(` · ${callSummary(item, now)}`, 'muted');
	const text = [span(`${sanitiseLine(tool)} `, 'strong'), span(sanitiseLine(input))];
	const line = {lead: '  ', leadTone: toneOf[mark], mark};
	if (!unfolded) {
		const printed = item.state === 'running' && output !== '' ? linesOf(output).slice(-printedLines) : [];
		return [{...line, spans: text, tail: summary}, ...(tells ? head(detail, toldLines) : []), ...printed.map(quiet)];
	}
	return [
		{...line, spans: [...text, summary]},
		...(preview === undefined
			? head(detail, Number.POSITIVE_INFINITY)
			: diffRows(preview.body).map(row => within(diffLine(row)))),
		...head(output, Number.POSITIVE_INFINITY),
	];
};

const turnLine = (item: TurnItem, {turn}: ItemLook): ItemLine => {
	const {work, cost} = turnWords(item, turn);
	return {lead: '── ', leadTone: 'muted', spans: [span(work, 'muted')], tail: span(sanitiseLine(cost), 'muted')};
};

const told = {brief: 'brief', engine: 'flotilla'} as const;

const receiptMark = {queued: 'queued', delivered: 'working', acted_on: 'done'} as const;

const speaker = (name: string, {spoken = false}: ItemLook): ItemLine => ({
	lead: spoken ? '  ' : '❯ ',
	leadTone: 'strong',
	spans: [span(name, 'strong')],
});

/** All of a thought. */
const thought = (text: string, {spoken = false}: ItemLook): readonly ItemLine[] =>
	block(text, spoken ? '  ' : '┊ ', 'muted').map((line, i) =>
		spoken && i === 0 ? {...line, lead: '  thought: '} : line,
	);

const thinkingLines = (text: string, look: ItemLook): readonly ItemLine[] => {
	const lines = linesOf(text);
	if (look.unfolded) return thought(text, look);
	const count = lines.length === 1 ? '1 line' : `${lines.length} lines`;
	return [
		{
			lead: '┊ ',
			leadTone: 'muted',
			spans: [span(lines[0] ?? '', 'muted')],
			tail: span(` · thought, ${count}`, 'muted'),
		},
	];
};

/** A folded plan, which is for the fleet; undefined of any other text. With a mark it still arrives. */
const planLines = (text: string, {unfolded}: ItemLook, mark?: Mark): readonly ItemLine[] | undefined => {
	const words = unfolded ? undefined : planWords(text, mark !== undefined);
	if (words === undefined) return undefined;
	const leadTone = mark === undefined ? 'muted' : toneOf[mark];
	return [{lead: '  ', leadTone, spans: [span(words, 'muted')], ...(mark === undefined ? {} : {mark})}];
};

/** How markdown becomes lines: `markdownLines`, or what remembers those of the last text. */
export type SettledLines = (text: string, lead: string, width: number) => readonly ItemLine[];

/** A text that is not whole yet: what may still become something else stands as it is. */
const arrivingLines = (text: string, {width}: ItemLook, settled: SettledLines): readonly ItemLine[] => {
	const end = text.lastIndexOf('\n\n');
	const rest = block(text.slice(end === -1 ? 0 : end + 2), '  ', 'plain');
	return end === -1 ? rest : [...settled(text.slice(0, end), '  ', width), blank, ...rest];
};

const linesOfItem = (item: TranscriptItem, look: ItemLook, settled: SettledLines): readonly ItemLine[] => {
	switch (item.kind) {
		case 'told':
			return [
				blank,
				speaker(told[item.from], look),
				...block(item.text, '  ', item.from === 'engine' ? 'muted' : 'plain'),
			];
		case 'letter': {
			const mark = receiptMark[item.state];
			return [
				blank,
				speaker('you', look),
				...block(item.text, '  ', 'plain'),
				{lead: '  ', leadTone: toneOf[mark], mark, spans: [span(receiptWords[item.state], 'muted')]},
			];
		}
		case 'turn':
			return [blank, turnLine(item, look)];
		case 'text':
			return planLines(item.text, look) ?? markdownLines(item.text, '  ', look.width, look.textOnly !== true);
		case 'thinking':
			return thinkingLines(item.text, look);
		case 'call':
			return callLines(item, look);
		case 'note':
			return [blank, ...block(item.text, '· ', item.tone)];
		case 'live':
			switch (item.says) {
				case 'text':
					return planLines(item.text, look, 'working') ?? arrivingLines(item.text, look, settled);
				case 'thinking':
					return thought(item.text, look);
				case 'tool_input':
					return block(arrivingInput(item.text), '  ', 'muted', 'working').map((line, i) =>
						i === 0 ? {...line, mark: 'working'} : line,
					);
				default:
					return item.says satisfies never;
			}
		default:
			return item satisfies never;
	}
};

/**
 * The logical lines of an item, a blank one first where it begins something new; the addresses in them are links.
 * `settled` makes lines of the part of an arriving text that stays as it is.
 */
export const itemLines = (
	item: TranscriptItem,
	look: ItemLook,
	settled: SettledLines = markdownLines,
): readonly ItemLine[] => {
	const lines = linesOfItem(item, look, settled);
	if (look.textOnly === true) return lines;
	return lines.map(line => {
		const spans = withLinks(line.spans);
		return spans === line.spans ? line : {...line, spans};
	});
};

export const textOfLine = ({spans, tail}: ItemLine): string =>
	[...spans, ...(tail === undefined ? [] : [tail])].map(({text}) => text).join('');
