import {diffWordsWithSpace} from 'diff';
import {sanitise} from '../text/sanitise.ts';

/** A stretch of a line, from `start` up to but not including `end` (UTF-16 units). */
type Stretch = {readonly start: number; readonly end: number};

/** A line of a unified diff, safe to draw and without its sign. */
export type DiffRow = {
	readonly kind: 'file' | 'hunk' | 'added' | 'removed' | 'same' | 'note';
	readonly text: string;
	/** Its number in the file as it was and as it is; undefined where it does not stand. */
	readonly before: number | undefined;
	readonly after: number | undefined;
	/** What of a changed line is another than in the line it stands for. */
	readonly words: readonly Stretch[];
};

const hunkHead = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Beyond this nobody compares word by word, and the comparing takes its time. */
const comparedCharactersMax = 600;

/** Lines that have less in common than this part of them were replaced, not changed: marking words would be noise. */
const commonPartMin = 0.4;

const stretchesOf = (changes: readonly {readonly value: string; readonly hit: boolean}[]): readonly Stretch[] => {
	const found: {start: number; end: number}[] = [];
	let at = 0;
	for (const {value, hit} of changes) {
		const end = at + value.length;
		const last = found.at(-1);
		if (hit && last?.end === at) last.end = end;
		else if (hit) found.push({start: at, end});
		at = end;
	}
	return found;
};

/** What two lines differ in; nothing when they have little in common. */
const compare = (before: string, after: string): readonly [readonly Stretch[], readonly Stretch[]] => {
	if (before.length + after.length > comparedCharactersMax) return [[], []];
	const changes = diffWordsWithSpace(before, after);
	const common = changes
		.filter(({added, removed}) => !added && !removed)
		.reduce((sum, {value}) => sum + value.trim().length, 0);
	if (common < commonPartMin * Math.max(before.trim().length, after.trim().length)) return [[], []];
	return [
		stretchesOf(changes.filter(({added}) => !added).map(({value, removed}) => ({value, hit: removed}))),
		stretchesOf(changes.filter(({removed}) => !removed).map(({value, added}) => ({value, hit: added}))),
	];
};

/** Marks in each run of removed lines and the added ones behind them what the pairs differ in. */
const withWords = (rows: readonly DiffRow[]): readonly DiffRow[] => {
	const marked = [...rows];
	for (let i = 0; i < rows.length; ) {
		const start = i;
		while (rows[i]?.kind === 'removed') i++;
		const middle = i;
		while (rows[i]?.kind === 'added') i++;
		for (let pair = 0; pair < Math.min(middle - start, i - middle); pair++) {
			const [before, after] = [rows[start + pair], rows[middle + pair]];
			if (before === undefined || after === undefined) continue;
			const [removed, added] = compare(before.text, after.text);
			marked[start + pair] = {...before, words: removed};
			marked[middle + pair] = {...after, words: added};
		}
		if (i === start) i++;
	}
	return marked;
};

/** The lines of a unified diff, which may have been cut short: what is no line of it stands as a note. */
export const diffRows = (body: string): readonly DiffRow[] => {
	let before = 0;
	let after = 0;
	// So many lines the hunk still has: within it, `---` is a removed line and no file.
	let left = {before: 0, after: 0};
	const bare = {before: undefined, after: undefined, words: []};
	const readLine = (line: string): DiffRow => {
		const within = left.before > 0 || left.after > 0;
		const head = within ? null : hunkHead.exec(line);
		if (head !== null) {
			before = Number(head[1]);
			after = Number(head[3]);
			left = {before: Number(head[2] ?? 1), after: Number(head[4] ?? 1)};
			return {...bare, kind: 'hunk', text: line};
		}
		if (!within && /^(---|\+\+\+)/.test(line)) return {...bare, kind: 'file', text: line};
		const text = line.slice(1);
		if (line.startsWith('+')) {
			left = {...left, after: left.after - 1};
			return {...bare, kind: 'added', text, after: after++};
		}
		if (line.startsWith('-')) {
			left = {...left, before: left.before - 1};
			return {...bare, kind: 'removed', text, before: before++};
		}
		if (!line.startsWith(' ') && !(within && line === '')) return {...bare, kind: 'note', text: line};
		left = {before: left.before - 1, after: left.after - 1};
		return {...bare, kind: 'same', text, before: before++, after: after++};
	};
	return withWords(sanitise(body).trimEnd().split('\n').map(readLine));
};
