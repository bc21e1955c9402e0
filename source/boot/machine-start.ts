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

export type MachineStart = {
	/** Whether the machine was started anew since an engine of this state folder last took up what was left. */
	readonly isAnew: boolean;
	/** Take down that one has now: one that is killed before that leaves the question to the next. */
	readonly note: () => void;
};

/** Where no engine has been yet, nothing is anew. `now` is ms since 1970. */
export const readMachineStart = ({state}: Paths, now: number): MachineStart => {
	const file = join(state, 'engine.start');
	const start = startOf(now);
	let last = start;
	try {
		last = readFileSync(file, 'utf8').trim();
	} catch {
		// There was none.
	}
	return {isAnew: !isSameStart(last, start), note: () => writeFileSync(file, start, {mode: 0o600})};
};
