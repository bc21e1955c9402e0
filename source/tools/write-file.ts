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
import {writeText} from './write-text.ts';

export const createWriteFile = (inTurn: InTurn): Tool =>
	defineWorkTool({
		name: 'write_file',
		input: z.strictObject({path: z.string(), content: z.string().max(fileBytesMax)}),
		weigh: async ({path, content}, site) => {
			const place = await resolvePlace(site, path);
			const title = cleanText(`Write ${path}`);
			if ('words' in place) return {effect: 'write', preview: {title, body: '', format: 'text'}, places: [place]};
			const unfit = unfitWords(place);
			if (unfit !== undefined)
				return {effect: 'write', preview: {title, body: '', format: 'text'}, places: [place], problem: unfit};
			const now = await readText(place.path, fileBytesMax);
			switch (now.kind) {
				case 'text':
				case 'missing':
					return {
						effect: 'write',
						preview: drawDiff('Write', place.shown, now.kind === 'text' ? now.text : undefined, content),
						places: [place],
					};
				case 'binary':
				case 'too_large':
					return {
						effect: 'write',
						preview: {title, body: `Replaces a file of ${now.bytes} bytes that cannot be shown.`, format: 'text'},
						places: [place],
					};
				case 'folder':
				case 'special':
				case 'unreadable':
					return {
						effect: 'write',
						preview: {title, body: '', format: 'text'},
						places: [place],
						problem: `${place.shown} is there and is no file that can be written. Choose another path.`,
					};
				default:
					return now satisfies never;
			}
		},
		run: async ({path, content}, site) => {
			const place = await resolvePlace(site, path);
			if ('words' in place) return failed(place.words);
			const unfit = unfitWords(place);
			if (unfit !== undefined) return failed(unfit);
			const problem = await inTurn(place.path, () => writeText(site[place.kind], place.path, content));
			if (problem !== undefined) return failed(cleanText(`${place.shown} was not written: ${problem}`));
			const lines = content.split('\n').length - (content.endsWith('\n') || content === '' ? 1 : 0);
			return done(`Wrote ${place.shown}: ${lines} lines, ${Buffer.byteLength(content)} bytes.`, [
				{path: place.path, how: 'written'},
			]);
		},
	});

/** Files that hold no text: one that is written as text is broken, and some would be run or loaded. */
const unfit =
	/\.(exe|dll|so|dylib|node|o|a|class|jar|pyc|wasm|bin|zip|gz|tgz|bz2|xz|7z|rar|tar|png|jpe?g|gif|webp|ico|pdf|mp[34]|mov|woff2?|ttf|otf|sqlite3?|db|doc|docx|xlsx?|pptx?)$/i;

const unfitWords = ({shown}: Place): string | undefined =>
	unfit.test(shown)
		? `${shown} has the name of a file that holds no text. Choose another name, or make it with run_command.`
		: undefined;
