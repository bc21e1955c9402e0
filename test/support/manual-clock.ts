import type {Clock} from '../../source/engine/clock.ts';

/** A clock that stands still until it is told to go on. */
export type ManualClock = Clock & {
	/** Lets so many ms pass, calling what is due, in order. */
	readonly advance: (ms: number) => void;
	/** How many calls are waiting for their time. */
	readonly waiting: () => number;
};

export const createManualClock = (start = Date.UTC(2026, 10, 21, 10, 0, 0)): ManualClock => {
	let now = start;
	const timers = new Set<{readonly at: number; readonly call: () => void}>();
	return {
		now: () => now,
		after: (ms, call) => {
			const timer = {at: now + ms, call};
			timers.add(timer);
			return () => void timers.delete(timer);
		},
		soon: queueMicrotask,
		advance: ms => {
			const end = now + ms;
			for (;;) {
				const [next] = [...timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at);
				if (next === undefined) break;
				timers.delete(next);
				now = Math.max(now, next.at);
				next.call();
			}
			now = end;
		},
		waiting: () => timers.size,
	};
};
