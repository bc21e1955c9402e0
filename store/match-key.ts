import type {Context} from './context.ts';
import {contextKinds} from './context-kinds.ts';
import type {Where} from './key-binding.ts';
import {type ActionId, actionIds, type Keymap} from './keymap.ts';

/** Where a key is looked up, the nearest first. */
export const layersOf = (context: Context, inPast = false): readonly Where[] => {
	const past: readonly Where[] = inPast ? ['past'] : [];
	switch (contextKinds[context]) {
		case 'pane':
			return [...past, context, 'panes', 'views', 'anywhere'];
		case 'view':
			return [context, ...past, 'views', 'anywhere'];
		case 'home':
		case 'dialog':
		case 'text':
			return [context, 'anywhere'];
		default:
			return contextKinds[context] satisfies never;
	}
};

/** The action a key means in a context; undefined when it means none, and then it may be text. */
export const matchKey = (keymap: Keymap, context: Context, key: string, inPast = false): ActionId | undefined => {
	for (const layer of layersOf(context, inPast)) {
		const id = keymap.actionAt(layer, key);
		if (id !== undefined) return id;
	}
	return undefined;
};

type Reached = {readonly id: ActionId; readonly keys: readonly string[]};

const reachedIn = (keymap: Keymap, context: Context, inPast: boolean): readonly Reached[] => {
	const layers = layersOf(context, inPast);
	return actionIds.flatMap(id => {
		const binds = keymap.bindingOf(id).binds.filter(({where}) => where.some(place => layers.includes(place)));
		if (binds.length === 0) return [];
		const bound = [...new Set(binds.flatMap(({keys}) => keys))];
		const keys = bound.filter(key => matchKey(keymap, context, key, inPast) === id);
		// All its keys mean something nearer here.
		return keys.length === 0 && bound.length > 0 ? [] : [{id, keys}];
	});
};

/** Each frame asks a dozen times, and a keymap never changes. */
const known = new WeakMap<Keymap, Map<string, readonly Reached[]>>();

/** The actions that have their place in a context, each with the keys that reach it there, which may be none. */
export const actionsIn = (keymap: Keymap, context: Context, inPast = false): readonly Reached[] => {
	const byPlace = known.get(keymap) ?? new Map<string, readonly Reached[]>();
	known.set(keymap, byPlace);
	const place = `${context} ${inPast}`;
	const found = byPlace.get(place) ?? reachedIn(keymap, context, inPast);
	byPlace.set(place, found);
	return found;
};
