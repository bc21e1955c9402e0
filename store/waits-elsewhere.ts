import type {RunId} from '../source/domain/id.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import type {Keymap} from './keymap.ts';
import {sayKey} from './say-key.ts';

/** Of all that waits, what does in other runs; the same list where none of it is of this one. */
export const outsideOf = (waiting: readonly Waiting[], runId: RunId): readonly Waiting[] =>
	waiting.some(one => one.runId === runId) ? waiting.filter(one => one.runId !== runId) : waiting;

/** How many requests wait in other runs, `more` than those that wait here. */
export const elsewhereWords = (count: number, more: boolean): string =>
	count === 1 ? `1${more ? ' more' : ''} waits in another run` : `${count}${more ? ' more' : ''} wait in other runs`;

const firstLine = (goal: string): string => goal.split('\n')[0] ?? '';

/**
 * That the window is on another run than the one before, which looks the same. The way back stands before the goal,
 * which may be cut off.
 */
export const arrivalWords = (goal: string, keymap: Keymap): string =>
	`This is another run (${sayKey(keymap, 'app.home')} lists them all): “${firstLine(goal)}”`;

/** Who leaves the request for which they came to another run is still there. */
export const stillElsewhereWords = (keymap: Keymap): string =>
	`You are still in the other run: ${sayKey(keymap, 'app.home')} lists all runs, also the one you came from.`;

/** That others wait where nothing is left here, behind the key that goes there: that must not be cut off. */
export const onwardWords = (waiting: readonly Waiting[], keymap: Keymap): string | undefined => {
	const [oldest] = waiting;
	if (oldest === undefined) return undefined;
	return `${sayKey(keymap, 'requests.open')} goes on: ${elsewhereWords(waiting.length, false)}, ${waiting.length === 1 ? '' : 'the oldest in '}“${firstLine(oldest.goal)}”`;
};
