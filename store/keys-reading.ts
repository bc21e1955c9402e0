import type {KeyTable} from './key-binding.ts';

/** Reading the log and a transcript. */
export const readingKeys = {
	'log.follow': {
		title: 'follow',
		text: 'Follow the newest events, or stay where you are.',
		group: 'Log',
		hint: 2,
		binds: [{where: ['log'], keys: ['f']}],
	},
	'log.details': {
		title: 'details',
		text: 'Show every request, verdict and reply as well, or only what matters to a person.',
		group: 'Log',
		hint: 4,
		binds: [{where: ['log'], keys: ['v']}],
	},
	'log.filter': {
		title: 'filter',
		text: 'Show only events that have a text in them. Enter keeps the filter, Esc clears it.',
		group: 'Log',
		hint: 3,
		binds: [{where: ['log'], keys: ['/']}],
	},
	'filter.keep': {
		title: 'keep',
		text: 'Keep the filter and go back to the log.',
		group: 'Log',
		hint: 1,
		binds: [{where: ['filter'], keys: ['enter']}],
	},
	'search.open': {
		title: 'search',
		text: 'Search in the transcript.',
		group: 'Transcript',
		hint: 2,
		binds: [{where: ['transcript'], keys: ['/']}],
	},
	'search.start': {
		title: 'search',
		text: 'Go to the last match.',
		group: 'Transcript',
		hint: 1,
		binds: [{where: ['search'], keys: ['enter']}],
	},
	'search.next': {
		title: 'next match',
		text: 'Go to the next match, downwards.',
		group: 'Transcript',
		hint: 3,
		binds: [{where: ['transcript'], keys: ['n']}],
	},
	'search.previous': {
		title: 'previous match',
		text: 'Go to the previous match, upwards.',
		group: 'Transcript',
		hint: 4,
		binds: [{where: ['transcript'], keys: ['N']}],
	},
} as const satisfies KeyTable;
