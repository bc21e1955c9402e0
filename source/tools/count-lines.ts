import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import type {Git} from '../workspace/git.ts';
import {resolvePlace} from '../workspace/jail.ts';
import {extensionOf, languageOf} from '../workspace/language.ts';
import {belowWords} from './below-words.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {listFilesBelow} from './files-below.ts';
import {done, failed} from './outcome.ts';
import {readEach} from './read-each.ts';
import type {Tool} from './tool.ts';

const fileBytesMax = 64 * 1024 * 1024;

type Tally = {files: number; lines: number};

/** Figures about files, so that a report can quote a tool instead of guessing. */
export const createCountLines = (git: Git): Tool =>
	defineWorkTool({
		name: 'count_lines',
		input: z.strictObject({
			path: z.string().default('.'),
			pattern: z.string().min(1).max(500).optional(),
			largest: z.int().min(0).max(100).default(10),
		}),
		weigh: async (input, site) => ({
			effect: 'read',
			preview: {
				title: cleanText(
					`Count lines${belowWords(input.path)}${input.pattern === undefined ? '' : `, files ${input.pattern}`}`,
				),
				body: '',
				format: 'text',
			},
			places: [await resolvePlace(site, input.path)],
		}),
		run: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			if ('words' in place) return failed(place.words);
			const below = await listFilesBelow({place, pattern: input.pattern, git, site});
			if (below === undefined) return failed(`${place.shown} does not exist. Use list_dir to find what is there.`);
			const kinds = {text: 0, binary: 0, missing: 0, other: 0};
			const languages = new Map<string, Tally>();
			const extensions = new Map<string, Tally>();
			const sizes: {readonly file: string; readonly lines: number; readonly bytes: number}[] = [];
			let lines = 0;
			// Protected files are counted, too: of them nothing leaves but two numbers, and the totals agree with git's.
			for await (const [file, content] of readEach(below.folder, below.files, fileBytesMax, site.abort)) {
				if (content.kind === 'missing') {
					kinds.missing += 1;
					continue;
				}
				const own = content.kind === 'text' ? newlinesIn(content.text) : 0;
				kinds[content.kind === 'text' || content.kind === 'binary' ? content.kind : 'other'] += 1;
				lines += own;
				add(languages, languageOf(file), own);
				const extension = extensionOf(file);
				add(extensions, extension === '' ? 'none' : `.${extension}`, own);
				if (content.kind === 'text') sizes.push({file: below.shown(file), lines: own, bytes: content.bytes});
			}
			if (site.abort.aborted) return failed('The count was stopped before its end.');
			const largest = sizes
				.sort((a, b) => b.lines - a.lines || b.bytes - a.bytes || (a.file < b.file ? -1 : 1))
				.slice(0, input.largest);
			const text = [
				`path: ${place.shown}`,
				...(input.pattern === undefined ? [] : [`pattern: ${input.pattern}`]),
				`files: ${below.files.length - kinds.missing}`,
				...(below.tracked === undefined || input.pattern !== undefined ? [] : [`tracked by git: ${below.tracked}`]),
				`text files: ${kinds.text}`,
				`binary files: ${kinds.binary}`,
				...(kinds.other > 0 ? [`links and others, not opened: ${kinds.other}`] : []),
				...(kinds.missing > 0 ? [`named by git but deleted: ${kinds.missing}`] : []),
				`lines: ${lines}`,
				...(below.isComplete ? [] : ['incomplete: there are more files than were counted; give a path']),
				'',
				'language | files | lines',
				...rows(languages),
				'',
				'extension | files | lines',
				...rows(extensions),
				...(largest.length === 0 ? [] : ['', 'largest text file | lines | bytes']),
				...largest.map(({file, lines, bytes}) => `${file} | ${lines} | ${bytes}`),
			].join('\n');
			return done(boundOutput(cleanText(text), {keep: 'head', rest: 'Narrow with path or pattern.'}));
		},
	});

/** As `wc -l` counts: newlines, so that a last line without one is not counted. */
const newlinesIn = (text: string): number => {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
	return count;
};

const add = (tallies: Map<string, Tally>, name: string, lines: number): void => {
	const tally = tallies.get(name) ?? {files: 0, lines: 0};
	tallies.set(name, {files: tally.files + 1, lines: tally.lines + lines});
};

const rows = (tallies: ReadonlyMap<string, Tally>): readonly string[] =>
	[...tallies]
		.sort(([nameA, a], [nameB, b]) => b.lines - a.lines || b.files - a.files || (nameA < nameB ? -1 : 1))
		.map(([name, {files, lines}]) => `${name} | ${files} | ${lines}`);
