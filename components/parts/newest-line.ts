/** So much of the end of a text is looked at: it is drawn twenty times a second, for every agent in view. */
const tailMax = 400;

/** A line up to this long is told from its beginning; of a longer one the last sentence. */
const lineMax = 120;

const fence = '```';

/** Where fences stand, which begin and end code: each at the beginning of a line, if perhaps set in. */
const fencesIn = (text: string): readonly number[] => {
	const found: number[] = [];
	for (let at = text.indexOf(fence); at !== -1; at = text.indexOf(fence, at + fence.length)) {
		const before = text.slice(Math.max(0, at - 8), at);
		if ((at === before.length ? /(?:^|\n)[ \t]*$/ : /\n[ \t]*$/).test(before)) found.push(at);
	}
	return found;
};

/** The text before, between and behind pieces of code, the newest first. */
function* outsideCode(text: string, fences: readonly number[], inCode: boolean): Generator<string> {
	let end = inCode ? (fences.at(-1) ?? 0) : text.length;
	for (let i = fences.length - (inCode ? 2 : 1); i >= -1; i -= 2) {
		const opens = fences[i];
		const from = opens === undefined ? 0 : text.indexOf('\n', opens) + 1 || text.length;
		yield text.slice(Math.max(from, end - tailMax), end);
		end = fences[i - 1] ?? 0;
	}
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** A brace, the beginning of a list, or a name in quotes: nobody begins a sentence so. */
const isData = (line: string): boolean => /^(?:[{}\]]|\[(?:$|[\s{["\d])|"[^"]*"\s*(?::|,?$))/.test(line);

const isReadable = (line: string): boolean => hasWords(line) && !isData(line);

/** What ends with a point and ends no sentence. */
const abbreviation = /\b(?:e\.g|i\.e|vs|cf)\.$/i;

const sentencesOf = (line: string): readonly string[] =>
	line.split(/(?<=[.!?])(?<!\b(?:e\.g|i\.e|vs|cf)\.)\s+|(?<=[。！？])/i);

/** Of a line that is still being written, only the sentences that have come to their end. */
const wholePart = (line: string): string =>
	sentencesOf(line).findLast(part => /[.!?。！？]$/.test(part) && !abbreviation.test(part)) ?? '';

/** `endsHalf`: the last line is still being written. */
const lineIn = (parts: Iterable<string>, endsHalf: boolean): string => {
	let isHalf = endsHalf;
	for (const part of parts) {
		const lines = part.split('\n').map(line => line.trim());
		const half = isHalf ? (lines.pop() ?? '') : '';
		isHalf = false;
		const whole = isData(half) ? '' : wholePart(half);
		const line = isReadable(whole) ? whole : lines.findLast(isReadable);
		if (line === undefined) continue;
		return line.length <= lineMax ? line : (sentencesOf(line).findLast(hasWords) ?? '');
	}
	return '';
};

/**
 * The newest line of a text that a person can read, or the last sentence of a long one; empty when there is none.
 * `arriving`: more of the text comes, so that the end of it is half a line, and may be within code.
 */
export const newestLine = (text: string, arriving: boolean): {readonly line: string; readonly inCode: boolean} => {
	const fences = fencesIn(text);
	const isOdd = fences.length % 2 === 1;
	const inCode = arriving && isOdd;
	const line = lineIn(outsideCode(text, fences, inCode), arriving && !inCode);
	if (line !== '' || arriving || !isOdd) return {line, inCode};
	// Of a text that is whole the beginning may have been cut off, within code; or else code was left open at its end.
	return {line: lineIn(outsideCode(text, fences, true), false), inCode};
};
