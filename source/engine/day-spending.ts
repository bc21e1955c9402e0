import {drawOfRun, type Elsewhere} from '../domain/budget.ts';
import type {RunId} from '../domain/id.ts';
import {addSpend, dayOf, noDraw, noSpend, type Spend} from '../domain/limits.ts';
import type {Run} from '../domain/run.ts';
import type {EventLog} from './event-log.ts';

/**
 * What all other runs draw from the day's limits. Those that are open move all the time and are asked each time; the
 * others are read from the log once a day, or when a run is opened.
 */
export const createDaySpending = (log: EventLog): ((runId: RunId, open: readonly Run[], at: number) => Elsewhere) => {
	let read: {readonly key: string; readonly used: Spend} | undefined;
	const closedOn = (day: number, ids: readonly RunId[]): Spend => {
		const key = [day, ...ids].join(' ');
		if (read?.key !== key) read = {key, used: log.spentOn(day, ids)};
		return read.used;
	};
	return (runId, open, at) => {
		const day = dayOf(at);
		const closed = closedOn(
			day,
			open.map(({id}) => id),
		);
		return open
			.filter(run => run.id !== runId)
			.reduce(
				(sum, run) => ({
					used: addSpend(sum.used, run.today.day === day ? run.today : noSpend),
					held: addSpend(sum.held, drawOfRun(run).held),
				}),
				{...noDraw, used: closed},
			);
	};
};
