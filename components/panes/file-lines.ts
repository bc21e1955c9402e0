import type {FileFeed, FilePart} from '../../store/file-reader.ts';
import type {FileUse} from '../../store/file-use.ts';
import {sanitise} from '../text/sanitise.ts';
import {type DiffRow, diffRows} from './diff-rows.ts';

/** A logical line of a file that is looked at: of what was done to it, or about that. */
export type FileLine =
	| {readonly kind: 'use'; readonly use: FileUse}
	| {readonly kind: 'diff'; readonly use: FileUse; readonly row: DiffRow}
	| {readonly kind: 'note'; readonly use: FileUse | undefined; readonly text: string};

const notesOf = (use: FileUse, text: string): readonly FileLine[] =>
	sanitise(text)
		.trimEnd()
		.split('\n')
		.map(line => ({kind: 'note', use, text: line}));

/** What an agent was given of a file, with the numbers of the lines. */
const readLines = (use: FileUse, output: string): readonly FileLine[] =>
	sanitise(output.replaceAll(/^(\d+)\t/gm, '$1\u2502'))
		.trimEnd()
		.split('\n')
		.map((line): FileLine => {
			const [, number, text] = /^(\d+)\u2502(.*)$/.exec(line) ?? [];
			if (number === undefined || text === undefined) return {kind: 'note', use, text: line};
			const row: DiffRow = {kind: 'same', text, before: undefined, after: Number(number), words: []};
			return {kind: 'diff', use, row};
		});

const bodyOf = ({use, preview, output}: FilePart): readonly FileLine[] => {
	if (use.how === 'read')
		return output === undefined ? notesOf(use, 'The history does not have what was read.') : readLines(use, output);
	if (preview === undefined) return notesOf(use, 'The history does not have what was to be done.');
	const unsure = use.how === 'maybe' ? notesOf(use, 'A crash hid whether this was written.') : [];
	if (use.how === 'command')
		return notesOf(use, `${preview.body}\nWhich files a command changes, if any, is not recorded.`);
	if (preview.format !== 'diff') return [...unsure, ...notesOf(use, preview.body || preview.title)];
	const rows = diffRows(preview.body).filter(({kind}) => kind !== 'file');
	return [...unsure, ...rows.map((row): FileLine => ({kind: 'diff', use, row}))];
};

/** All that was done to a file, one use after another. */
export const fileLines = ({parts, loading, earlier}: FileFeed): readonly FileLine[] => {
	if (loading) return [{kind: 'note', use: undefined, text: 'Reading the history …'}];
	const before: readonly FileLine[] =
		earlier === 0 ? [] : [{kind: 'note', use: undefined, text: `… ${earlier} earlier uses are not shown`}];
	return [...before, ...parts.flatMap((part): readonly FileLine[] => [{kind: 'use', use: part.use}, ...bodyOf(part)])];
};

/** Where the next hunk may begin: at the head of one, or where another use begins that has none. */
export const hunksIn = (lines: readonly FileLine[]): readonly number[] =>
	lines.flatMap((line, i) => {
		if (line.kind === 'diff') return line.row.kind === 'hunk' ? [i] : [];
		const next = lines[i + 1];
		return line.kind === 'use' && !(next?.kind === 'diff' && next.row.kind === 'hunk') ? [i] : [];
	});
