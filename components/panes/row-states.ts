import {isRowState, type RowState} from '../../store/row-filter.ts';
import type {Mark} from '../theme.ts';

/** By how a state looks. Who needs a person waits, and is blocked, too. */
const statesOf: Readonly<Record<Mark, readonly RowState[]>> = {
	needsYou: ['you', 'blocked', 'waiting'],
	working: ['working'],
	stalled: ['blocked', 'waiting'],
	queued: ['queued', 'waiting'],
	paused: ['paused', 'waiting'],
	failed: ['failed'],
	done: ['done'],
	stopped: ['stopped'],
	skipped: ['stopped'],
	split: ['stopped'],
	unknown: [],
};

/** What a row may be asked for by: how its state looks, and the word that stands in it. */
export const rowStatesOf = (mark: Mark, word: string): readonly RowState[] =>
	isRowState(word) ? [...statesOf[mark], word] : statesOf[mark];
