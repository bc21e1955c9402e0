import {localTime} from './local-time.ts';

/** The same without its seconds, `2026-11-21 09:04`, for listings. */
export const localMinute = (at: number): string => localTime(at).slice(0, -':00'.length);
