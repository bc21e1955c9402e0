import {evolve} from '../source/domain/evolve.ts';
import type {RunId} from '../source/domain/id.ts';
import type {Run} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {type Describe, type LogEntry, logEntryOf} from './log-entry.ts';
import type {Timeline} from './timeline.ts';

/** A part of the past, folded: for each event after the `fromN`-th the run after it, and its line of the log. */
export type Stretch = {
	readonly fromN: number;
	readonly toN: number;
	/** The number of its last event in the whole database. */
	readonly toSeq: number;
	readonly runs: readonly Run[];
	readonly entries: readonly LogEntry[];
};

/** The past of a run, read and folded piece by piece with the same `evolve` as the present. */
export type Stretches = {
	/** The stretch in which the n-th event lies, if it is at hand. */
	readonly at: (n: number) => Stretch | undefined;
	/** Reads it. Rejects when the history cannot be read. */
	readonly load: (n: number) => Promise<Stretch>;
};

export type StretchesParts = {
	readonly port: Pick<FleetPort, 'history'>;
	readonly runId: RunId;
	readonly timeline: Timeline;
	readonly describe: Describe;
};

/** So many stretches are kept, those that were used last. */
const keptMax = 24;

export const createStretches = ({port, runId, timeline, describe}: StretchesParts): Stretches => {
	/** By the number of events before it; the one used last stands last. */
	const kept = new Map<number, Stretch>();
	const loading = new Map<number, Promise<Stretch>>();

	const at = (n: number): Stretch | undefined => {
		const {from} = timeline.spanOf(n);
		const stretch = kept.get(from.n);
		if (stretch === undefined || stretch.toN < n) return undefined;
		kept.delete(from.n);
		kept.set(from.n, stretch);
		return stretch;
	};

	const read = async (n: number): Promise<Stretch> => {
		const {from, toN, toSeq} = timeline.spanOf(n);
		const events = await port.history({runId, after: from.seq, before: toSeq + 1, limit: toN - from.n});
		let {run} = from;
		const runs: Run[] = [];
		const entries: LogEntry[] = [];
		for (const stamped of events) {
			run = evolve(run, stamped);
			runs.push(run);
			entries.push(logEntryOf(describe, stamped, run));
		}
		const stretch = {fromN: from.n, toN, toSeq, runs, entries};
		kept.delete(from.n);
		kept.set(from.n, stretch);
		for (const oldest of [...kept.keys()].slice(0, -keptMax)) kept.delete(oldest);
		return stretch;
	};

	return {
		at,
		load: n => {
			const {toN} = timeline.spanOf(n);
			const under = loading.get(toN);
			if (under !== undefined) return under;
			const reading = read(n).finally(() => loading.delete(toN));
			loading.set(toN, reading);
			return reading;
		},
	};
};
