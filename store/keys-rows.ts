import type {KeyTable, Where} from './key-binding.ts';

/** Lists that can be hundreds of rows long. */
const lists: readonly Where[] = ['plan', 'agents'];

/** Finding rows of the plan and of the agents. */
export const rowsKeys = {
	'rows.filter': {
		title: 'filter',
		text: 'Show only some rows: words of name, role, title and state, and s:working,failed a:scout-1 r:scout. States: you, working, waiting, blocked, queued, paused, failed, done, stopped, and the words that stand in rows. Enter keeps the filter, Esc clears it.',
		group: 'Moving',
		hint: 24,
		opensText: true,
		binds: [{where: lists, keys: ['/']}],
	},
	'rows.needsYou': {
		title: 'needs you',
		text: 'Show only rows that need you; once more: all of them.',
		group: 'Moving',
		hint: 0,
		binds: [{where: lists, keys: ['!']}],
	},
	'rows.working': {
		title: 'working',
		text: 'Show only rows that are at work; once more: all of them.',
		group: 'Moving',
		hint: 0,
		binds: [{where: lists, keys: ['@']}],
	},
	'rows.failed': {
		title: 'failed',
		text: 'Show only rows that failed; once more: all of them.',
		group: 'Moving',
		hint: 0,
		binds: [{where: lists, keys: ['#']}],
	},
	'rows.done': {
		title: 'done',
		text: 'Show only rows that are done; once more: all of them.',
		group: 'Moving',
		hint: 0,
		binds: [{where: lists, keys: ['&']}],
	},
	'rows.all': {
		title: 'no filter',
		text: 'Show all rows again.',
		group: 'Moving',
		hint: 1,
		binds: [{where: [...lists, 'home'], keys: ['0']}],
	},
} as const satisfies KeyTable;
