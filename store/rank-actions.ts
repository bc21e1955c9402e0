import type {Context} from './context.ts';
import type {PaletteRow} from './facts.ts';
import {keyLabel} from './key-label.ts';
import {type ActionId, actionIds, type Keymap} from './keymap.ts';
import {actionsIn} from './match-key.ts';

/** Where a palette was opened, and what can be done there. */
export type PalettePlace = {
	readonly keymap: Keymap;
	readonly context: Context;
	/** The window shows the past. */
	readonly inPast: boolean;
	/** What an action that has its place here does, in a word or two. */
	readonly word: (id: ActionId) => string;
	/** Why it cannot be done now. */
	readonly disabled: (id: ActionId) => string | undefined;
	/** Where one that has none works, in words. */
	readonly elsewhere: (id: ActionId) => string;
};

/** Behind all actions that the footer offers. */
const hintsMax = 1000;

/** Whether the letters stand in the text in this order. */
const isSubsequence = (letters: string, text: string): boolean => {
	let at = 0;
	for (const letter of letters) {
		at = text.indexOf(letter, at) + 1;
		if (at === 0) return false;
	}
	return true;
};

const wordStarts = (text: string, word: string): boolean => ` ${text}`.includes(` ${word}`);

type Words = Pick<PaletteRow, 'title' | 'text' | 'group'>;

/** How far a word is from an action, 0 the nearest; undefined when it has nothing to do with it. */
const distance = (word: string, {title, text, group}: Words): number | undefined => {
	const name = title.toLowerCase();
	const ways = [
		name.startsWith(word),
		wordStarts(name, word),
		name.includes(word),
		wordStarts(group.toLowerCase(), word),
		wordStarts(text.toLowerCase(), word),
		isSubsequence(word, name),
	];
	const way = ways.indexOf(true);
	return way === -1 ? undefined : way;
};

/** How far all words of a query together are from an action; each of them must fit. Of equals, the shortest is meant. */
const distanceOf = (query: string, words: Words): number | undefined =>
	query
		.trim()
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '')
		.map(word => distance(word, words))
		.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), words.title.length / 1000);

/**
 * Every action that fits a query: first those that have their place where the palette was opened, then all others; of
 * no query, in the order in which the footer offers them.
 */
export const rankActions = (place: PalettePlace, query: string): readonly PaletteRow[] => {
	const {keymap, context, inPast} = place;
	const reached = new Map(actionsIn(keymap, context, inPast).map(({id, keys}) => [id, keys]));
	const rows = actionIds.flatMap(id => {
		const {title: name, text, group, hint, binds, byKey = false} = keymap.bindingOf(id);
		const here = reached.get(id);
		const title = here === undefined ? name : place.word(id);
		// Who knows its usual name finds it by that, too.
		const far = distanceOf(query, {title, text, group}) ?? distanceOf(query, {title: name, text, group});
		if (far === undefined) return [];
		const keys = here ?? [...new Set(binds.flatMap(bind => bind.keys))];
		const disabled =
			here === undefined
				? place.elsewhere(id)
				: (place.disabled(id) ?? (byKey ? 'Press its key itself: each does another thing.' : undefined));
		const row: PaletteRow = {
			id,
			title,
			text,
			group,
			keys: keys.map(keyLabel),
			press: keys[0] ?? '',
			here: here !== undefined,
			disabled,
		};
		return [{row, far: query === '' ? hint || hintsMax : far}];
	});
	return rows
		.toSorted(
			(a, b) =>
				Number(b.row.here) - Number(a.row.here) ||
				a.far - b.far ||
				Number(a.row.disabled !== undefined) - Number(b.row.disabled !== undefined),
		)
		.map(({row}) => row);
};
