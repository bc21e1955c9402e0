import {type Clock, systemClock} from '../engine/clock.ts';

/** Resolves after so many ms. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => void systemClock.after(ms, resolve));

/** Resolves after so many ms of a clock, or as soon as it is broken off. */
export const pauseUnless = (abort: AbortSignal, ms: number, clock: Clock): Promise<void> =>
	new Promise(resolve => {
		const done = (): void => {
			callOff();
			abort.removeEventListener('abort', done);
			resolve();
		};
		const callOff = clock.after(ms, done);
		abort.addEventListener('abort', done);
	});
