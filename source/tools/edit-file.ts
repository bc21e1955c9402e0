import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {type Place, resolvePlace} from '../workspace/jail.ts';
import {readText} from '../workspace/read-text.ts';
import {defineWorkTool} from './define-tool.ts';
import {drawDiff} from './draw-diff.ts';
import type {InTurn} from './in-turn.ts';
import {done, failed} from './outcome.ts';
import {fileBytesMax} from './read-file.ts';
import type {Tool} from './tool.ts';
import {unreadableWords} from './unreadable-words.ts';
import {writeText} from './write-text.ts';

const inputSchema = z.strictObject({
	path: z.string(),
	old_string: z.string().min(1),
	new_string: z.string(),
	replace_all: z.boolean().default(false),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Our own rather than the SDK's `edit`: what a person approved in the preview and what is done must come from the same
 * few lines, and that one writes a file back with every byte that is no UTF-8 replaced.
 */
export const createEditFile = (inTurn: InTurn): Tool =>
	defineWorkTool({
		name: 'edit_file',
		input: inputSchema,
		weigh: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			const preview = {title: cleanText(`Edit ${input.path}`), body: '', format: 'text'} as const;
			if ('words' in place) return {effect: 'write', preview, places: [place]};
			const edit = await prepareEdit(place, input);
			if ('problem' in edit) return {effect: 'write', preview, places: [place], problem: edit.problem};
			return {effect: 'write', preview: drawDiff('Edit', place.shown, edit.before, edit.after), places: [place]};
		},
		run: async (input, site) => {
			const place = await resolvePlace(site, input.path);
			if ('words' in place) return failed(place.words);
			return inTurn(place.path, async () => {
				const edit = await prepareEdit(place, input);
				if ('problem' in edit) return failed(edit.problem);
				const problem = await writeText(site[place.kind], place.path, edit.after);
				if (problem !== undefined) return failed(cleanText(`${place.shown} was not written: ${problem}`));
				return done(`Edited ${place.shown}: ${edit.count} ${edit.count === 1 ? 'place' : 'places'} replaced.`, [
					{path: place.path, how: 'written'},
				]);
			});
		},
	});

type Edit = {readonly before: string; readonly after: string; readonly count: number} | {readonly problem: string};

const prepareEdit = async (place: Place, input: Input): Promise<Edit> => {
	const file = await readText(place.path, fileBytesMax);
	if (file.kind !== 'text') return {problem: unreadableWords(place.shown, file)};
	if (!file.isExact)
		return {
			problem: `${place.shown} is not UTF-8 throughout: an edit would change bytes elsewhere in it. Use run_command.`,
		};
	const before = file.text;
	// Agents see and write plain newlines; in a file with Windows line ends they mean those.
	const native = (text: string): string =>
		before.includes('\r\n') && !before.includes(input.old_string) ? text.replaceAll(/\r?\n/g, '\r\n') : text;
	const [from, to] = [native(input.old_string), native(input.new_string)];
	if (from === to) return {problem: 'old_string and new_string are the same: there is nothing to change.'};
	const parts = before.split(from);
	const count = parts.length - 1;
	if (count === 0)
		return {
			problem: `old_string is not in ${place.shown}. It must be given exactly, with its spaces and without line numbers: read the file again.`,
		};
	if (count > 1 && !input.replace_all)
		return {
			problem: `old_string is ${count} times in ${place.shown}. Give more of the lines around it, or set replace_all.`,
		};
	return {before, after: parts.join(to), count};
};
