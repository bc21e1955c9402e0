import type {FleetState} from '../store/fleet-store.ts';
import type {CostRate} from './panes/cost-lines.ts';

/** What the panes are drawn from: the present, or the moment in the past that is looked at. */
export type ShownFleet = Pick<
	FleetState,
	'run' | 'costs' | 'log' | 'older' | 'transcript' | 'elsewhere' | 'percentRead'
> & {
	readonly rate: CostRate;
};

export const shownFleet = (state: FleetState): ShownFleet => {
	const {past, run, costs, log, older, transcript, elsewhere, percentRead, rates} = state;
	if (past === undefined) return {run, costs, log, older, transcript, elsewhere, percentRead, rate: rates};
	return {
		run: past.run,
		costs: past.costs,
		log: past.log,
		older: past.older,
		transcript: past.transcript,
		elsewhere,
		percentRead,
		// How fast models wrote is not stored.
		rate: {perMinute: past.perMinute, tokensPerSecond: undefined, history: []},
	};
};
