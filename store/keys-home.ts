import type {KeyTable} from './key-binding.ts';

/** The list of all runs, and starting another one. */
export const homeKeys = {
	'app.home': {
		title: 'home',
		text: 'Leave the window for the list of all runs. The agents go on.',
		group: 'Home',
		hint: 49,
		binds: [{where: ['panes', 'transcript'], keys: ['~', 'U']}],
	},
	'home.open': {
		title: 'open',
		text: 'Open the window on the selected run; one that was left off goes on.',
		group: 'Home',
		hint: 1,
		binds: [{where: ['home'], keys: ['enter']}],
	},
	'home.goal': {
		title: 'new goal',
		text: 'Say what is to be reached.',
		group: 'Home',
		hint: 2,
		binds: [{where: ['home'], keys: ['n', 'tab']}],
	},
	'home.resume': {
		title: 'resume',
		text: 'Take up the selected run again: what is paused goes on, what failed is tried once more.',
		group: 'Home',
		hint: 3,
		binds: [{where: ['home'], keys: ['r']}],
	},
	'home.filter': {
		title: 'filter',
		text: 'Show only runs whose goal, folder, state or id holds what is typed.',
		group: 'Home',
		hint: 4,
		binds: [{where: ['home'], keys: ['/']}],
	},
	'home.archive': {
		title: 'archive',
		text: 'Put the selected run out of sight, or bring it back. Nothing of it is deleted.',
		group: 'Home',
		hint: 6,
		binds: [{where: ['home'], keys: ['A']}],
	},
	'home.archived': {
		title: 'show archived',
		text: 'Show archived runs among the others, or leave them out.',
		group: 'Home',
		hint: 7,
		binds: [{where: ['home'], keys: ['v']}],
	},
	'home.start': {
		title: 'start',
		text: 'Start a run for this goal, as the configuration says.',
		group: 'Home',
		hint: 1,
		binds: [{where: ['goal'], keys: ['enter', 'ctrl+s']}],
	},
	'home.fields': {
		title: 'role, folder, budget',
		text: 'Say more about the run before it starts.',
		group: 'Home',
		hint: 2,
		binds: [{where: ['goal'], keys: ['tab']}],
	},
	'home.older': {
		title: 'earlier goal',
		text: 'Take up a goal of before.',
		group: 'Home',
		hint: 3,
		binds: [{where: ['goal'], keys: ['up']}],
	},
	'home.newer': {
		title: 'later goal',
		text: 'Go back towards the goal being written.',
		group: 'Home',
		hint: 0,
		binds: [{where: ['goal'], keys: ['down']}],
	},
	'home.keep': {
		title: 'keep the filter',
		text: 'Go back to the list, which stays filtered.',
		group: 'Home',
		hint: 1,
		binds: [{where: ['sift'], keys: ['enter']}],
	},
} as const satisfies KeyTable;
