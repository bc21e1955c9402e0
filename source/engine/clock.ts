/** The only source of time and timers. Tests and the simulation hand in their own. */
export type Clock = {
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** Calls once as soon as all that has come in by now is taken in. */
	readonly soon: (call: () => void) => void;
};

/** A longer timer would be over at once, for the system counts its ms in 31 bits: some 25 days. */
const timerMsMax = 2 ** 31 - 1;

export const systemClock: Clock = {
	now: () => Date.now(),
	after: (ms, call) => {
		let timer: NodeJS.Timeout;
		const wait = (leftMs: number): void => {
			timer = leftMs > timerMsMax ? setTimeout(() => wait(leftMs - timerMsMax), timerMsMax) : setTimeout(call, leftMs);
		};
		wait(ms);
		return () => clearTimeout(timer);
	},
	soon: call => void setImmediate(call),
};

/**
 * The clock, but never going back: whoever waits for a time of day would else wait an hour longer when the system's is
 * set back by an hour. What it was set back by stays added as long as this clock is used.
 */
export const steadyClock = (clock: Clock): Clock => {
	let last = Number.NEGATIVE_INFINITY;
	let aheadMs = 0;
	return {
		now: () => {
			const now = clock.now();
			aheadMs = Math.max(aheadMs, last - now);
			last = now + aheadMs;
			return last;
		},
		after: clock.after,
		soon: clock.soon,
	};
};
