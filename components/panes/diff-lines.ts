import {linkedRow, linksIn} from '../text/links.ts';
import {type Mark, markedRow} from '../text/marked-row.ts';
import {type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';
import type {DiffRow} from './diff-rows.ts';

const signs: Readonly<Record<DiffRow['kind'], string>> = {
	file: '',
	hunk: '',
	added: '+',
	removed: '-',
	same: ' ',
	note: '',
};

const tones: Readonly<Record<DiffRow['kind'], Tone>> = {
	file: 'strong',
	hunk: 'hunk',
	added: 'added',
	removed: 'removed',
	same: 'plain',
	note: 'muted',
};

const wordTone = (kind: DiffRow['kind']): Tone => (kind === 'added' ? 'addedWord' : 'removedWord');

const marksOf = (kind: DiffRow['kind'], words: DiffRow['words']): readonly Mark[] =>
	words.map(stretch => ({...stretch, tone: wordTone(kind)}));

/** One line of a diff in its colours, changed words marked. */
export const diffLine = ({kind, text, words}: DiffRow): Line => [
	span(signs[kind], tones[kind]),
	...markedRow({text, start: 0}, marksOf(kind, words), tones[kind]),
];

/** One line of a diff as rows of the screen: nobody should say yes to what they cannot read, so it is never cut. */
export const diffLines = ({kind, text, words}: DiffRow, width: number): readonly Line[] => {
	const sign = signs[kind];
	const marks = marksOf(kind, words);
	const links = linksIn(text);
	return wrapLine(text, Math.max(1, width - sign.length)).map((row, i) => [
		...(sign === '' ? [] : [span(i === 0 ? sign : ' ', tones[kind])]),
		...linkedRow(markedRow(row, marks, tones[kind]), links, row.start),
	]);
};
