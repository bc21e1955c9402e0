import type {Timeline} from './timeline.ts';
import type {PastView} from './ui.ts';

/** Lets the past go on as fast as the run did, or so many times faster. */
export type Player = {
	/** Something may have changed: begins, goes on from another moment, or stops. */
	readonly follow: () => void;
	readonly stop: () => void;
};

type PlayerParts = {
	readonly timeline: Timeline;
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	readonly past: () => PastView | undefined;
	readonly go: (past: PastView) => void;
};

/** Nothing is waited for longer, however long the run waited for its person. */
const longestPauseMs = 3000;

/** More moments a second nobody can see. */
const frameMs = 50;

export const createPlayer = ({timeline, now, after, past, go}: PlayerParts): Player => {
	let cancel: (() => void) | undefined;
	/** The moment that was reached by playing, or from which it began, and when that was. */
	let reached: {readonly n: number; readonly speed: number; readonly at: number} | undefined;

	const pauseAt = (n: number, speed: number) => {
		const rest = timeline.pauseAfter(n);
		if (rest === undefined) return undefined;
		const isLong = rest / speed > longestPauseMs;
		return {ms: isLong ? longestPauseMs : rest / speed, shortened: isLong ? rest : undefined};
	};

	const stop = (): void => {
		cancel?.();
		cancel = undefined;
		reached = undefined;
	};

	const step = (): void => {
		cancel = undefined;
		const from = past();
		if (from === undefined || reached === undefined) return;
		let {n} = from;
		let left = now() - reached.at;
		let pause = pauseAt(n, from.speed);
		while (pause !== undefined && left >= pause.ms) {
			left -= pause.ms;
			pause = pauseAt(++n, from.speed);
		}
		reached = {n, speed: from.speed, at: now() - left};
		go({...from, n, playing: pause !== undefined, shortened: pause?.shortened});
	};

	return {
		follow: () => {
			const view = past();
			if (view?.playing !== true) return stop();
			if (reached?.n !== view.n || reached.speed !== view.speed) {
				stop();
				reached = {n: view.n, speed: view.speed, at: now()};
			}
			if (cancel !== undefined) return;
			const pause = pauseAt(view.n, view.speed);
			cancel = after(Math.max(frameMs, (pause?.ms ?? 0) - (now() - reached.at)), step);
			if (pause?.shortened !== view.shortened) go({...view, shortened: pause?.shortened});
		},
		stop,
	};
};
