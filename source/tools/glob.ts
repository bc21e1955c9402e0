import {lstat} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import type {Git} from '../workspace/git.ts';
import {resolvePlace} from '../workspace/jail.ts';
import {belowWords} from './below-words.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {listFilesBelow} from './files-below.ts';
import {done, failed} from './outcome.ts';
import type {Tool} from './tool.ts';

const filesMax = 1000;

/**
 * Our own rather than the SDK's `glob`: that one lists what `.gitignore` leaves out (builds, caches), walks without
 * end on patterns that start with `**`, and cuts at 200 without saying how many there are.
 */
export const createGlob = (git: Git): Tool =>
	defineWorkTool({
		name: 'glob',
		input: z.strictObject({pattern: z.string().min(1).max(500), path: z.string().default('.')}),
		weigh: async (input, site) => ({
			effect: 'read',
			preview: {title: cleanText(`Find files ${input.pattern}${belowWords(input.path)}`), body: '', format: 'text'},
			places: [await resolvePlace(site, input.path)],
		}),
		run: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			if ('words' in place) return failed(place.words);
			const below = await listFilesBelow({place, pattern: input.pattern, git, site});
			if (below === undefined) return failed(`${place.shown} does not exist. Use list_dir to find what is there.`);
			// Git still names files that were deleted and not yet committed.
			const there = await Promise.all(
				below.files.slice(0, filesMax).map(async file =>
					lstat(path.join(below.folder, file)).then(
						() => [below.shown(file)],
						() => [],
					),
				),
			);
			const names = there.flat();
			const matched = below.files.length - Math.min(below.files.length, filesMax) + names.length;
			if (matched === 0) return done(`No file matches ${cleanText(input.pattern)} in ${place.shown}.`);
			const head = `${below.isComplete ? '' : 'more than '}${matched} files match${matched > names.length ? `; the first ${names.length}` : ''}:`;
			return done(boundOutput(cleanText([head, ...names].join('\n')), {keep: 'head', rest: 'Use a narrower pattern.'}));
		},
	});
