import {dayOf} from '../../source/domain/limits.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {RunSummary} from '../../source/domain/run.ts';

/** What several runs have cost together. Of a run with a guess in it all counts as guessed, as where it is listed. */
export type HomeSum = {readonly settled: NanoUsd; readonly estimated: NanoUsd; readonly unpriced: boolean};

const sumOf = (runs: readonly RunSummary[], spentBy: (run: RunSummary) => NanoUsd): HomeSum => {
	const sumIn = (some: readonly RunSummary[]): NanoUsd => some.reduce((sum, run) => sum + spentBy(run), 0);
	return {
		settled: sumIn(runs.filter(({estimated}) => !estimated)),
		estimated: sumIn(runs.filter(({estimated}) => estimated)),
		unpriced: runs.some(({unpriced}) => unpriced),
	};
};

export const costOfRuns = (runs: readonly RunSummary[]): HomeSum => sumOf(runs, ({spent}) => spent);

/** What runs have used up on the day of a moment, which begins and ends in UTC as that of the limits does. */
export const costOfDay = (runs: readonly RunSummary[], now: number): HomeSum =>
	sumOf(
		runs.filter(({today}) => today.day === dayOf(now)),
		({today}) => today.money,
	);
