import {setTimeout as sleep} from 'node:timers/promises';
import type {PtyTerminal} from '../test/support/pty-terminal.ts';
import {readProcess} from './open-engine.ts';

/** For how long a window is watched, ms. */
export const watchMs = 10_000;

export type WatchFigures = {
	/** % of one core. */
	readonly cpu: number;
	readonly kbPerSecond: number;
	readonly clears: number;
	readonly rssMb: number;
};

/** What a program in a terminal uses and writes while nobody presses a key. */
export const watchTerminal = async (terminal: PtyTerminal): Promise<WatchFigures> => {
	const from = terminal.written().length;
	const before = readProcess(terminal.pid);
	await sleep(watchMs);
	const after = readProcess(terminal.pid);
	const written = terminal.written().slice(from);
	return {
		cpu: ((after.cpuMs - before.cpuMs) / watchMs) * 100,
		kbPerSecond: Buffer.byteLength(written) / 1024 / (watchMs / 1000),
		clears: written.match(/\u001b\[[0-3]?J/g)?.length ?? 0,
		rssMb: after.rssMb,
	};
};
