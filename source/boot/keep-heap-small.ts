import {setFlagsFromString} from 'node:v8';

/**
 * The part of the heap where young objects lie stays as it is at the start, and is cleared by one thread; the rest grows
 * by as much again and a half before it is cleared. Left alone, a window that folds 100,000 events takes 130 MB for
 * young objects and never gives them back; like this it takes none, and begins in three quarters of the time.
 */
const flags = ['--semi-space-growth-factor=1', '--no-parallel-scavenge', '--heap-growing-percent=150'] as const;

/** For a process that a person looks at for hours. To be called before it has read anything. */
export const keepHeapSmall = (): void => {
	for (const flag of flags) setFlagsFromString(flag);
};
