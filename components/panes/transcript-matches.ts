import {planWords} from '../../store/plan-words.ts';
import type {Line, Span} from '../text/spans.ts';
import type {TranscriptItem} from './transcript-item.ts';
import type {ItemRow} from './transcript-rows.ts';
import {type Match, occurrences} from './transcript-search.ts';

export type TranscriptSearch = {
	readonly query: string;
	/** In the items that are loaded, first to last. */
	readonly matches: readonly Match[];
	/** The same by the item they are in. */
	readonly byItem: ReadonlyMap<number, readonly Match[]>;
	/** Which of them the person is at; -1: none. */
	readonly current: number;
};

const isPlan = (item: TranscriptItem): boolean => item.kind === 'text' && planWords(item.text, false) !== undefined;

/** Whether there is more of an item than a line. */
export const folds = (item: TranscriptItem): boolean =>
	item.kind === 'call' ||
	item.kind === 'thinking' ||
	isPlan(item) ||
	(item.kind === 'live' && item.says === 'text' && planWords(item.text, true) !== undefined);

/**
 * Whether something was found behind what an item shows when it is folded: in other lines, or where the line of a call
 * is cut. `folded`: that line, as it is shown then.
 */
export const hidesMatch = (
	{query, byItem}: TranscriptSearch,
	item: TranscriptItem,
	index: number,
	folded: () => string,
): boolean => {
	const found = byItem.get(index);
	if (found === undefined) return false;
	if (item.kind === 'thinking' || isPlan(item) || found.some(({line}) => line > 0)) return true;
	if (item.kind !== 'call') return false;
	const shown = new Set(occurrences(folded(), query));
	return found.some(({start}) => !shown.has(start));
};

/** The spans with another tone from one character to another. */
const retoned = (line: Line, from: number, to: number, tone: 'match' | 'matchHere'): Line => {
	const spans: Span[] = [];
	let at = 0;
	for (const one of line) {
		const [a, b] = [Math.max(0, from - at), Math.min(one.text.length, to - at)];
		at += one.text.length;
		if (b <= a) spans.push(one);
		else
			spans.push(
				{...one, text: one.text.slice(0, a)},
				{...one, text: one.text.slice(a, b), tone},
				{...one, text: one.text.slice(b)},
			);
	}
	return spans.filter(({text}) => text !== '');
};

/** A row of an item with its matches marked; a match that is broken over two rows is marked on both. */
export const withMatches = (search: TranscriptSearch | undefined, row: ItemRow & {readonly item: number}): Line => {
	const found = search?.byItem.get(row.item);
	if (search === undefined || found === undefined) return row.spans;
	const current = search.matches[search.current];
	const end = row.start + row.text.length;
	return found
		.filter(({line}) => line === row.line)
		.reduce<Line>((line, match) => {
			const from = Math.max(match.start, row.start) - row.start;
			const to = Math.min(match.start + search.query.length, end) - row.start;
			return to <= from ? line : retoned(line, from, to, match === current ? 'matchHere' : 'match');
		}, row.spans);
};

/** What was found, in words; of a stretch of a transcript that is not the whole. */
export const searchNote = ({query, matches, current}: TranscriptSearch, whole: boolean): string => {
	const where = whole ? '' : ' near here';
	if (matches.length === 0) return `no match for ${query}${where}`;
	const at = current === -1 ? `${matches.length} matches` : `${current + 1} of ${matches.length}`;
	return `${at} for ${query}${where}`;
};
