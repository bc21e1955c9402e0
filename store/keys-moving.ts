import type {KeyTable, Where} from './key-binding.ts';

const rows: readonly Where[] = [
	'plan',
	'agents',
	'peek',
	'log',
	'event',
	'help',
	'transcript',
	'step',
	'files',
	'costs',
	'file',
	'fields',
	'approve',
	'home',
];
const pages: readonly Where[] = [...rows, 'requests', 'many'];

/** Moving through rows and text. */
export const movingKeys = {
	'move.up': {
		title: 'up',
		text: 'One row up.',
		group: 'Moving',
		hint: 0,
		binds: [
			{where: rows, keys: ['up', 'k']},
			{where: ['palette', 'find'], keys: ['up', 'ctrl+p']},
		],
	},
	'move.down': {
		title: 'down',
		text: 'One row down.',
		group: 'Moving',
		hint: 0,
		binds: [
			{where: rows, keys: ['down', 'j']},
			{where: ['palette', 'find'], keys: ['down', 'ctrl+n']},
		],
	},
	'move.pageUp': {
		title: 'page up',
		text: 'One page up.',
		group: 'Moving',
		hint: 0,
		binds: [
			{where: pages, keys: ['pageup', 'ctrl+u']},
			{where: ['palette', 'find'], keys: ['pageup']},
		],
	},
	'move.pageDown': {
		title: 'page down',
		text: 'One page down.',
		group: 'Moving',
		hint: 45,
		binds: [
			{where: pages, keys: ['pagedown', 'ctrl+d']},
			{where: ['palette', 'find'], keys: ['pagedown']},
		],
	},
	'move.first': {
		title: 'first',
		text: 'To the first row.',
		group: 'Moving',
		hint: 0,
		binds: [{where: pages, keys: ['g', 'home']}],
	},
	'move.last': {
		title: 'last',
		text: 'To the last row; the log and a transcript then follow what comes.',
		group: 'Moving',
		hint: 0,
		binds: [{where: pages, keys: ['G', 'end']}],
	},
	'item.open': {
		title: 'open',
		text: 'Open the transcript of the selected agent, or of the agent of the selected step, or the step itself.',
		group: 'Moving',
		hint: 11,
		binds: [{where: ['plan', 'agents', 'peek', 'step'], keys: ['enter']}],
	},
} as const satisfies KeyTable;
