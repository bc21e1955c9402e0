import type {ShellPart} from '../../source/domain/shell-part.ts';
import {linkedRow, linksIn} from '../text/links.ts';
import {type Mark, markedRow} from '../text/marked-row.ts';
import {sanitise, sanitiseLine} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';

type Doing = {readonly sign: string; readonly words: string; readonly tone: Tone; readonly inLine: Tone};

const doings: Readonly<Record<ShellPart['does'], Doing>> = {
	reads: {sign: '·', words: 'only reads', tone: 'muted', inLine: 'plain'},
	acts: {sign: '▸', words: 'acts', tone: 'strong', inLine: 'strong'},
	unclear: {sign: '!', words: 'not clear', tone: 'risk', inLine: 'risk'},
	denied: {sign: '✕', words: 'denied', tone: 'risk', inLine: 'risk'},
};

const quoted = (word: string): string => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Where the words of a command stand in a line; undefined when they are not written there side by side. */
const findWords = (line: string, words: readonly string[], from: number): Omit<Mark, 'tone'> | undefined => {
	// What a wrapper adds is written nowhere.
	const end = words.findIndex(word => word.includes('…'));
	const written = (end === -1 ? words : words.slice(0, end)).map(word => quoted(sanitiseLine(word)));
	if (written.length === 0) return undefined;
	const pattern = new RegExp(written.join('\\s+'), 'g');
	pattern.lastIndex = from;
	const found = pattern.exec(line);
	return found === null ? undefined : {start: found.index, end: found.index + found[0].length};
};

/** The commands of a line where they stand in it. What stands within another one keeps the tone of that. */
const marksOf = (line: string, parts: readonly ShellPart[]): readonly Mark[] => {
	const found: Mark[] = [];
	for (const {words, does} of parts) {
		const here = findWords(line, words, found.at(-1)?.end ?? 0);
		if (here !== undefined) found.push({...here, tone: doings[does].inLine});
	}
	return found;
};

const partLines = ({text, does, why}: ShellPart, width: number): readonly Line[] => {
	const {sign, words, tone} = doings[does];
	const label = `${sign} ${words}`.padEnd(13);
	const said = sanitiseLine([text, why].filter(part => part !== '').join(': '));
	return textRows(said, Math.max(1, width - label.length), does === 'reads' ? 'muted' : 'plain').map((row, i) => [
		span(i === 0 ? label : ' '.repeat(label.length), tone),
		...row,
	]);
};

/** A shell line behind a prompt, what acts in it marked; below it, what each of its commands does. */
export const commandLines = (body: string, parts: readonly ShellPart[], width: number): readonly Line[] => {
	const text = sanitise(body).trimEnd();
	const marks = marksOf(text, parts);
	let start = 0;
	const written = text.split('\n').flatMap((line, i) => {
		const own = marks.map(mark => ({...mark, start: mark.start - start, end: mark.end - start}));
		const links = linksIn(line);
		start += line.length + 1;
		return wrapLine(line, Math.max(1, width - 2)).map((row, j) => [
			span(i + j === 0 ? '$ ' : '  ', 'muted'),
			...linkedRow(markedRow(row, own, parts.length === 0 ? 'strong' : 'plain'), links, row.start),
		]);
	});
	return parts.length === 0 ? written : [...written, [], ...parts.flatMap(part => partLines(part, width))];
};
