import type {Where} from './key-binding.ts';
import {type ActionId, actionIds, bindingOf} from './keymap.ts';
import {type Context, panes} from './ui.ts';

/** Where a key is looked up, the nearest first. */
export const layersOf = (context: Context): readonly Where[] =>
	panes.some(pane => pane === context) ? [context, 'panes', 'anywhere'] : [context, 'anywhere'];

/** The keys of an action in one layer. */
export const keysIn = (id: ActionId, where: Where): readonly string[] =>
	bindingOf(id).binds.flatMap(bind => (bind.where.includes(where) ? bind.keys : []));

/** The actions that can be reached in a context, each with the keys that reach it. */
export const actionsIn = (context: Context): readonly {readonly id: ActionId; readonly keys: readonly string[]}[] => {
	const layers = layersOf(context);
	return actionIds.flatMap(id => {
		const keys = layers.flatMap(layer => keysIn(id, layer)).filter(key => matchKey(context, key) === id);
		return keys.length > 0 ? [{id, keys}] : [];
	});
};

/** The action a key means in a context; undefined when it means none, and then it may be text. */
export const matchKey = (context: Context, key: string): ActionId | undefined => {
	for (const layer of layersOf(context)) {
		const id = actionIds.find(action => keysIn(action, layer).includes(key));
		if (id !== undefined) return id;
	}
	return undefined;
};
