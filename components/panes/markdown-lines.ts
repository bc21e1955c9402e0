import {createRequire} from 'node:module';
import type {MarkedToken, Token, Tokens} from 'marked';
import {addressOf} from '../text/address.ts';
import {broken} from '../text/broken.ts';
import {colourCode} from '../text/code-colours.ts';
import {sanitise} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Tone} from '../theme.ts';
import type {ItemLine} from './transcript-lines.ts';

const require = createRequire(import.meta.url);

/** Loaded with the first text there is to read. */
const createLexer = (): ((text: string) => readonly Token[]) => {
	let loaded: typeof import('marked') | undefined;
	return text => {
		loaded ??= require('marked') as typeof import('marked');
		return loaded.lexer(text);
	};
};
const lexer = createLexer();

/** The library's union of its own tokens; others come only from extensions, and there are none. */
const known = (token: Token): MarkedToken => token as MarkedToken;

/** What stands before a block, on its first line and on those that follow. */
type Place = {
	readonly first: string;
	readonly rest: string;
	readonly width: number;
	/** Code is in the colours of its language; who only looks for a text does without. */
	readonly coloured: boolean;
};

const inside = (place: Place, lead: string, below = ' '.repeat(lead.length)): Place => ({
	...place,
	first: place.first + lead,
	rest: place.rest + below,
	width: place.width - lead.length,
});

const toneIn = (outer: Tone, inner: Tone): Tone => (outer === 'plain' ? inner : outer);

/** What a reader could take for the address it opens. */
const looksLikeAddress = /:\/\/|@|[\p{L}\p{N}]\.\p{L}{2}/u;

const linkedTo = (words: Line, address: string | undefined): Line =>
	address === undefined ? words : words.map(part => ({...part, link: address}));

/**
 * The words of a link and its address. The address is always there whole, to be read and to be opened; words that look
 * like one do not open another.
 */
const linkWords = (words: Line, href: string, tone: Tone): Line => {
	const text = words.map(part => part.text).join('');
	const address = addressOf(href) === undefined ? undefined : href;
	if (text === href || `mailto:${text}` === href) return linkedTo(words, address);
	const between = toneIn(tone, 'muted');
	return [
		...linkedTo(words, looksLikeAddress.test(text) ? undefined : address),
		span(' (', between),
		...linkedTo([span(href, between)], address),
		span(')', between),
	];
};

/** Words in a paragraph, with the newlines they were written with. */
const inline = (tokens: readonly Token[] | undefined, tone: Tone): Line =>
	(tokens ?? []).flatMap((one): Line => {
		const token = known(one);
		switch (token.type) {
			case 'text':
				return token.tokens === undefined ? [span(token.text, tone)] : inline(token.tokens, tone);
			case 'strong':
				return inline(token.tokens, toneIn(tone, 'strong'));
			case 'em':
				return inline(token.tokens, toneIn(tone, 'emphasis'));
			case 'codespan':
				return [span(token.text, toneIn(tone, 'code'))];
			case 'br':
				return [span('\n', tone)];
			case 'escape':
				return [span(token.text, tone)];
			case 'link':
				return linkWords(inline(token.tokens, tone), token.href, tone);
			case 'image':
				return [span(`[image: ${token.text}] (${token.href})`, tone)];
			default:
				return [span(token.raw, tone)];
		}
	});

const stand = (lines: readonly Line[], {first, rest}: Place, leadTone: Tone = 'plain'): readonly ItemLine[] =>
	lines.map((spans, i) => ({lead: i === 0 ? first : rest, leadTone, spans}));

const widthOfLine = (line: Line): number => line.reduce((sum, {text}) => sum + widthOf(text), 0);

const joined = (cells: readonly Line[], between: string): Line =>
	cells.flatMap((cell, i) => (i === 0 ? cell : [span(between, 'muted'), ...cell]));

const padded = (cell: Line, width: number, align: Tokens.TableCell['align']): Line => {
	const gap = Math.max(0, width - widthOfLine(cell));
	const before = align === 'right' ? gap : align === 'center' ? Math.floor(gap / 2) : 0;
	return [span(' '.repeat(before)), ...cell, span(' '.repeat(gap - before))];
};

/** A table in its columns; one that is too wide for them as its rows, each cell under the name of its column. */
const tableLines = ({header, rows, align}: Tokens.Table, place: Place): readonly ItemLine[] => {
	const flat = (cell: Tokens.TableCell, tone: Tone): Line =>
		inline(cell.tokens, tone).map(part => ({...part, text: part.text.replaceAll('\n', ' ')}));
	const heads = header.map(cell => flat(cell, 'strong'));
	const cells = rows.map(row => row.map(cell => flat(cell, 'plain')));
	const widths = heads.map((head, i) => Math.max(widthOfLine(head), ...cells.map(row => widthOfLine(row[i] ?? []))));
	if (widths.reduce((sum, width) => sum + width + 3, -3) > place.width)
		return stand(
			cells.flatMap((row, i) => [
				...(i === 0 ? [] : [[]]),
				...row.map((cell, column): Line => [...(heads[column] ?? []), span(': ', 'muted'), ...cell]),
			]),
			place,
		);
	const line = (row: readonly Line[]): Line =>
		joined(
			row.map((cell, i) => padded(cell, widths[i] ?? 0, align[i] ?? null)),
			' │ ',
		);
	const rule = widths.map(width => '─'.repeat(width)).join('─┼─');
	return stand([line(heads), [span(rule, 'muted')], ...cells.map(line)], place);
};

const listLines = ({items, ordered, start}: Tokens.List, place: Place): readonly ItemLine[] =>
	items.flatMap((item, i) => {
		const number = `${(start === '' ? 1 : start) + i}. `;
		const box = item.task ? (item.checked === true ? '[x] ' : '[ ] ') : '';
		const within = i === 0 ? place : {...place, first: place.rest};
		const lead = `${ordered ? number : '- '}${box}`;
		const tokens = item.tokens.filter(({type}) => type !== 'checkbox');
		return tokens.length === 0 ? stand([[]], inside(within, lead)) : blocks(tokens, inside(within, lead));
	});

const quoteBar = '│ ';
const codeBar = '▏ ';

const codeLines = (code: string, language: string, place: Place): readonly ItemLine[] =>
	stand(place.coloured ? colourCode(code, language) : broken([span(code)]), inside(place, codeBar, codeBar), 'muted');

const blockLines = (token: MarkedToken, place: Place): readonly ItemLine[] => {
	switch (token.type) {
		case 'heading':
			return stand(broken(inline(token.tokens, 'strong')), place);
		case 'paragraph':
		case 'text':
			return stand(broken(inline(token.tokens ?? [token], 'plain')), place);
		case 'list':
			return listLines(token, place);
		case 'code':
			return codeLines(token.text, token.lang ?? '', place);
		case 'blockquote':
			return blocks(token.tokens, inside(place, quoteBar, quoteBar)).map(line => ({...line, leadTone: 'muted'}));
		case 'table':
			return tableLines(token, place);
		case 'hr':
			return stand([[span('─'.repeat(Math.max(0, Math.min(40, place.width))), 'muted')]], place);
		default:
			return stand(broken([span(token.raw.trimEnd())]), place);
	}
};

/** Blocks below each other, with the blank lines they were written with. */
const blocks = (tokens: readonly Token[], place: Place): readonly ItemLine[] => {
	const lines: ItemLine[] = [];
	let blank = false;
	for (const token of tokens) {
		if (token.type !== 'space') {
			if (blank && lines.length > 0) lines.push({lead: place.rest, leadTone: 'muted', spans: []});
			lines.push(...blockLines(known(token), lines.length === 0 ? place : {...place, first: place.rest}));
		}
		blank = token.type === 'space' || /\n\s*\n$/.test(token.raw);
	}
	return lines;
};

/** Longer texts are shown as they are: nobody should wait for them. */
const charactersMax = 100_000;

/** Some replies are nothing but a value for a program. */
const isJson = (text: string): boolean => {
	if (!/^\s*[[{][\s\S]*[\]}]$/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

/**
 * What `read` makes of a text; undefined when its blocks lie so deep in each other, such as behind a thousand `>`, that
 * the stack does not hold them.
 */
const unlessTooDeep = <Read>(read: () => Read): Read | undefined => {
	try {
		return read();
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
};

/** A text in markdown, line by line, for rows of `width` columns. */
export const markdownLines = (text: string, lead: string, width: number, coloured = true): readonly ItemLine[] => {
	const clean = sanitise(text).trimEnd();
	const place = {first: lead, rest: lead, width: width - lead.length, coloured};
	if (clean.length <= charactersMax && isJson(clean)) return codeLines(clean, 'json', place);
	const read = clean.length > charactersMax ? undefined : unlessTooDeep(() => blocks(lexer(clean), place));
	return read ?? stand(broken([span(clean)]), place);
};

const codeAmong = (tokens: readonly Token[]): readonly string[] =>
	tokens.map(known).flatMap(token => {
		switch (token.type) {
			case 'code':
				return [token.text];
			case 'list':
				return token.items.flatMap(item => codeAmong(item.tokens));
			case 'blockquote':
				return codeAmong(token.tokens);
			default:
				return [];
		}
	});

/** The pieces of code in a text, first to last, also those within lists and quotes. */
export const codeIn = (text: string): readonly string[] => unlessTooDeep(() => codeAmong(lexer(text))) ?? [];
