/** Readers of what the tools answer. They are patient: what does not look as expected is left out. */

type Row = readonly [name: string, first: number, second: number];

export type Count = {
	readonly files: number;
	readonly tracked: number | undefined;
	readonly text: number;
	readonly binary: number;
	readonly lines: number;
	readonly isComplete: boolean;
	/** True when git names files that are not there any more. */
	readonly isMissingSome: boolean;
	/** Files and lines of each. */
	readonly languages: readonly Row[];
	/** Lines and bytes of each. */
	readonly largest: readonly Row[];
};

/** Reads the answer of `count_lines`. */
export const readCount = (result: string): Count | undefined => {
	const [head = '', ...tables] = result.split('\n\n');
	const number = (name: string): number | undefined => {
		const found = new RegExp(`^${name}: (\\d+)$`, 'm').exec(head);
		return found === null ? undefined : Number(found[1]);
	};
	const rows = (title: string): readonly Row[] => {
		const at = tables.findIndex(table => table.startsWith(`${title} |`));
		const table = at < 0 ? '' : title === 'largest text file' ? tables.slice(at).join('\n') : (tables[at] ?? '');
		return table.split('\n').flatMap((line): readonly Row[] => {
			const found = /^(.+) \| (\d+) \| (\d+)$/.exec(line);
			return found === null ? [] : [[found[1] ?? '', Number(found[2]), Number(found[3])]];
		});
	};
	const [files, lines] = [number('files'), number('lines')];
	if (files === undefined || lines === undefined) return undefined;
	return {
		files,
		lines,
		tracked: number('tracked by git'),
		text: number('text files') ?? 0,
		binary: number('binary files') ?? 0,
		isComplete: !/^incomplete:/m.test(head),
		isMissingSome: number('named by git but deleted') !== undefined,
		languages: rows('language'),
		largest: rows('largest text file'),
	};
};

type Matches = {
	readonly count: number;
	readonly isComplete: boolean;
	/** As far as they are shown. */
	readonly names: readonly string[];
};

/** Reads the answer of `glob`. */
export const readMatches = (result: string): Matches | undefined => {
	if (/^No file matches /.test(result)) return {count: 0, isComplete: true, names: []};
	const [head = '', ...lines] = result.split('\n');
	const found = /^(more than )?(\d+) files match/.exec(head);
	if (found === null) return undefined;
	return {
		count: Number(found[2]),
		isComplete: found[1] === undefined,
		names: lines.filter(line => line !== '' && !line.startsWith('[… ')),
	};
};

export type Hits = {
	readonly lines: number;
	readonly files: number;
	readonly places: readonly {readonly file: string; readonly line: number; readonly text: string}[];
};

/** Reads the answer of `grep`. */
export const readHits = (result: string): Hits | undefined => {
	const [head = '', ...lines] = result.split('\n');
	const found = /^matching lines: (\d+) in (\d+) of /.exec(head);
	if (found === null) return undefined;
	return {
		lines: Number(found[1]),
		files: Number(found[2]),
		places: lines.flatMap(line => {
			const place = /^(.+?):(\d+):(.*)$/.exec(line);
			return place === null ? [] : [{file: place[1] ?? '', line: Number(place[2]), text: place[3] ?? ''}];
		}),
	};
};

type ReadFile = {
	readonly lineCount: number;
	readonly bytes: number;
	/** The lines that were shown, without their numbers. */
	readonly text: string;
};

/** Reads the answer of `read_file`. */
export const readFileText = (result: string): ReadFile | undefined => {
	const [head = '', ...lines] = result.split('\n');
	const found = /: (\d+) lines, (\d+) bytes[.;]/.exec(head);
	if (found === null) return undefined;
	const text = lines.flatMap(line => (/^\d+\t/.test(line) ? [line.slice(line.indexOf('\t') + 1)] : [])).join('\n');
	return {lineCount: Number(found[1]), bytes: Number(found[2]), text};
};

type Listing = {
	readonly folders: readonly string[];
	readonly files: readonly string[];
	readonly isComplete: boolean;
};

/** Reads the answer of `list_dir`. */
export const readListing = (result: string): Listing => {
	const lines = result.split('\n').slice(1);
	return {
		folders: lines.filter(line => line.endsWith('/')).map(line => line.slice(0, -1)),
		files: lines.flatMap(line => /^(.+) \d+ bytes$/.exec(line)?.[1] ?? []),
		isComplete: !/^\[/.test(lines.at(-1) ?? ''),
	};
};
