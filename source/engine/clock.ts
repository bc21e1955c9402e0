/** The only source of time and timers. Tests and the simulation hand in their own. */
export type Clock = {
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	after: (ms, call) => {
		const timer = setTimeout(call, ms);
		return () => clearTimeout(timer);
	},
};
