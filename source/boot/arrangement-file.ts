import {mkdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {z} from 'zod';
import {type Arrangement, paneSizes, usualArrangement} from '../../store/arrangement.ts';
import {panes} from '../../store/ui.ts';
import {jsonText} from './json-text.ts';
import type {Paths} from './paths.ts';
import {replaceFile} from './replace-file.ts';

const schema = () =>
	z.strictObject({
		version: z.literal(1),
		sizes: z.record(z.enum(panes), z.enum(paneSizes)),
		// Somewhere the person must be.
		hidden: z.array(z.enum(panes)).max(panes.length - 1),
		full: z.boolean(),
	});

const fileOf = ({state}: Pick<Paths, 'state'>): string => join(state, 'panes.json');

/** How this user arranged the panes last, and a word when that cannot be understood. */
export const readArrangement = (
	paths: Pick<Paths, 'state'>,
): {readonly arrangement: Arrangement; readonly problem: string | undefined} => {
	let text: string;
	try {
		text = readFileSync(fileOf(paths), 'utf8');
	} catch {
		return {arrangement: usualArrangement, problem: undefined};
	}
	try {
		const {sizes, hidden, full} = schema().parse(JSON.parse(text));
		return {arrangement: {sizes, hidden, full}, problem: undefined};
	} catch {
		return {
			arrangement: usualArrangement,
			problem: `${fileOf(paths)} cannot be understood: the panes are as usual.`,
		};
	}
};

/** Remembers an arrangement for the next window; what cannot be written is not worth a word. */
export const keepArrangement = (paths: Pick<Paths, 'state'>, arrangement: Arrangement): void => {
	try {
		mkdirSync(dirname(fileOf(paths)), {recursive: true});
		replaceFile(fileOf(paths), `${jsonText({version: 1, ...arrangement}, 'page')}\n`, 0o600);
	} catch {
		// The panes stay as they are for this window.
	}
};
