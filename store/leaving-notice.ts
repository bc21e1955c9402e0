import type {Notice} from './ui.ts';

/** Two rows are read in this time, ms. */
const readingMs = 6000;

/** When a word to the person leaves by itself; undefined: the next key or what happens takes it away. */
const leavingAt = ({tone, until}: Notice, now: number): number | undefined => {
	if (until !== undefined) return until.kind === 'time' ? until.at : undefined;
	// What was refused is told to whoever looks up only later, too.
	return tone === 'info' ? now + readingMs : undefined;
};

type LeavingNoticeParts = {
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** The time of this word is over. */
	readonly onOver: (notice: Notice) => void;
};

/** Sees to it that a word to the person leaves by itself once it was read. There is a timer only while one stands. */
export const createLeavingNotice = ({now, after, onOver}: LeavingNoticeParts) => {
	let callOff = (): void => {};
	let isClosed = false;

	return {
		/** This is the word from now on. */
		follow: (notice: Notice | undefined): void => {
			callOff();
			// What is answered later is told to nobody, and must keep no process alive.
			const at = notice === undefined || isClosed ? undefined : leavingAt(notice, now());
			callOff = notice === undefined || at === undefined ? () => {} : after(at - now(), () => onOver(notice));
		},
		close: (): void => {
			isClosed = true;
			callOff();
		},
	};
};
