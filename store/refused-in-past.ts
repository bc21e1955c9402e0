import type {Keymap} from './keymap.ts';
import {sayKey} from './say-key.ts';

/** Why a command is refused while the past is looked at. */
export const refusedInPast = (keymap: Keymap): string =>
	`This is the past, where nothing can be done: ${sayKey(keymap, 'time.travel')} goes back to the present.`;
