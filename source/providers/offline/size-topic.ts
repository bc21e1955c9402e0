import {amount, labelPart, listed} from './figure.ts';
import type {Fact, Look, Topic} from './look.ts';
import {type Count, readCount, readListing, readMatches} from './read-result.ts';

const languagesMax = 14;
const foldersMax = 5;

export const totalsOf = (count: Count): readonly Fact[] => [
	['Files', count.isComplete ? `${count.files}` : `more than ${count.files}`],
	...(count.tracked === undefined ? [] : [['Files tracked by git', `${count.tracked}`] as const]),
	['Lines', count.isComplete ? `${count.lines}` : `more than ${count.lines}`],
	['Text files', `${count.text}`],
	['Binary files', `${count.binary}`],
];

const filesAndLines = (files: number, lines: number): string => `${amount(files, 'file')}, ${amount(lines, 'line')}`;

const globAll: Look = {
	tool: 'glob',
	input: {pattern: '*'},
	why: 'count the files by their names, with another tool',
	read: result => {
		const matches = readMatches(result);
		return matches === undefined ? [] : [['Files', `${matches.count}`]];
	},
};

/** Every file of the project: totals, languages, the largest. */
export const countAll: Look = {
	tool: 'count_lines',
	input: {largest: 10},
	why: 'count all files and lines',
	read: result => {
		const count = readCount(result);
		if (count === undefined) return [];
		return [
			...totalsOf(count),
			...count.languages
				.slice(0, languagesMax)
				.map(([name, files, lines]): Fact => [`Language ${labelPart(name)}`, filesAndLines(files, lines)]),
			...count.largest.map(
				([file, lines, bytes]): Fact => [`Largest file ${labelPart(file)}`, `${amount(lines, 'line')}, ${bytes} bytes`],
			),
		];
	},
	otherwise: globAll,
};

/** What lies at the top of the folder, ignored files included. */
export const listTop: Look = {
	tool: 'list_dir',
	input: {path: '.'},
	why: 'list what lies at the top',
	read: result => {
		const {folders, files, isComplete} = readListing(result);
		const shown = (names: readonly string[]): string =>
			isComplete ? listed(names, 20) : `among the first entries ${listed(names, 20)}`;
		return [
			['Folders at the top', shown(folders)],
			['Files at the top', shown(files)],
		];
	},
};

/** Builds, caches and what others wrote: not what the folder is about. */
const aside = new Set(['node_modules', 'dist', 'build', 'out', 'target', 'vendor', 'coverage', 'venv', '__pycache__']);

/** Folders whose name needs no escape in a pattern, ignored ones included: those count as empty and are left out. */
const countFolder = (folder: string): Look => ({
	tool: 'count_lines',
	input: {pattern: `/${folder}/`, largest: 0},
	why: `count what is in ${folder}/`,
	read: result => {
		const count = readCount(result);
		if (count === undefined || count.files === 0) return [];
		return [[`Folder ${folder}/`, filesAndLines(count.files, count.lines)]];
	},
});

/** Languages, sizes, the largest files and folders. */
export const sizeTopic: Topic = answer => {
	const top = answer(listTop);
	const folders = top === undefined ? [] : readListing(top).folders;
	return [
		countAll,
		listTop,
		...folders
			.filter(name => /^[\w@][\w.@-]*$/.test(name) && !aside.has(name))
			.slice(0, foldersMax)
			.map(countFolder),
	];
};

/** The number of files by a second tool, against which the first is held. */
export const crossCheckTopic: Topic = answer => {
	const counted = answer(countAll);
	const count = counted === undefined ? undefined : readCount(counted);
	// Of files that were deleted and not committed, the two tools do not think alike.
	return count === undefined || count.isMissingSome || !count.isComplete ? [] : [globAll];
};
