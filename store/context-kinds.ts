import type {Context} from './context.ts';

/**
 * What the person does where the keys go. In a `text` every letter is a letter; a `dialog` wants its answer first; from
 * panes and full-size views everything that is bound to `views` can be reached.
 */
type ContextKind = 'pane' | 'view' | 'dialog' | 'text' | 'home';

export const contextKinds: Readonly<Record<Context, ContextKind>> = {
	plan: 'pane',
	agents: 'pane',
	log: 'pane',
	cost: 'pane',
	help: 'view',
	transcript: 'view',
	step: 'view',
	peek: 'view',
	event: 'view',
	fields: 'view',
	approve: 'view',
	requests: 'view',
	files: 'view',
	costs: 'view',
	file: 'view',
	palette: 'text',
	find: 'text',
	prompt: 'text',
	moment: 'text',
	filter: 'text',
	search: 'text',
	narrow: 'text',
	answer: 'text',
	line: 'text',
	form: 'text',
	reach: 'dialog',
	many: 'dialog',
	choice: 'dialog',
	pick: 'dialog',
	remove: 'dialog',
	kill: 'dialog',
	quit: 'dialog',
	home: 'home',
	goal: 'text',
	sift: 'text',
};

const isContext = (name: string): name is Context => name in contextKinds;

export const contexts: readonly Context[] = Object.keys(contextKinds).filter(isContext);
