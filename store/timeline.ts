import {type Costs, noCosts} from '../source/domain/costs.ts';
import type {Stamped} from '../source/domain/event.ts';
import type {NanoUsd} from '../source/domain/money.ts';
import type {Run} from '../source/domain/run.ts';
import {countUpTo} from './count-up-to.ts';

/** The run and its costs after its first `n` events, the last of which has the number `seq`; before the first there is none. */
export type Checkpoint = {
	readonly n: number;
	readonly seq: number;
	readonly run: Run | undefined;
	readonly costs: Costs;
};

/**
 * Where in time the events of one run lie. Events are counted from 1, in their order. What is kept of each is three
 * numbers, and of some of them the run after it; the events themselves are in the database.
 */
export type Timeline = {
	/** Takes in the next event, with the run and its costs after it. */
	readonly add: (stamped: Stamped, run: Run, costs: Costs) => void;
	readonly count: () => number;
	/** The number of the n-th event in the whole database; 0 when there is no such event. */
	readonly seqOf: (n: number) => number;
	/** When the n-th event happened, ms since 1970. Time never goes back here, also when a clock was set back. */
	readonly timeOf: (n: number) => number;
	/** How long after the n-th event the next one came, ms; undefined for the last. */
	readonly pauseAfter: (n: number) => number | undefined;
	/** How many events have a number up to this one. */
	readonly upToSeq: (seq: number) => number;
	/** How many events had happened at this time, ms since 1970. */
	readonly upToTime: (at: number) => number;
	/** The nearest event before or after the n-th that changed a step or the plan; undefined when there is none. */
	readonly stepChange: (n: number, direction: 1 | -1) => number | undefined;
	/** What was spent a minute, over the last one before the n-th event; undefined when it is too early to tell. */
	readonly perMinute: (n: number) => NanoUsd | undefined;
	/** The last run that is known from at most so many events. */
	readonly checkpoint: (n: number) => Checkpoint;
};

/** A moment anywhere is folded from at most so many events, as long as the run is not longer than some 65,000. */
const firstInterval = 512;

/** Of longer runs every second checkpoint is forgotten, so that a run of any length is held in the same memory. */
const checkpointsMax = 128;

const origin: Checkpoint = {n: 0, seq: 0, run: undefined, costs: noCosts};

const rateWindowMs = 60_000;

export const createTimeline = (): Timeline => {
	const seqs: number[] = [];
	const times: number[] = [];
	const spent: NanoUsd[] = [];
	const stepChanges: number[] = [];
	/** One after every so many events, the first before them all. */
	let checkpoints: Checkpoint[] = [origin];
	let interval = firstInterval;

	const timeOf = (n: number): number => times[n - 1] ?? 0;

	return {
		add: ({seq, at, event}, run, costs) => {
			seqs.push(seq);
			times.push(Math.max(at, times.at(-1) ?? at));
			spent.push(run.ledger.settled + run.ledger.estimated);
			const n = seqs.length;
			if (event.type === 'plan.proposed' || event.type.startsWith('step.')) stepChanges.push(n);
			if (n % interval !== 0) return;
			checkpoints.push({n, seq, run, costs});
			if (checkpoints.length <= checkpointsMax) return;
			interval *= 2;
			checkpoints = checkpoints.filter(checkpoint => checkpoint.n % interval === 0);
		},
		count: () => seqs.length,
		seqOf: n => seqs[n - 1] ?? 0,
		timeOf,
		pauseAfter: n => (n < seqs.length ? timeOf(n + 1) - timeOf(n) : undefined),
		upToSeq: seq => countUpTo(seqs, seq),
		upToTime: at => countUpTo(times, at),
		stepChange: (n, direction) => {
			const past = countUpTo(stepChanges, direction === 1 ? n : n - 1);
			return direction === 1 ? stepChanges[past] : stepChanges[past - 1];
		},
		perMinute: n => {
			const at = timeOf(n);
			const since = Math.max(1, countUpTo(times, at - rateWindowMs));
			const elapsed = at - timeOf(since);
			return elapsed > 0 ? Math.round((((spent[n - 1] ?? 0) - (spent[since - 1] ?? 0)) * 60_000) / elapsed) : undefined;
		},
		checkpoint: n => checkpoints[Math.floor(n / interval)] ?? origin,
	};
};
