import type {KeyTable} from './key-binding.ts';

/** How the panes are arranged. */
export const panesKeys = {
	'pane.grow': {
		title: 'larger',
		text: 'Make the pane larger, at last as large as the window.',
		group: 'Panes',
		hint: 42,
		binds: [{where: ['panes'], keys: ['+']}],
	},
	'pane.shrink': {
		title: 'smaller',
		text: 'Make the pane smaller.',
		group: 'Panes',
		hint: 43,
		binds: [{where: ['panes'], keys: ['_']}],
	},
	'pane.hide': {
		title: 'hide',
		text: 'Hide the pane; its number shows it again.',
		group: 'Panes',
		hint: 44,
		binds: [{where: ['panes'], keys: ['H']}],
	},
	'pane.usual': {
		title: 'usual panes',
		text: 'Give all panes their usual sizes, and show those that are hidden.',
		group: 'Panes',
		hint: 0,
		binds: [{where: ['panes'], keys: ['=']}],
	},
	'pane.leaveFull': {
		title: 'all panes, all rows',
		text: 'Show the other panes beside the one that has the whole window; where they are shown, clear the filter of the pane.',
		group: 'Panes',
		hint: 0,
		binds: [{where: ['panes'], keys: ['esc']}],
	},
} as const satisfies KeyTable;
