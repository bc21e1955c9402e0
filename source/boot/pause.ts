import {systemClock} from '../engine/clock.ts';

/** Resolves after so many ms. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => void systemClock.after(ms, resolve));
