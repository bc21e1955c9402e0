import type {KeyTable} from './key-binding.ts';

/** What agents read and wrote. */
export const filesKeys = {
	'files.open': {
		title: 'files',
		text: 'Show which files agents have read and written.',
		group: 'Files',
		hint: 22,
		binds: [{where: ['panes', 'transcript', 'step'], keys: ['d']}],
	},
	'file.open': {
		title: 'open',
		text: 'Show what was done to the selected file.',
		group: 'Files',
		hint: 1,
		binds: [{where: ['files'], keys: ['enter']}],
	},
	'files.by': {
		title: 'by agent or file',
		text: 'List the files agent by agent, or each file once, whoever used it.',
		group: 'Files',
		hint: 2,
		binds: [{where: ['files'], keys: ['tab']}],
	},
	'hunk.next': {
		title: 'next hunk',
		text: 'Go to the next hunk of the changes to the file.',
		group: 'Files',
		hint: 1,
		binds: [{where: ['file'], keys: [']']}],
	},
	'hunk.previous': {
		title: 'previous hunk',
		text: 'Go to the hunk before.',
		group: 'Files',
		hint: 2,
		binds: [{where: ['file'], keys: ['[']}],
	},
	'file.next': {
		title: 'next file',
		text: 'Show the next file of the list.',
		group: 'Files',
		hint: 3,
		binds: [{where: ['file'], keys: ['n', '}']}],
	},
	'file.previous': {
		title: 'previous file',
		text: 'Show the file before it in the list.',
		group: 'Files',
		hint: 4,
		binds: [{where: ['file'], keys: ['N', '{']}],
	},
	'file.comment': {
		title: 'comment',
		text: 'Say something about the line to the agent that wrote or read it; sent as a message.',
		group: 'Files',
		hint: 2,
		binds: [{where: ['file'], keys: ['c']}],
	},
	'file.copy': {
		title: 'copy',
		text: 'Copy the line the bar is on; at the head of a hunk its lines as they are now, at the head of a change the whole diff.',
		group: 'Files',
		hint: 7,
		binds: [{where: ['file'], keys: ['y']}],
	},
	'file.page': {
		title: 'pager',
		text: 'Read all that was done to the file in your pager ($PAGER).',
		group: 'Files',
		hint: 0,
		binds: [{where: ['file'], keys: ['|']}],
	},
	'file.edit': {
		title: 'editor',
		text: 'Open all that was done to the file in your editor ($VISUAL, $EDITOR), as a diff.',
		group: 'Files',
		hint: 0,
		binds: [{where: ['file'], keys: ['ctrl+g']}],
	},
	'file.agent': {
		title: 'transcript',
		text: 'Open the transcript of the agent that wrote or read the line.',
		group: 'Files',
		hint: 6,
		binds: [{where: ['file'], keys: ['o']}],
	},
} as const satisfies KeyTable;
