import type {Waiting} from '../source/domain/waiting.ts';

/** Where a window learns what waits for a person in all runs: the events of other runs do not come to it. */
export type WaitingSource = {
	/** What waits now, the oldest first: the same list as before when nothing of it has changed. */
	readonly read: () => readonly Waiting[];
	/** Calls when it has changed; returns the way to stop that. */
	readonly watch: (onChange: () => void) => () => void;
};
