import type {KeyTable} from './key-binding.ts';

/** Answering what waits for a person. They mean nothing where no request is on screen. */
export const requestsKeys = {
	'request.allow': {
		title: 'allow',
		text: 'Say yes to the request on screen, this once.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['a']}],
	},
	'request.allowMore': {
		title: 'allow for longer',
		text: 'Say yes for this agent, this run or always; shows the very rule that would be added.',
		group: 'Requests',
		hint: 2,
		binds: [{where: ['requests'], keys: ['A']}],
	},
	'request.deny': {
		title: 'deny',
		text: 'Say no to the request on screen, with a reason: give up, or stop.',
		group: 'Requests',
		hint: 3,
		binds: [{where: ['requests'], keys: ['d']}],
	},
	'request.reply': {
		title: 'answer',
		text: 'Answer the question, the blocker or the unknown outcome on screen in words.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['enter', 't']}],
	},
	'request.choose': {
		title: 'choose',
		text: 'Give the answer of that number, where answers are numbered.',
		group: 'Requests',
		hint: 1,
		byKey: true,
		binds: [{where: ['requests', 'reach'], keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9']}],
	},
	'request.raise': {
		title: 'raise the limit',
		text: 'Raise the limit that is reached, so that work can go on.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['r']}],
	},
	'request.finish': {
		title: 'finish what runs',
		text: 'At a limit: let those at work report, and start nothing more.',
		group: 'Requests',
		hint: 2,
		binds: [{where: ['requests'], keys: ['f']}],
	},
	'request.next': {
		title: 'next',
		text: 'Look at the next request without answering.',
		group: 'Requests',
		hint: 5,
		binds: [{where: ['requests'], keys: ['down', 'j', 'tab', 'w']}],
	},
	'request.previous': {
		title: 'previous',
		text: 'Look at the previous request.',
		group: 'Requests',
		hint: 0,
		binds: [{where: ['requests'], keys: ['up', 'k', 'shift+tab']}],
	},
	'request.asker': {
		title: 'transcript',
		text: 'Open the transcript of the agent that asks.',
		group: 'Requests',
		hint: 6,
		binds: [{where: ['requests'], keys: ['o']}],
	},
} as const satisfies KeyTable;
