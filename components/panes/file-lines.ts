import type {FileFeed, FilePart} from '../../store/file-reader.ts';
import type {FileUse} from '../../store/file-use.ts';
import {sanitise, sanitiseToTake} from '../text/sanitise.ts';
import {type DiffRow, diffRows} from './diff-rows.ts';

/**
 * A logical line of a file that is looked at: of what was done to it, or about that. `written`: as it stands in the file
 * or the command, to be taken elsewhere; undefined where it is only about them.
 */
export type FileLine =
	| {readonly kind: 'use'; readonly use: FileUse}
	| {readonly kind: 'diff'; readonly use: FileUse; readonly row: DiffRow; readonly written: string}
	| {
			readonly kind: 'note';
			readonly use: FileUse | undefined;
			readonly text: string;
			readonly written: string | undefined;
	  };

type Said = {readonly drawn: string; readonly written: string};

/** The lines of a text in both of its forms; neither makes lines of its own. */
const linesIn = (text: string): readonly Said[] => {
	const written = sanitiseToTake(text).split('\n');
	return sanitise(text)
		.trimEnd()
		.split('\n')
		.map((drawn, i) => ({drawn, written: written[i] ?? drawn}));
};

const notesOf = (use: FileUse, text: string): readonly FileLine[] =>
	linesIn(text).map(({drawn, written}) => ({kind: 'note', use, text: drawn, written}));

const remarkOf = (use: FileUse | undefined, text: string): FileLine => ({kind: 'note', use, text, written: undefined});

const numbered = /^(\d+)\u2502(.*)$/;

/** What an agent was given of a file, with the numbers of the lines. */
const readLines = (use: FileUse, output: string): readonly FileLine[] =>
	linesIn(output.replaceAll(/^(\d+)\t/gm, '$1\u2502')).map(({drawn, written}): FileLine => {
		const [, number, text] = numbered.exec(drawn) ?? [];
		if (number === undefined || text === undefined) return {kind: 'note', use, text: drawn, written};
		const row: DiffRow = {kind: 'same', text, before: undefined, after: Number(number), words: []};
		return {kind: 'diff', use, row, written: numbered.exec(written)?.[2] ?? text};
	});

const changeLines = (use: FileUse, body: string): readonly FileLine[] => {
	const written = sanitiseToTake(body).split('\n');
	return diffRows(body).flatMap((row, i): readonly FileLine[] => {
		if (row.kind === 'file') return [];
		const line = written[i] ?? '';
		return [{kind: 'diff', use, row, written: row.kind === 'hunk' || row.kind === 'note' ? line : line.slice(1)}];
	});
};

/** What one call did to a file, line by line. */
export const linesOfPart = ({use, preview, output, problem}: FilePart): readonly FileLine[] => {
	if (problem !== undefined) return [remarkOf(use, `The history could not be read: ${problem}`)];
	if (use.how === 'read')
		return output === undefined ? [remarkOf(use, 'The history does not have what was read.')] : readLines(use, output);
	if (preview === undefined) return [remarkOf(use, 'The history does not have what was to be done.')];
	const unsure = use.how === 'maybe' ? [remarkOf(use, 'A crash hid whether this was written.')] : [];
	if (use.how === 'command')
		return [...notesOf(use, preview.body), remarkOf(use, 'Which files a command changes, if any, is not recorded.')];
	if (preview.format !== 'diff') return [...unsure, ...notesOf(use, preview.body || preview.title)];
	return [...unsure, ...changeLines(use, preview.body)];
};

/** All that was done to a file, one use after another. */
export const fileLines = ({parts, loading, earlier}: FileFeed): readonly FileLine[] => {
	if (loading) return [remarkOf(undefined, 'Reading the history …')];
	const before = earlier === 0 ? [] : [remarkOf(undefined, `… ${earlier} earlier uses are not shown`)];
	return [
		...before,
		...parts.flatMap((part): readonly FileLine[] => [{kind: 'use', use: part.use}, ...linesOfPart(part)]),
	];
};

/** Where the next hunk may begin: at the head of one, or where another use begins that has none. */
export const hunksIn = (lines: readonly FileLine[]): readonly number[] =>
	lines.flatMap((line, i) => {
		if (line.kind === 'diff') return line.row.kind === 'hunk' ? [i] : [];
		const next = lines[i + 1];
		return line.kind === 'use' && !(next?.kind === 'diff' && next.row.kind === 'hunk') ? [i] : [];
	});
