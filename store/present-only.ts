import type {ActionId, Keymap} from './keymap.ts';
import {sayKey} from './say-key.ts';

/** What is done to the fleet, or depends on how it is now. Of the past one can only look. */
const presentOnly: ReadonlySet<string> = new Set<ActionId>([
	'plan.approve',
	'step.approve',
	'step.reject',
	'step.hold',
	'step.edit',
	'step.retry',
	'step.skip',
	'step.split',
	'step.add',
	'step.remove',
	'step.moveUp',
	'step.moveDown',
	'step.editText',
	'field.edit',
	'plan.approveSome',
	'agent.message',
	'agent.create',
	'agent.interrupt',
	'agent.continue',
	'agent.pause',
	'agent.change',
	'agent.fork',
	'agent.retire',
	'agent.kill',
	'run.pause',
	'limit.set',
	'request.allow',
	'request.allowMore',
	'request.deny',
	'request.reply',
	'request.choose',
	'request.raise',
	'request.finish',
	'request.many',
	'many.allow',
	'many.deny',
	'file.comment',
	'app.quit',
]);

export const isPresentOnly = (id: ActionId): boolean => presentOnly.has(id);

/** Why a command is refused while the past is looked at. */
export const refusedInPast = (keymap: Keymap): string =>
	`This is the past, where nothing can be done: ${sayKey(keymap, 'time.travel')} goes back to the present.`;
