import type {RunId} from '../domain/id.ts';
import type {Clock} from './clock.ts';

/** When each run must be looked at again though nobody says anything: one moment for each. */
export type Alarms = {
	/** Another moment, ms since 1970, or none. */
	readonly set: (runId: RunId, at: number | undefined) => void;
	readonly isEmpty: () => boolean;
	readonly cancelAll: () => void;
};

export const createAlarms = (clock: Clock, onDue: (runId: RunId) => void): Alarms => {
	const alarms = new Map<RunId, {readonly at: number; readonly cancel: () => void}>();
	return {
		set: (runId, at) => {
			const alarm = alarms.get(runId);
			if (alarm?.at === at) return;
			alarm?.cancel();
			alarms.delete(runId);
			if (at === undefined) return;
			const cancel = clock.after(Math.max(0, at - clock.now()), () => {
				alarms.delete(runId);
				onDue(runId);
			});
			alarms.set(runId, {at, cancel});
		},
		isEmpty: () => alarms.size === 0,
		cancelAll: () => {
			for (const {cancel} of alarms.values()) cancel();
		},
	};
};
