import {addSpend, noSpend, type Spend} from '../source/domain/limits.ts';
import type {Run, RunSummary} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';

/** What other runs have used up today. Their events do not come here, so it is asked for as this run goes on. */
export type Elsewhere = {
	readonly spend: () => Spend;
	/** Asks again if the day has a limit and this run has had another turn since. */
	readonly look: (run: Run | undefined) => void;
};

export const createElsewhere = (port: FleetPort, onChange: () => void): Elsewhere => {
	let spend = noSpend;
	let seen: number | undefined;
	let asking = false;
	return {
		spend: () => spend,
		look: run => {
			if (run === undefined || asking || run.today.turns === seen) return;
			if (Object.keys(run.settings.limits.day).length === 0) return;
			const {id, today} = run;
			asking = true;
			seen = today.turns;
			const add = (runs: readonly RunSummary[]): void => {
				spend = runs
					.filter(other => other.id !== id && other.today.day === today.day)
					.reduce((sum, other) => addSpend(sum, other.today), noSpend);
				onChange();
			};
			port
				.runs()
				// Without an engine nothing is used up.
				.then(add, () => {})
				.finally(() => {
					asking = false;
				});
		},
	};
};
