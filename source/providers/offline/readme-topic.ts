import {oneLine} from './figure.ts';
import type {Fact, Look, Topic} from './look.ts';
import {readFileText, readMatches} from './read-result.ts';

const promisesMax = 8;
const headingsMax = 12;
/** Of a paragraph or a line, in characters: far more than is quoted, and little enough for every search to be quick. */
const readMax = 1000;

const globReadme: Look = {
	tool: 'glob',
	input: {pattern: 'README*'},
	why: 'look for a README',
	read: result => {
		const matches = readMatches(result);
		return matches?.count === 0 ? [['README', 'none']] : [];
	},
};

/** The README of the project itself: the least deep one, Markdown before others. */
const chosen = (names: readonly string[]): string | undefined =>
	[...names]
		.filter(name => /(^|\/)readme(\.(md|markdown|rst|txt|adoc))?$/i.test(name))
		.sort(
			(a, b) => a.split('/').length - b.split('/').length || Number(/\.md$/i.test(b)) - Number(/\.md$/i.test(a)),
		)[0];

/** What it says as text: without pictures, links, tags and marks, which would act where the report is shown. */
const wordsOf = (markdown: string): string =>
	oneLine(
		markdown
			.slice(0, readMax)
			.replace(/!\[[^\]]*\]\([^)]*\)/g, '')
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.replace(/<[^>]*>/g, '')
			.replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, ''),
	);

type Part = {readonly heading: string; readonly lines: readonly string[]};

/** The README in parts, each from one heading to the next; fenced blocks are left out, for they promise nothing. */
const partsOf = (text: string): readonly Part[] => {
	const parts: {heading: string; lines: string[]}[] = [{heading: '', lines: []}];
	let isFenced = false;
	for (const line of text.split('\n')) {
		if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
		else if (isFenced) continue;
		else if (/^#{1,6}\s/.test(line)) parts.push({heading: wordsOf(line.replace(/^#+/, '')), lines: []});
		else if (/^(={3,}|-{3,}|~{3,})\s*$/.test(line)) {
			// The line above was a heading by underline.
			const heading = wordsOf(parts.at(-1)?.lines.pop() ?? '');
			if (heading !== '') parts.push({heading, lines: []});
		} else parts.at(-1)?.lines.push(line);
	}
	return parts;
};

const promising = /feature|highlight|what (it|you)|why|can do|capabilit|overview|goals?\b|promise/i;

const itemsOf = (part: Part): readonly string[] =>
	part.lines.flatMap(line => {
		const words = wordsOf(/^\s{0,3}(?:[-*+]|\d+[.)])\s+(.+)$/.exec(line)?.[1] ?? '');
		return words === '' ? [] : [words];
	});

/** The first run of plain lines that says something. */
const openingOf = (parts: readonly Part[]): string | undefined =>
	parts
		.flatMap(part => part.lines.join('\n').split(/\n\s*\n/))
		.map(paragraph => wordsOf(paragraph))
		.find(words => /\p{L}{3,}.*\s.*\p{L}{2,}/u.test(words));

const readReadme = (path: string): Look => ({
	tool: 'read_file',
	input: {path, to_line: 400},
	why: `read ${oneLine(path, 60)}`,
	read: result => {
		const file = readFileText(result);
		if (file === undefined) return [];
		const parts = partsOf(file.text);
		const headings = parts.map(part => part.heading).filter(heading => heading !== '');
		const opening = openingOf(parts);
		const listing = parts.find(part => promising.test(part.heading) && itemsOf(part).length > 0);
		const items = itemsOf(listing ?? parts.find(part => itemsOf(part).length > 1) ?? {heading: '', lines: []});
		// Only a list under a heading such as "Features" is called a promise.
		const kind = listing === undefined ? 'lists' : 'promises';
		return [
			['README', `${oneLine(path)}, ${file.lineCount} lines, ${headings.length} headings`],
			...(opening === undefined ? [] : [['README opens with', `“${opening}”`] as const]),
			...headings.slice(0, headingsMax).map((heading, i): Fact => [`README, heading ${i + 1}`, `“${heading}”`]),
			...items.slice(0, promisesMax).map((item, i): Fact => [`README ${kind}, item ${i + 1}`, `“${item}”`]),
		];
	},
});

/** What the README promises, in its own words. */
export const readmeTopic: Topic = answer => {
	const found = answer(globReadme);
	const path = found === undefined ? undefined : chosen(readMatches(found)?.names ?? []);
	return path === undefined ? [globReadme] : [globReadme, readReadme(path)];
};
