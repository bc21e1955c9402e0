import type {FleetPort} from '../source/engine/port.ts';
import type {Place} from './find.ts';
import type {FleetStore} from './fleet-store.ts';
import {readToEnd} from './read-to-end.ts';
import type {UiAction} from './reduce-ui.ts';
import {presentAt, type UiState} from './ui.ts';

/** Going to an event in the log, whose bar is on it then. */
export type LogVisits = {
	/** To an event that has been read, as all have that a person sees; while the history is read, once it is. */
	readonly goTo: (seq: number) => void;
	/** To an event of a history that is still being read. */
	readonly goOnceRead: (place: Place) => void;
};

type LogVisitsParts = {
	readonly port: Pick<FleetPort, 'history'>;
	readonly fleet: FleetStore;
	readonly ui: () => UiState;
	readonly dispatch: (actions: readonly UiAction[]) => void;
};

/** So many lines of those in memory, or fewer where some are left out, are seen above the event. */
const linesAbove = 8;

export const createLogVisits = ({port, fleet, ui, dispatch}: LogVisitsParts): LogVisits => {
	const goTo = (seq: number): void => {
		fleet.flush();
		const {log} = fleet.state.getState();
		const {past} = ui();
		const [oldest, newest] = [log[0], log.at(-1)];
		if (past === undefined && oldest !== undefined && newest !== undefined && oldest.seq <= seq) {
			const row = log.findLastIndex(line => line.seq <= seq);
			const top = log[Math.max(0, row - linesAbove)] ?? oldest;
			dispatch([{type: 'log.visit', anchor: {top: top.seq, at: seq, newest: newest.seq}}]);
			return;
		}
		// The log of the past ends with its moment, and there the bar is.
		const n = Math.max(1, fleet.timeline.upToSeq(seq));
		dispatch([
			{type: 'log.visit', anchor: undefined},
			{type: 'past.look', past: {...(past ?? presentAt(n)), n, playing: false, shortened: undefined}},
		]);
	};

	const wait = async ({seq}: Pick<Place, 'seq'>): Promise<void> => {
		const anchor = {top: seq, at: seq, newest: seq};
		dispatch([{type: 'log.visit', anchor}]);
		// Whether memory reaches back to the event shows only at the end of the history.
		await readToEnd(port, fleet);
		const {log, past, pane, overlays} = ui();
		// Who has gone on meanwhile is not called back.
		if (log.anchor === anchor && past === undefined && pane === 'log' && overlays.length === 0) goTo(seq);
	};

	return {
		goTo: seq => {
			if (fleet.state.getState().percentRead === undefined) goTo(seq);
			else void wait({seq}).catch(() => {});
		},
		// Without an engine the log stays at what has been read.
		goOnceRead: place => void wait(place).catch(() => {}),
	};
};
