import type {Where} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import type {ActionId, Keymap} from './keymap.ts';

/**
 * The key of an action as a sentence names it, wherever it works or in one place; an action without one is found by its
 * title.
 */
export const sayKey = ({bindingOf}: Keymap, id: ActionId, where?: Where): string => {
	const {binds, title} = bindingOf(id);
	const [key] = binds.flatMap(bind => (where === undefined || bind.where.includes(where) ? bind.keys : []));
	return key === undefined ? `“${title}” in the palette` : keyLabel(key);
};
