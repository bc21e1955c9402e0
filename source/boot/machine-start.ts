import {readFileSync, writeFileSync} from 'node:fs';
import {uptime} from 'node:os';
import {join} from 'node:path';
import type {Paths} from './paths.ts';

/** Clocks are set a little now and then: starts of the machine that lie no further apart are the same one, ms. */
const sameMs = 120_000;

/** One start of the machine: what Linux calls it, elsewhere when it was, ms since 1970. */
const startOf = (now: number): string => {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
	} catch {
		return String(Math.round(now - uptime() * 1000));
	}
};

export const isSameStart = (one: string, other: string): boolean =>
	one === other || Math.abs(Number(one) - Number(other)) < sameMs;

/**
 * Whether the machine was started anew since an engine of this state folder last began, and takes down that one begins
 * now. Where none has begun yet, nothing is anew. `now` is ms since 1970.
 */
export const noteMachineStart = ({state}: Paths, now: number): boolean => {
	const file = join(state, 'engine.start');
	const start = startOf(now);
	let last = start;
	try {
		last = readFileSync(file, 'utf8').trim();
	} catch {
		// There was none.
	}
	writeFileSync(file, start, {mode: 0o600});
	return !isSameStart(last, start);
};
