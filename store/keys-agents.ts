import {fleet, type KeyTable, type Where} from './key-binding.ts';

const agents: readonly Where[] = ['agents', 'transcript', 'peek'];

/** One agent. */
export const agentsKeys = {
	'agent.peek': {
		title: 'peek',
		text: 'Look at the last words of the selected agent and at what it asks, without leaving the list; once more closes it.',
		group: 'Agents',
		hint: 11.5,
		binds: [{where: ['agents', 'peek'], keys: ['space']}],
	},
	'agent.message': {
		title: 'message',
		text: 'Write a message to the selected agent. It is delivered with its next turn.',
		group: 'Agents',
		hint: 12,
		opensText: true,
		binds: [{where: fleet, keys: ['m']}],
	},
	'agent.create': {
		title: 'new agent',
		text: 'Create an agent for a task beside the plan.',
		group: 'Agents',
		hint: 16,
		opensText: true,
		binds: [{where: ['panes'], keys: ['n']}],
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
	'agent.pause': {
		title: 'pause agent',
		text: 'Pause the selected agent, or let it go on. What it has under way may end.',
		group: 'Agents',
		hint: 13,
		binds: [{where: ['plan', ...agents], keys: ['p']}],
	},
	'agent.change': {
		title: 'change',
		text: 'Change the model, the tools or the instructions of the selected agent, from its next turn on.',
		group: 'Agents',
		hint: 18,
		binds: [{where: agents, keys: ['e']}],
	},
	'agent.fork': {
		title: 'fork',
		text: 'Make a new agent that knows what this one knew: now, or in a transcript at the turn at the bar.',
		group: 'Agents',
		hint: 19,
		binds: [{where: agents, keys: ['F']}],
	},
	'agent.retire': {
		title: 'retire',
		text: 'Take the selected agent, which has ended, off the list. Its history is kept.',
		group: 'Agents',
		hint: 20,
		binds: [{where: agents, keys: ['D']}],
	},
	'agents.retired': {
		title: 'retired too',
		text: 'Show retired agents as well, or only the others.',
		group: 'Agents',
		hint: 21,
		binds: [{where: ['agents'], keys: ['v']}],
	},
	'agents.fold': {
		title: 'fold done',
		text: 'Show each agent that is done, or fold them into one row.',
		group: 'Agents',
		hint: 22,
		binds: [{where: ['agents'], keys: ['u']}],
	},
	'agent.kill': {
		title: 'kill',
		text: 'End the selected agent for good; asks first.',
		group: 'Agents',
		hint: 17,
		binds: [{where: agents, keys: ['K']}],
	},
} as const satisfies KeyTable;
