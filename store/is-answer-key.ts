import type {ActionId} from './keymap.ts';

/** The actions that answer the request on screen, or begin to. */
const answers: ReadonlySet<string> = new Set<ActionId>([
	'request.allow',
	'request.allowMore',
	'request.deny',
	'request.reply',
	'request.choose',
	'request.raise',
	'request.finish',
	'request.mark',
	'request.many',
]);

export const isAnswerKey = (id: ActionId): boolean => answers.has(id);
