import {lstat, readdir} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {resolvePlace} from '../workspace/jail.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {done, failed} from './outcome.ts';
import type {Tool} from './tool.ts';

const entriesMax = 500;

/** What lies in one folder, ignored files included: the place to look when `glob`, which leaves them out, is silent. */
export const createListDir = (): Tool =>
	defineWorkTool({
		name: 'list_dir',
		input: z.strictObject({path: z.string().default('.')}),
		weigh: async (input, site) => ({
			effect: 'read',
			preview: {title: cleanText(`List ${input.path}`), body: '', format: 'text'},
			places: [await resolvePlace(site, input.path)],
		}),
		run: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			if ('words' in place) return failed(place.words);
			const entries = await readdir(place.path, {withFileTypes: true}).catch(
				(error: NodeJS.ErrnoException) => error.code,
			);
			if (!Array.isArray(entries))
				return failed(
					entries === 'ENOTDIR'
						? `${place.shown} is a file, not a folder. Read it with read_file.`
						: `${place.shown} could not be listed (${entries}). List the folder above it to see what is there.`,
				);
			const visible = entries.filter(entry => entry.name !== '.git');
			const lines = await Promise.all(
				visible
					.sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || (a.name < b.name ? -1 : 1))
					.slice(0, entriesMax)
					.map(async entry => {
						if (entry.isDirectory()) return `${entry.name}/`;
						if (entry.isSymbolicLink()) return `${entry.name} (link)`;
						if (!entry.isFile()) return `${entry.name} (not a regular file)`;
						const stats = await lstat(path.join(place.path, entry.name)).catch(() => undefined);
						return stats === undefined ? entry.name : `${entry.name} ${stats.size} bytes`;
					}),
			);
			const more =
				visible.length > entriesMax ? `\n[the first ${entriesMax} of ${visible.length}: narrow with glob]` : '';
			const text = `${place.shown}: ${visible.length} entries\n${lines.join('\n')}${more}`;
			return done(boundOutput(cleanText(text), {keep: 'head', rest: 'Narrow with glob.'}));
		},
	});
