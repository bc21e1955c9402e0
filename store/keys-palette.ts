import type {KeyTable} from './key-binding.ts';

/** Every action by its name. */
export const paletteKeys = {
	'palette.open': {
		title: 'all actions',
		text: 'Find an action by its words and run it, or see why it cannot be done and where it works.',
		group: 'Everywhere',
		hint: 48,
		opensText: true,
		binds: [{where: ['views', 'home'], keys: ['ctrl+p', ':']}],
	},
	'palette.run': {
		title: 'run',
		text: 'Close the palette and do what its key would have done.',
		group: 'Dialogs',
		hint: 1,
		binds: [{where: ['palette'], keys: ['enter']}],
	},
} as const satisfies KeyTable;
