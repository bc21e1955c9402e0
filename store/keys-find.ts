import type {KeyTable} from './key-binding.ts';

/** Words in everything that was said and done. */
export const findKeys = {
	'find.open': {
		title: 'search everything',
		text: 'Look for words in all that was said and done, in this run or in all: "in this order", begin*.',
		group: 'Everywhere',
		hint: 47,
		opensText: true,
		binds: [{where: ['panes', 'transcript', 'home'], keys: ['ctrl+f']}],
	},
	'find.go': {
		title: 'open the place',
		text: 'Open what was found: the transcript at it, or the log where it is about the run or a step; of another run, its window there.',
		group: 'Dialogs',
		hint: 1,
		binds: [{where: ['find'], keys: ['enter']}],
	},
	'find.scope': {
		title: 'this run or all',
		text: 'Search this run only, or all runs.',
		group: 'Dialogs',
		hint: 2,
		binds: [{where: ['find'], keys: ['tab']}],
	},
} as const satisfies KeyTable;
