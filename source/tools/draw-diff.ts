import {FILE_HEADERS_ONLY, formatPatch, structuredPatch} from 'diff';
import type {Preview} from '../domain/call.ts';
import {cleanText} from '../workspace/clean-text.ts';
import {boundOutput} from './bound-output.ts';

/** A preview is stored with its call and read by a person: beyond this nobody reads. */
const previewCharactersMax = 12_000;
/** Of a text that replaces another as a whole, enough to see what kind of text it is. */
const replacementCharactersMax = 4000;
/**
 * Two texts that differ by more lines are shown as one replacing the other. Comparing takes time by the square of the
 * difference, on the thread that draws the window: this is some 70 ms, four times as much would be a second.
 */
const editLengthMax = 1000;

/** What a change does to a file, as a unified diff. `before` is undefined for a new file. */
export const drawDiff = (verb: string, shown: string, before: string | undefined, after: string): Preview => {
	const patch = structuredPatch(before === undefined ? '/dev/null' : shown, shown, before ?? '', after, '', '', {
		context: 3,
		// Against nothing there is nothing to compare.
		...(before === undefined ? {} : {maxEditLength: editLengthMax}),
	});
	const kind = before === undefined ? 'new file, ' : '';
	if (patch === undefined) {
		const [from, to] = [before ?? '', after].map(text => text.split('\n').length);
		const ends = boundOutput(after, {
			keep: 'ends',
			rest: 'The middle is not shown.',
			charactersMax: replacementCharactersMax,
		});
		return {
			title: cleanText(`${verb} ${shown}`),
			body: `The whole file is replaced: ${from} lines become ${to}.\n\n${cleanText(ends)}`,
			format: 'text',
		};
	}
	const changed = patch.hunks.flatMap(hunk => hunk.lines);
	const [added, removed] = ['+', '-'].map(mark => changed.filter(line => line.startsWith(mark)).length);
	return {
		title: cleanText(`${verb} ${shown} (${kind}+${added} −${removed})`),
		body: boundOutput(cleanText(formatPatch(patch, FILE_HEADERS_ONLY)), {
			keep: 'head',
			rest: 'The rest of the change is not shown.',
			charactersMax: previewCharactersMax,
		}),
		format: 'diff',
	};
};
