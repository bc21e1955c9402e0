/** A stretch of a text, in UTF-16 units. */
export type Stretch = {readonly start: number; readonly end: number};

const header = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-Lines: \d{1,3}/y;
const ending = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const enough = /[A-Za-z0-9+/=]{16}/;

/** What files, quotations, diffs, numbered listings and search results put around the lines of a key, and its fields. */
const between = [
	String.raw`\\{1,3}[rn]`,
	String.raw`[\s"',>|]`,
	String.raw` \+\s`,
	'-(?=[A-Za-z0-9+/])',
	String.raw`\d{1,7}[\t|]`,
	String.raw`(?<=\n)(?:[\w./-]{1,200}[:-])?\d{1,7}[:-]`,
	String.raw`(?:Proc-Type|DEK-Info|Comment|Version|Charset|Hash): [^\n\\]{0,100}`,
].join('|');
const line = '[A-Za-z0-9+/=]{16,}';

/** The lines of a key whose end is missing. Nothing can be read in two ways, so that no text takes long. */
const body = new RegExp(
	String.raw`(?:${between})*${line}(?:(?:${between})+${line})*(?:(?:\\[rn]|\s){1,4}(?:\d{1,7}\t)?[A-Za-z0-9+/]{1,15}={0,2}(?![\w ]))?`,
	'y',
);

/** The longest key there is has some 13,000 characters; numbered and quoted it may have twice as many. */
export const privateKeyMax = 32_768;

/** The last line of a key, and a line before it, with what stands before the key's own signs. */
const lastLine = /(?:^|[^A-Za-z0-9+/=])([A-Za-z0-9+/]{1,}={0,2})[\s"',+\\nr]*$/;
const fullLine = /(?:^|[^A-Za-z0-9+/=])([A-Za-z0-9+/]{16,}={0,2})[\s"',+\\nr]*$/;
const lineMax = 400;

/** Where the line begins that ends here; undefined when it is longer than any line of a key. */
const lineStartOf = (text: string, end: number): number | undefined => {
	const from = Math.max(0, end - lineMax);
	const newline = text.slice(from, end).lastIndexOf('\n');
	if (newline >= 0) return from + newline + 1;
	return from === 0 ? 0 : undefined;
};

/** Where the lines of a key begin whose first line is missing, as when only the end of a file is shown. */
const beginningBefore = (text: string, end: number): number | undefined => {
	let first: number | undefined;
	let lineStart = lineStartOf(text, end);
	while (lineStart !== undefined && lineStart > 0 && end - lineStart < privateKeyMax) {
		const lineEnd = lineStart - 1;
		lineStart = lineStartOf(text, lineEnd);
		const content = text.slice(lineStart, lineEnd);
		if (lineStart === undefined || content.trim() === '') continue;
		const found = (first === undefined ? lastLine : fullLine).exec(content)?.[1];
		if (found === undefined) break;
		first = text.indexOf(found, lineStart);
	}
	return first !== undefined && enough.test(text.slice(first, end)) ? first : undefined;
};

/**
 * The private key that begins here, or ends here without a beginning: PEM, OpenSSH, PGP or PuTTY, on many lines or with
 * `\n` in one, also when its end was cut off. Undefined when nothing of a key is there.
 */
export const privateKeyAt = (text: string, at: number): Stretch | undefined => {
	ending.lastIndex = at;
	if (ending.test(text)) {
		const start = beginningBefore(text, at);
		return start === undefined ? undefined : {start, end: ending.lastIndex};
	}
	header.lastIndex = at;
	if (!header.test(text)) return undefined;
	const from = header.lastIndex;
	const dashes = text.indexOf('-----', from);
	if (dashes >= 0 && dashes - from <= privateKeyMax && enough.test(text.slice(from, dashes))) {
		ending.lastIndex = dashes;
		if (ending.test(text)) return {start: at, end: ending.lastIndex};
	}
	body.lastIndex = from;
	return body.test(text) ? {start: at, end: body.lastIndex} : undefined;
};
