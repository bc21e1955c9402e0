import type {KeyBinding, KeyTable, Where} from './key-binding.ts';
import {agentsKeys} from './keys-agents.ts';
import {costsKeys} from './keys-costs.ts';
import {dialogsKeys} from './keys-dialogs.ts';
import {everywhereKeys} from './keys-everywhere.ts';
import {filesKeys} from './keys-files.ts';
import {findKeys} from './keys-find.ts';
import {homeKeys} from './keys-home.ts';
import {movingKeys} from './keys-moving.ts';
import {paletteKeys} from './keys-palette.ts';
import {panesKeys} from './keys-panes.ts';
import {planKeys} from './keys-plan.ts';
import {readingKeys} from './keys-reading.ts';
import {requestsKeys} from './keys-requests.ts';
import {rowsKeys} from './keys-rows.ts';
import {timeKeys} from './keys-time.ts';

/**
 * Every key of the program, by action, as it is without a person's own keys. This one table feeds matching, the footer,
 * the help, the palette and docs/keys.md. Keys that edit a text (arrows, Ctrl+A, Ctrl+W and the like) belong to the text
 * and are in `text-buffer.ts`.
 */
export const keyTable = {
	...everywhereKeys,
	...panesKeys,
	...paletteKeys,
	...findKeys,
	...movingKeys,
	...rowsKeys,
	...planKeys,
	...agentsKeys,
	...readingKeys,
	...filesKeys,
	...requestsKeys,
	...costsKeys,
	...timeKeys,
	...dialogsKeys,
	...homeKeys,
} as const satisfies KeyTable;

export type ActionId = keyof typeof keyTable;

export const isActionId = (id: string): id is ActionId => Object.hasOwn(keyTable, id);

/** All actions in the order of the table. */
export const actionIds: readonly ActionId[] = Object.keys(keyTable).filter(isActionId);

/** The keys that hold in a window. */
export type Keymap = {
	/** The row of an action. */
	readonly bindingOf: (id: ActionId) => KeyBinding;
	/** The action of a key in one layer. */
	readonly actionAt: (where: Where, key: string) => ActionId | undefined;
};

export const keymapOf = (table: Readonly<Record<ActionId, KeyBinding>>): Keymap => {
	const layers = new Map<Where, Map<string, ActionId>>();
	for (const id of actionIds)
		for (const {where, keys} of table[id].binds)
			for (const place of where) {
				const layer = layers.get(place) ?? new Map<string, ActionId>();
				for (const key of keys) if (!layer.has(key)) layer.set(key, id);
				layers.set(place, layer);
			}
	return {bindingOf: id => table[id], actionAt: (where, key) => layers.get(where)?.get(key)};
};

/** The keys of who has not chosen others. */
export const builtInKeys: Keymap = keymapOf(keyTable);
