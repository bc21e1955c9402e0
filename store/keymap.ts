import type {KeyBinding, KeyTable} from './key-binding.ts';
import {agentsKeys} from './keys-agents.ts';
import {dialogsKeys} from './keys-dialogs.ts';
import {everywhereKeys} from './keys-everywhere.ts';
import {movingKeys} from './keys-moving.ts';
import {planKeys} from './keys-plan.ts';
import {readingKeys} from './keys-reading.ts';
import {requestsKeys} from './keys-requests.ts';

/**
 * Every key of the program, by action. This one table feeds matching, the footer, the help and docs/keys.md. Keys that
 * edit a text (arrows, Ctrl+A, Ctrl+W and the like) belong to the text and are in `text-buffer.ts`.
 */
export const keymap = {
	...everywhereKeys,
	...movingKeys,
	...planKeys,
	...agentsKeys,
	...readingKeys,
	...requestsKeys,
	...dialogsKeys,
} as const satisfies KeyTable;

export type ActionId = keyof typeof keymap;

const isActionId = (id: string): id is ActionId => id in keymap;

/** All actions in the order of the table. */
export const actionIds: readonly ActionId[] = Object.keys(keymap).filter(isActionId);

/** The row of an action. */
export const bindingOf = (id: ActionId): KeyBinding => keymap[id];
