import type {KeyTable} from './key-binding.ts';

/** What the run costs, in full. */
export const costsKeys = {
	'costs.open': {
		title: 'open',
		text: 'Show all that is known of the cost: tokens by class, rate, projection, and who spent it.',
		group: 'Cost',
		hint: 2,
		binds: [{where: ['cost'], keys: ['enter']}],
	},
	'costs.next': {
		title: 'by what',
		text: 'Add up costs by step, agent, role, model or provider.',
		group: 'Cost',
		hint: 1,
		binds: [{where: ['costs'], keys: ['tab']}],
	},
	'costs.previous': {
		title: 'by what, backwards',
		text: 'Add up costs by what stands before.',
		group: 'Cost',
		hint: 0,
		binds: [{where: ['costs'], keys: ['shift+tab']}],
	},
	'costs.sort': {
		title: 'order',
		text: 'Sort by cost, tokens, turns or name.',
		group: 'Cost',
		hint: 2,
		binds: [{where: ['costs'], keys: ['s']}],
	},
} as const satisfies KeyTable;
