import {sanitiseToTake} from '../text/sanitise.ts';
import {callSummary} from './call-summary.ts';
import {codeIn} from './markdown-lines.ts';
import type {CallItem, TranscriptItem} from './transcript-item.ts';
import {itemLines} from './transcript-lines.ts';
import {type TurnFacts, turnWords} from './turn-words.ts';

const inputOf = ({input, detail}: CallItem): string => [input, ...(detail === '' ? [] : [detail])].join('\n');

/** An item as a person would paste it: in whole lines, without anything that was put around it. */
const plainText = (item: TranscriptItem): string => {
	switch (item.kind) {
		case 'told':
		case 'letter':
		case 'text':
		case 'thinking':
		case 'note':
		case 'live':
			return item.text;
		case 'call':
			return [`${item.tool} ${inputOf(item)}`, item.preview?.body ?? '', item.output]
				.filter(text => text !== '')
				.join('\n');
		case 'turn':
			return '';
		default:
			return item satisfies never;
	}
};

/** The item; of the head of a turn, all that was said in it. */
const partsOf = (items: readonly TranscriptItem[], item: TranscriptItem): readonly TranscriptItem[] =>
	item.kind === 'turn' ? items.filter(one => one.kind === 'text' && one.seq === item.seq) : [item];

/** The text of an item to copy; of the head of a turn, all that was said in it. Undefined when there is none. */
export const textToCopy = (items: readonly TranscriptItem[], item: TranscriptItem | undefined): string | undefined => {
	if (item === undefined) return undefined;
	const text = partsOf(items, item).map(plainText).join('\n\n');
	return text.trim() === '' ? undefined : sanitiseToTake(text);
};

/** The last piece of code or command in an item. */
const codeOf = (item: TranscriptItem): string | undefined => {
	if (item.kind === 'call' && item.tool === 'run_command') return inputOf(item);
	return item.kind === 'text' ? codeIn(item.text).at(-1) : undefined;
};

/** The code or command at an item, or the nearest above it. */
export const codeToCopy = (items: readonly TranscriptItem[], item: TranscriptItem | undefined): string | undefined => {
	const from = item === undefined ? -1 : items.indexOf(item);
	for (let i = from; i >= 0; i--) {
		const at = items[i];
		const code = at === undefined ? undefined : codeOf(at);
		if (code !== undefined) return sanitiseToTake(code);
	}
	return undefined;
};

/** The addresses in an item, first to last, also where it is folded. */
const linksOf = (item: TranscriptItem): readonly string[] => {
	// Who has none costs nothing: there may be many items to go through.
	if (!plainText(item).includes('http')) return [];
	const look = {unfolded: true, now: 0, turn: {number: undefined, model: undefined}, width: 80};
	const spans = itemLines(item, look).flatMap(line => line.spans);
	return [...new Set(spans.flatMap(({link}) => link ?? []))];
};

/** The addresses in an item, or in the nearest above it that has some; of the head of a turn, in what was said in it. */
export const linksToCopy = (items: readonly TranscriptItem[], item: TranscriptItem | undefined): readonly string[] => {
	if (item === undefined) return [];
	const own = partsOf(items, item).flatMap(linksOf);
	if (own.length > 0) return [...new Set(own)];
	const above = items.slice(0, items.indexOf(item)).findLast(one => linksOf(one).length > 0);
	return above === undefined ? [] : linksOf(above);
};

/** Between fences that are longer than any in the text. */
const fenced = (text: string): string => {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(ticks => ticks.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${text.trimEnd()}\n${fence}`;
};

const quoted = (text: string): string => text.trimEnd().replaceAll(/^/gm, '> ');

/** An item as a part of a document in markdown. */
export const itemMarkdown = (item: TranscriptItem, turn: TurnFacts): string => {
	switch (item.kind) {
		case 'told':
			return `## ${item.from === 'brief' ? 'Brief' : 'Flotilla'}\n\n${item.text}`;
		case 'letter':
			return `## You\n\n${item.text}`;
		case 'turn': {
			const {work, cost} = turnWords(item, turn);
			return `## ${work.slice(0, 1).toUpperCase()}${work.slice(1)}${cost}`;
		}
		case 'text':
		case 'live':
			return item.text;
		case 'thinking':
			return quoted(item.text);
		case 'note':
			return `*${item.text}*`;
		case 'call':
			return [
				`### ${item.tool} · ${callSummary(item, item.startedAt ?? 0)}`,
				fenced(inputOf(item)),
				...(item.preview === undefined ? [] : [fenced(item.preview.body)]),
				...(item.output === '' ? [] : [fenced(item.output)]),
			].join('\n\n');
		default:
			return item satisfies never;
	}
};
