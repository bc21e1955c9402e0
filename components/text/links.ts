import {addressMax, addressOf} from './address.ts';
import type {Line, Span} from './spans.ts';

/** A stretch of a line that is an address, from `start` up to but not including `end` (UTF-16 units). */
type LinkPlace = {readonly start: number; readonly end: number; readonly link: string};

const written = /(?<![\p{L}\p{N}])https?:\/\/[\p{L}\p{N}\p{M}!#-&()*+,./:;=?@[\]_~-]+/gu;

/** A line with more of them is data, and nobody should wait for it. */
const linksMax = 200;

const endings = '!$&*,.:;?_~';

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

/** Without what ends a sentence, or closes a bracket that was opened before the address. */
const bare = (found: string): string => {
	const unopened = new Map([
		[')', countOf(found, ')') - countOf(found, '(')],
		[']', countOf(found, ']') - countOf(found, '[')],
	]);
	let end = found.length;
	for (; end > 0; end--) {
		const last = found.charAt(end - 1);
		if (endings.includes(last)) continue;
		const closes = unopened.get(last) ?? 0;
		if (closes <= 0) break;
		unopened.set(last, closes - 1);
	}
	return found.slice(0, end);
};

/** The addresses in a sanitised line. */
export const linksIn = (text: string): readonly LinkPlace[] => {
	if (!text.includes('http')) return [];
	const places: LinkPlace[] = [];
	for (const {0: found, index} of text.matchAll(written)) {
		const link = found.length > addressMax ? '' : bare(found);
		if (addressOf(link) !== undefined) places.push({start: index, end: index + link.length, link});
		if (places.length >= linksMax) break;
	}
	return places;
};

/** The spans of a row that begins at `start` of its line, with the links of that line in them. */
export const linkedRow = (row: Line, links: readonly LinkPlace[], start = 0): Line => {
	if (links.length === 0) return row;
	const spans: Span[] = [];
	let begin = start;
	for (const one of row) {
		const end = begin + one.text.length;
		let at = begin;
		const put = (to: number, link?: string): void => {
			if (to > at)
				spans.push({...one, text: one.text.slice(at - begin, to - begin), ...(link === undefined ? {} : {link})});
			at = Math.max(at, to);
		};
		for (const {start: from, end: to, link} of links) {
			if (to <= at || from >= end) continue;
			put(from);
			put(Math.min(to, end), link);
		}
		put(end);
		begin = end;
	}
	return spans;
};

/** A sanitised line with every address in it as a link. What is a link already stays one, and is part of no other. */
export const withLinks = (line: Line): Line => {
	if (!line.some(({text}) => text.includes('http'))) return line;
	const spans: Span[] = [];
	let free: Span[] = [];
	const settle = (): void => {
		spans.push(...linkedRow(free, linksIn(free.map(({text}) => text).join(''))));
		free = [];
	};
	for (const one of line)
		if (one.link === undefined) free.push(one);
		else {
			settle();
			spans.push(one);
		}
	settle();
	return spans;
};
