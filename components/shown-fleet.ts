import type {FleetState} from '../store/fleet-store.ts';
import type {LogEntry} from '../store/log-entry.ts';
import {remembering} from '../store/selectors.ts';
import type {CostRate} from './panes/cost-pane.ts';

/** What the panes are drawn from: the present, or the moment in the past that is looked at. */
export type ShownFleet = Pick<FleetState, 'run' | 'log' | 'transcript' | 'elsewhere'> & {readonly rate: CostRate};

export const createShowing = (): ((fleet: FleetState) => ShownFleet) => {
	const joined = remembering((older: readonly LogEntry[], log: readonly LogEntry[]) => [...older, ...log]);
	return ({past, run, log, transcript, elsewhere, rates}) => {
		if (past === undefined) return {run, log, transcript, elsewhere, rate: rates};
		return {
			run: past.run,
			log: joined(past.older.entries, past.log),
			transcript: past.transcript,
			elsewhere,
			// How fast models wrote is not stored.
			rate: {perMinute: past.perMinute, tokensPerSecond: undefined, history: []},
		};
	};
};
