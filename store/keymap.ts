import type {Context} from './ui.ts';

/** `panes`: whenever no overlay or text has the keys. `anywhere`: always, after all others. */
export type Where = Context | 'panes' | 'anywhere';

export type KeyGroup = 'Everywhere' | 'Moving' | 'Plan' | 'Agents' | 'Log' | 'Transcript' | 'Requests' | 'Dialogs';

type KeyBinding = {
	/** A few words in the footer. */
	readonly title: string;
	/** A sentence in the help and in docs/keys.md. */
	readonly text: string;
	readonly group: KeyGroup;
	/** Its place among the footer's hints, lowest first; 0: not in the footer. */
	readonly hint: number;
	/** In the footer it is never left out for want of room: the ways to learn more and to leave. */
	readonly pinned?: true;
	readonly binds: readonly {readonly where: readonly Where[]; readonly keys: readonly string[]}[];
};

const rows: readonly Where[] = ['plan', 'agents', 'log', 'help', 'transcript', 'step'];
const pages: readonly Where[] = [...rows, 'requests'];
const fleet: readonly Where[] = ['panes', 'transcript'];
const steps: readonly Where[] = ['plan', 'step'];
const agents: readonly Where[] = ['agents', 'transcript'];

/**
 * Every key of the program, by action. This one table feeds matching, the footer, the help and docs/keys.md. Keys that
 * edit a text (arrows, Ctrl+A, Ctrl+W and the like) belong to the text and are in `text-buffer.ts`.
 */
export const keymap = {
	'requests.open': {
		title: 'next request',
		text: 'Open what waits for you, the oldest first.',
		group: 'Everywhere',
		hint: 1,
		binds: [{where: fleet, keys: ['w']}],
	},
	'pane.next': {
		title: 'next pane',
		text: 'Go to the next pane.',
		group: 'Everywhere',
		hint: 40,
		binds: [{where: ['panes'], keys: ['tab']}],
	},
	'pane.previous': {
		title: 'previous pane',
		text: 'Go to the previous pane.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['panes'], keys: ['shift+tab']}],
	},
	'pane.plan': {
		title: 'plan',
		text: 'Go to the plan.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['panes'], keys: ['1']}],
	},
	'pane.agents': {
		title: 'agents',
		text: 'Go to the agents.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['panes'], keys: ['2']}],
	},
	'pane.log': {
		title: 'log',
		text: 'Go to the log.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['panes'], keys: ['3']}],
	},
	'pane.cost': {
		title: 'cost',
		text: 'Go to the cost.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['panes'], keys: ['4']}],
	},
	'agent.message': {
		title: 'message',
		text: 'Write a message to the selected agent. It is delivered with its next turn.',
		group: 'Agents',
		hint: 12,
		binds: [{where: fleet, keys: ['m', ':']}],
	},
	'agent.create': {
		title: 'new agent',
		text: 'Create an agent for a task beside the plan.',
		group: 'Agents',
		hint: 13,
		binds: [{where: ['panes'], keys: ['n']}],
	},
	'run.pause': {
		title: 'pause or go on',
		text: 'Pause the run, or let a paused run go on. Turns under way are finished.',
		group: 'Everywhere',
		hint: 30,
		binds: [{where: ['panes'], keys: ['p']}],
	},
	'help.open': {
		title: 'help',
		text: 'Show all keys.',
		group: 'Everywhere',
		hint: 50,
		pinned: true,
		binds: [{where: ['panes', 'transcript', 'step', 'requests'], keys: ['?']}],
	},
	'app.quit': {
		title: 'quit',
		text: 'Leave the window. Asks first while agents work.',
		group: 'Everywhere',
		hint: 60,
		pinned: true,
		binds: [{where: ['panes'], keys: ['q']}],
	},
	'app.interrupt': {
		title: 'twice: quit at once',
		text: 'Pressed twice within two seconds: leave at once, from anywhere.',
		group: 'Everywhere',
		hint: 0,
		binds: [{where: ['anywhere'], keys: ['ctrl+c']}],
	},
	'move.up': {
		title: 'up',
		text: 'One row up.',
		group: 'Moving',
		hint: 0,
		binds: [{where: rows, keys: ['up', 'k']}],
	},
	'move.down': {
		title: 'down',
		text: 'One row down.',
		group: 'Moving',
		hint: 0,
		binds: [{where: rows, keys: ['down', 'j']}],
	},
	'move.pageUp': {
		title: 'page up',
		text: 'One page up.',
		group: 'Moving',
		hint: 0,
		binds: [{where: pages, keys: ['pageup', 'ctrl+u']}],
	},
	'move.pageDown': {
		title: 'page down',
		text: 'One page down.',
		group: 'Moving',
		hint: 45,
		binds: [{where: pages, keys: ['pagedown', 'ctrl+d']}],
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
		hint: 10,
		binds: [{where: ['plan', 'agents', 'step'], keys: ['enter']}],
	},
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
	'agent.interrupt': {
		title: 'interrupt',
		text: "End the selected agent's turn. It keeps what it knows and waits for a message.",
		group: 'Agents',
		hint: 14,
		binds: [{where: agents, keys: ['i']}],
	},
	'agent.continue': {
		title: 'continue',
		text: 'Let the selected interrupted agent go on.',
		group: 'Agents',
		hint: 15,
		binds: [{where: agents, keys: ['c']}],
	},
	'agent.kill': {
		title: 'kill',
		text: 'End the selected agent for good; asks first.',
		group: 'Agents',
		hint: 16,
		binds: [{where: agents, keys: ['K']}],
	},
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
	'request.allow': {
		title: 'allow',
		text: 'Say yes to the request on screen.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['a']}],
	},
	'request.deny': {
		title: 'deny',
		text: 'Say no to the request on screen, with a reason.',
		group: 'Requests',
		hint: 2,
		binds: [{where: ['requests'], keys: ['d']}],
	},
	'request.reply': {
		title: 'answer',
		text: 'Answer the question on screen in words.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['enter', 't']}],
	},
	'request.raise': {
		title: 'raise the budget',
		text: 'Raise the budget, so that the run can go on.',
		group: 'Requests',
		hint: 1,
		binds: [{where: ['requests'], keys: ['r']}],
	},
	'request.next': {
		title: 'next',
		text: 'Look at the next request without answering.',
		group: 'Requests',
		hint: 5,
		binds: [{where: ['requests'], keys: ['down', 'j', 'tab']}],
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
	'form.send': {
		title: 'send',
		text: 'Send what was written. In forms with several fields only Ctrl+S does, since Enter moves on.',
		group: 'Dialogs',
		hint: 1,
		binds: [
			{where: ['prompt', 'answer', 'reject'], keys: ['enter', 'ctrl+s']},
			{where: ['edit', 'create', 'role'], keys: ['ctrl+s']},
		],
	},
	'form.next': {
		title: 'next field',
		text: 'Go to the next field.',
		group: 'Dialogs',
		hint: 2,
		binds: [{where: ['edit', 'create', 'role'], keys: ['tab', 'enter']}],
	},
	'form.previous': {
		title: 'previous field',
		text: 'Go to the previous field.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['edit', 'create', 'role'], keys: ['shift+tab']}],
	},
	'choice.previous': {
		title: 'previous role',
		text: 'Choose the role above.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['role'], keys: ['up']}],
	},
	'choice.next': {
		title: 'next role',
		text: 'Choose the role below. A letter goes to the next role that begins with it.',
		group: 'Dialogs',
		hint: 0,
		binds: [{where: ['role'], keys: ['down']}],
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
					'prompt',
					'filter',
					'search',
					'answer',
					'reject',
					'edit',
					'create',
					'role',
					'help',
					'transcript',
					'step',
					'requests',
					'kill',
					'quit',
				],
				keys: ['esc'],
			},
			{where: ['help', 'transcript', 'step', 'requests'], keys: ['q']},
			{where: ['help'], keys: ['?']},
			{where: ['kill', 'quit'], keys: ['n']},
		],
	},
} as const satisfies Readonly<Record<string, KeyBinding>>;

export type ActionId = keyof typeof keymap;

const isActionId = (id: string): id is ActionId => id in keymap;

/** All actions in the order of the table. */
export const actionIds: readonly ActionId[] = Object.keys(keymap).filter(isActionId);

/** The row of an action. */
export const bindingOf = (id: ActionId): KeyBinding => keymap[id];
