import type {Context} from './context.ts';
import type {KeyGroup} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import type {ActionId, Keymap} from './keymap.ts';
import {actionsIn, layersOf} from './match-key.ts';

/** Where a person is, and what can be done there. */
type HerePlace = {
	readonly keymap: Keymap;
	readonly context: Context;
	readonly inPast: boolean;
	/** Whether the action has a place in this window at all. */
	readonly has: (id: ActionId) => boolean;
	/** What it does here, in a word or two. */
	readonly word: (id: ActionId) => string;
	/** Why it cannot be done now, in words. */
	readonly disabled: (id: ActionId) => string | undefined;
};

type KeyHere = {
	readonly key: string;
	readonly title: string;
	readonly text: string;
	/** Why it cannot be done now. */
	readonly disabled: string | undefined;
};

export type KeysHere = readonly {readonly group: KeyGroup; readonly keys: readonly KeyHere[]}[];

/** Esc closes what lists the keys, so it is not one of them. */
const closing = 'esc';

/** The keys that mean something where the person is, by groups: those of this very place first. */
export const keysHere = ({keymap, context, inPast, has, word, disabled}: HerePlace): KeysHere => {
	const layers = layersOf(context, inPast);
	const found = actionsIn(keymap, context, inPast).flatMap(({id, keys}) => {
		const usable = keys.filter(key => key !== closing);
		const [first] = usable;
		const last = usable.at(-1);
		if (first === undefined || last === undefined || id === 'keys.here' || !has(id)) return [];
		const {text, group, byKey = false, binds} = keymap.bindingOf(id);
		const label = byKey && first !== last ? `${keyLabel(first)}–${keyLabel(last)}` : keyLabel(first);
		const near = Math.min(
			...binds.flatMap(({where}) => where.map(place => layers.indexOf(place)).filter(at => at >= 0)),
		);
		return [{group, near, row: {key: label, title: word(id), text, disabled: disabled(id)}}];
	});
	const groups = [...Map.groupBy(found, ({group}) => group)].map(([group, actions]) => ({
		group,
		near: Math.min(...actions.map(({near}) => near)),
		keys: actions.map(({row}) => row),
	}));
	// Of equals, moving about is what a person knows best.
	const rank = ({group, near}: (typeof groups)[number]): number => near + (group === 'Moving' ? 0.5 : 0);
	return groups.toSorted((a, b) => rank(a) - rank(b)).map(({group, keys}) => ({group, keys}));
};
