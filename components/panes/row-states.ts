import type {RowState} from '../../store/row-filter.ts';
import type {Mark} from '../theme.ts';

/** What a row may be asked for by, by how its state looks. Who needs a person waits, and is blocked, too. */
export const rowStatesOf: Readonly<Record<Mark, readonly RowState[]>> = {
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
