import {join} from 'node:path';
import {z} from 'zod';
import {type Arrangement, paneSizes, usualArrangement} from '../../store/arrangement.ts';
import {panes} from '../../store/ui.ts';
import {readOwnJson, writeOwnJson} from './own-json.ts';
import type {Paths} from './paths.ts';

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
	const read = readOwnJson(fileOf(paths), schema);
	if (read === 'none') return {arrangement: usualArrangement, problem: undefined};
	if (read === 'unclear')
		return {
			arrangement: usualArrangement,
			problem: `${fileOf(paths)} cannot be understood: the panes are as usual.`,
		};
	const {sizes, hidden, full} = read;
	return {arrangement: {sizes, hidden, full}, problem: undefined};
};

/** Remembers an arrangement for the next window; what cannot be written is not worth a word. */
export const keepArrangement = (paths: Pick<Paths, 'state'>, arrangement: Arrangement): void => {
	try {
		writeOwnJson(fileOf(paths), {version: 1, ...arrangement});
	} catch {
		// The panes stay as they are for this window.
	}
};
