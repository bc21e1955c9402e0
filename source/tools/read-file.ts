import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {resolvePlace} from '../workspace/jail.ts';
import {readText} from '../workspace/read-text.ts';
import {outputCharactersMax} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {done, failed} from './outcome.ts';
import type {Tool} from './tool.ts';
import {unreadableWords} from './unreadable-words.ts';

/** The most a file may weigh to be read or edited. */
export const fileBytesMax = 10 * 1024 * 1024;
const lineCharactersMax = 2000;

/**
 * Our own rather than the SDK's `read`: that one numbers no lines, sends a whole file of 256 KB to the model, reads
 * key files, and passes terminal control characters on.
 */
export const createReadFile = (): Tool =>
	defineWorkTool({
		name: 'read_file',
		input: z.strictObject({
			path: z.string(),
			from_line: z.int().min(1).optional(),
			to_line: z.int().min(1).optional(),
		}),
		weigh: async ({path, from_line, to_line}, site) => ({
			effect: 'read',
			preview: {
				title: cleanText(
					from_line === undefined && to_line === undefined
						? `Read ${path}`
						: `Read ${path}, lines ${from_line ?? 1} to ${to_line ?? 'the end'}`,
				),
				body: '',
				format: 'text',
			},
			places: [await resolvePlace(site, path)],
		}),
		run: async ({path, from_line = 1, to_line}, site) => {
			const place = await resolvePlace(site, path);
			if ('words' in place) return failed(place.words);
			const file = await readText(place.path, fileBytesMax);
			if (file.kind !== 'text') return failed(unreadableWords(place.shown, file));
			const lines = linesOf(site.redact(file.text));
			const touched = [{path: place.path, how: 'read'} as const];
			const size = `${place.shown}: ${lines.length} lines, ${file.bytes} bytes`;
			if (lines.length === 0) return done(`${size}. The file is empty.`, touched);
			if (from_line > lines.length) return failed(`${size}. There is no line ${from_line}.`);
			const shown: string[] = [];
			let characters = 0;
			for (const line of lines.slice(from_line - 1, to_line)) {
				const numbered = `${from_line + shown.length}\t${clip(cleanText(line))}`;
				characters += numbered.length + 1;
				if (characters > outputCharactersMax - 500) break;
				shown.push(numbered);
			}
			const last = from_line + shown.length - 1;
			const isCut = last < Math.min(to_line ?? lines.length, lines.length);
			const rest = isCut ? `\n[cut at line ${last} of ${lines.length}: read on with from_line ${last + 1}]` : '';
			return done(`${size}; lines ${from_line} to ${last}:\n${shown.join('\n')}${rest}`, touched);
		},
	});

/** A newline at the end ends the last line and begins none. */
const linesOf = (text: string): readonly string[] => {
	const lines = text.split(/\r?\n/);
	return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

const clip = (line: string): string =>
	line.length <= lineCharactersMax
		? line
		: `${line.slice(0, lineCharactersMax).toWellFormed()} [… ${line.length - lineCharactersMax} more characters in this line]`;
