import {type Costs, evolveCosts} from '../source/domain/costs.ts';
import {evolve} from '../source/domain/evolve.ts';
import type {RunId} from '../source/domain/id.ts';
import type {Run} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {type Describe, type LogEntry, logEntryOf} from './log-entry.ts';
import type {Checkpoint, Timeline} from './timeline.ts';

/** A part of the past, folded: for each event after the `fromN`-th the run and its costs after it, and its line of the log. */
export type Stretch = {
	readonly fromN: number;
	readonly toN: number;
	/** The number of its last event in the whole database. */
	readonly toSeq: number;
	readonly runs: readonly Run[];
	readonly costs: readonly Costs[];
	readonly entries: readonly LogEntry[];
};

/** The past of a run, read and folded piece by piece with the same `evolve` as the present. */
export type Stretches = {
	/** The stretch in which the n-th event lies, if it is at hand. */
	readonly at: (n: number) => Stretch | undefined;
	/** Reads it. Rejects when the history cannot be read. */
	readonly load: (n: number) => Promise<Stretch>;
};

type StretchesParts = {
	readonly port: Pick<FleetPort, 'history'>;
	readonly runId: RunId;
	readonly timeline: Timeline;
	readonly describe: Describe;
};

/** So many events a stretch has; the last one may have less. */
const stretchLength = 128;

/** So many stretches are kept, those that were used last, and of so many the run before them. */
const keptMax = 24;
const startsMax = 64;

/** Only the newest entries stay. */
const trim = (map: Map<number, unknown>, most: number): void => {
	for (const oldest of [...map.keys()].slice(0, -most)) map.delete(oldest);
};

export const createStretches = ({port, runId, timeline, describe}: StretchesParts): Stretches => {
	/** By the number of events before it; the one used last stands last. */
	const kept = new Map<number, Stretch>();
	/** Runs between the checkpoints, found on the way to a stretch: the next one is often its neighbour. */
	const starts = new Map<number, Checkpoint>();
	const loading = new Map<number, Promise<Stretch>>();

	const startOf = (n: number): number => stretchLength * Math.floor(Math.max(0, n - 1) / stretchLength);

	const at = (n: number): Stretch | undefined => {
		const stretch = kept.get(startOf(n));
		if (stretch === undefined || stretch.toN < n) return undefined;
		kept.delete(stretch.fromN);
		kept.set(stretch.fromN, stretch);
		return stretch;
	};

	/** The nearest run that is known in front of a stretch. */
	const knownBefore = (fromN: number): Checkpoint => {
		const checkpoint = timeline.checkpoint(fromN);
		for (let n = fromN; n > checkpoint.n; n -= stretchLength) {
			const start = starts.get(n);
			if (start !== undefined) return start;
		}
		return checkpoint;
	};

	const read = async (fromN: number, toN: number): Promise<Stretch> => {
		const known = knownBefore(fromN);
		const toSeq = timeline.seqOf(toN);
		const events = await port.history({runId, after: known.seq, before: toSeq + 1, limit: toN - known.n});
		let {n, run, costs: sums} = known;
		const runs: Run[] = [];
		const costs: Costs[] = [];
		const entries: LogEntry[] = [];
		for (const stamped of events) {
			const before = run;
			run = evolve(before, stamped);
			sums = evolveCosts(sums, stamped);
			n++;
			if (n % stretchLength === 0) starts.set(n, {n, seq: stamped.seq, run, costs: sums});
			if (n <= fromN) continue;
			runs.push(run);
			costs.push(sums);
			entries.push(logEntryOf(describe, stamped, run, before));
		}
		const stretch = {fromN, toN, toSeq, runs, costs, entries};
		kept.delete(fromN);
		kept.set(fromN, stretch);
		trim(kept, keptMax);
		trim(starts, startsMax);
		return stretch;
	};

	return {
		at,
		load: n => {
			const fromN = startOf(n);
			const toN = Math.min(fromN + stretchLength, timeline.count());
			const under = loading.get(toN);
			if (under !== undefined) return under;
			const reading = read(fromN, toN).finally(() => loading.delete(toN));
			loading.set(toN, reading);
			return reading;
		},
	};
};
