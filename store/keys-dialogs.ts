import type {KeyTable, Where} from './key-binding.ts';

/** Forms with several fields: in them Enter moves on. */
const fields: readonly Where[] = ['form', 'choice'];

/** Dialogs and everything that is typed. */
export const dialogsKeys = {
	'form.send': {
		title: 'send',
		text: 'Send what was written. In forms with several fields only Ctrl+S does, since Enter moves on.',
		group: 'Dialogs',
		hint: 1,
		binds: [
			{where: ['prompt', 'answer', 'reach', 'line'], keys: ['enter', 'ctrl+s']},
			{where: fields, keys: ['ctrl+s']},
		],
	},
	'form.next': {
		title: 'next field',
		text: 'Go to the next field.',
		group: 'Dialogs',
		hint: 2,
		binds: [{where: fields, keys: ['tab', 'enter']}],
	},
	'form.previous': {
		title: 'previous field',
		text: 'Go to the previous field.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: fields, keys: ['shift+tab']}],
	},
	'form.more': {
		title: 'one more part',
		text: 'Another part for the step that is split.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['form'], keys: ['ctrl+n']}],
	},
	'choice.previous': {
		title: 'previous',
		text: 'Choose what stands above.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['choice', 'reach'], keys: ['up']}],
	},
	'choice.next': {
		title: 'next',
		text: 'Choose the role below. A letter goes to the next that begins with it.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['choice', 'reach'], keys: ['down']}],
	},
	'prompt.older': {
		title: 'earlier message',
		text: 'Take up the message that was sent before.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['prompt'], keys: ['up']}],
	},
	'prompt.newer': {
		title: 'later message',
		text: 'Go back towards the message being written.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['prompt'], keys: ['down']}],
	},
	'confirm.yes': {
		title: 'yes',
		text: 'Do it.',
		group: 'Dialogs',
		hint: 1,
		binds: [{where: ['kill', 'quit'], keys: ['y']}],
	},
	back: {
		title: 'back',
		text: 'One level back; nothing is done.',
		group: 'Dialogs',
		hint: 70,
		pinned: true,
		binds: [
			{
				where: [
					...fields,
					'palette',
					'prompt',
					'moment',
					'filter',
					'search',
					'answer',
					'reach',
					'many',
					'line',
					'help',
					'transcript',
					'step',
					'peek',
					'requests',
					'kill',
					'quit',
				],
				keys: ['esc'],
			},
			{where: ['help', 'transcript', 'step', 'peek', 'requests'], keys: ['q']},
			{where: ['help'], keys: ['?']},
			{where: ['kill', 'quit'], keys: ['n']},
		],
	},
} as const satisfies KeyTable;
