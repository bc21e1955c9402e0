import type {KeyTable, Where} from './key-binding.ts';

const steps: readonly Where[] = ['plan', 'step'];

/** The plan and its steps. */
export const planKeys = {
	'plan.approve': {
		title: 'approve all',
		text: 'Approve every proposed step of the plan.',
		group: 'Plan',
		hint: 3,
		binds: [{where: ['panes'], keys: ['A']}],
	},
	'step.approve': {
		title: 'approve',
		text: 'Approve the selected step.',
		group: 'Plan',
		hint: 2,
		binds: [{where: steps, keys: ['a']}],
	},
	'step.reject': {
		title: 'reject',
		text: 'Reject the selected step, with a reason. Steps that need it are told why it is missing.',
		group: 'Plan',
		hint: 4,
		binds: [{where: steps, keys: ['x']}],
	},
	'step.hold': {
		title: 'hold',
		text: 'Hold the selected step: it does not start until you approve it.',
		group: 'Plan',
		hint: 6,
		binds: [{where: steps, keys: ['h']}],
	},
	'step.edit': {
		title: 'edit',
		text: 'Change the selected step before it starts.',
		group: 'Plan',
		hint: 5,
		binds: [{where: steps, keys: ['e']}],
	},
	'step.retry': {
		title: 'retry',
		text: 'Try the selected failed step once more.',
		group: 'Plan',
		hint: 7,
		binds: [{where: steps, keys: ['r']}],
	},
	'step.open': {
		title: 'details',
		text: 'Show all that is known of the selected step: objective, estimate, report, checks.',
		group: 'Plan',
		hint: 8,
		binds: [{where: ['plan'], keys: ['space']}],
	},
	'step.skip': {
		title: 'skip',
		text: 'Skip the selected step. Steps that need it go on without it.',
		group: 'Plan',
		hint: 9,
		binds: [{where: steps, keys: ['s']}],
	},
	'step.split': {
		title: 'split',
		text: 'Split the selected step into two or more, one after the other.',
		group: 'Plan',
		hint: 10,
		binds: [{where: steps, keys: ['S']}],
	},
} as const satisfies KeyTable;
