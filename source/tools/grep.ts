import {z} from 'zod';
import {isProtectedPath} from '../domain/protected-path.ts';
import {cleanText} from '../workspace/clean-text.ts';
import type {Git} from '../workspace/git.ts';
import {resolvePlace} from '../workspace/jail.ts';
import {belowWords} from './below-words.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {listFilesBelow} from './files-below.ts';
import {createLineSearch} from './line-search.ts';
import {done, failed} from './outcome.ts';
import {readEach} from './read-each.ts';
import type {Tool} from './tool.ts';

const fileBytesMax = 4 * 1024 * 1024;
const shownMax = 1000;
/** Of a long line, what lies around the match. */
const beforeMatch = 80;
const lineCharactersMax = 300;

/**
 * Our own rather than the SDK's `grep`: that one starts `rg` by itself where there is one, behaves otherwise where
 * there is none (this one is the same everywhere), searches ignored and key files, and does not count.
 */
export const createGrep = (git: Git): Tool =>
	defineWorkTool({
		name: 'grep',
		input: z.strictObject({
			pattern: z.string().min(1).max(1000),
			path: z.string().default('.'),
			glob: z.string().min(1).max(500).optional(),
			ignore_case: z.boolean().default(false),
			max_results: z.int().min(0).max(shownMax).default(200),
		}),
		weigh: async (input, site) => ({
			effect: 'read',
			preview: {
				title: cleanText(
					`Search for ${input.pattern}${belowWords(input.path)}${input.glob === undefined ? '' : `, files ${input.glob}`}`,
				),
				body: '',
				format: 'text',
			},
			places: [await resolvePlace(site, input.path)],
		}),
		run: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			if ('words' in place) return failed(place.words);
			await using search = createLineSearch({
				pattern: input.pattern,
				ignoreCase: input.ignore_case,
				abort: site.abort,
			});
			if (search === undefined)
				return failed(
					`${cleanText(input.pattern)} is not a regular expression of JavaScript. Escape ( ) [ ] { } . * + ? ^ $ | \\ when they stand for themselves.`,
				);
			const below = await listFilesBelow({place, pattern: input.glob, git, site});
			if (below === undefined) return failed(`${place.shown} does not exist. Use list_dir to find what is there.`);
			const lines: string[] = [];
			const counts = {matches: 0, withMatches: 0, searched: 0, binary: 0, large: 0};
			const open = below.files.filter(file => !isProtectedPath(file));
			for await (const [file, content] of readEach(below.folder, open, fileBytesMax, site.abort)) {
				if (content.kind === 'binary') counts.binary += 1;
				if (content.kind === 'too_large') counts.large += 1;
				if (content.kind !== 'text') continue;
				counts.searched += 1;
				// What is searched is what may be seen: patterns would else spell out a secret letter by letter.
				const text = site.redact(content.text);
				const hits = await search.find(text);
				if (site.abort.aborted) break;
				if (hits === undefined)
					return failed(
						`The search took too long and was given up at ${below.shown(file)}, file ${counts.searched} of ${open.length}. Use a simpler pattern, without nested repetitions such as (a+)+, or narrow with path or glob.`,
					);
				if (hits.length === 0) continue;
				counts.matches += hits.length;
				counts.withMatches += 1;
				if (lines.length >= input.max_results) continue;
				const all = text.split(/\r?\n/);
				for (const [number, column] of hits.slice(0, input.max_results - lines.length))
					lines.push(`${below.shown(file)}:${number}:${around(all[number - 1] ?? '', column)}`);
			}
			if (site.abort.aborted) return failed('The search was stopped before its end.');
			const skipped = [
				[counts.binary, 'not text'] as const,
				[counts.large, 'too large'] as const,
				[below.files.length - open.length, 'protected'] as const,
			].flatMap(([count, why]) => (count > 0 ? [`${count} ${why}`] : []));
			const head = [
				`matching lines: ${counts.matches} in ${counts.withMatches} of ${counts.searched} files searched`,
				...(lines.length < counts.matches ? [`showing the first ${lines.length}`] : []),
				...(skipped.length > 0 ? [`not searched: ${skipped.join(', ')}`] : []),
				...(below.isComplete ? [] : ['there are more files than were searched: give a path']),
			].join('; ');
			return done(
				boundOutput(cleanText([head, ...lines].join('\n')), {
					keep: 'head',
					rest: 'Narrow with path or glob, or lower max_results.',
				}),
			);
		},
	});

const around = (line: string, column: number): string => {
	if (line.length <= lineCharactersMax) return line;
	const start = Math.max(0, column - beforeMatch);
	const end = start + lineCharactersMax;
	return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
};
