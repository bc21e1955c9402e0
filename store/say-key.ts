import {keyLabel} from './key-label.ts';
import type {ActionId, Keymap} from './keymap.ts';

/** The key of an action as a sentence names it; an action without one is found by its title. */
export const sayKey = ({bindingOf}: Keymap, id: ActionId): string => {
	const {binds, title} = bindingOf(id);
	const [key] = binds.flatMap(({keys}) => keys);
	return key === undefined ? `“${title}” in the palette` : keyLabel(key);
};
