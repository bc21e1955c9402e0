import type {FleetPort} from '../source/engine/port.ts';
import type {Outcome, View} from './action.ts';
import type {FleetStore} from './fleet-store.ts';
import type {UiAction} from './reduce-ui.ts';
import {seekEvent} from './seek-event.ts';
import {arrivalOf, type Journey} from './travel.ts';
import {presentAt, topOverlay, type UiState} from './ui.ts';

/** Leads a person to other moments of the run. */
export type Traveller = {
	readonly travel: (to: Journey) => void;
	/** Looks an event up, and goes on with what it means; says so when there is none. */
	readonly seek: (outcome: Extract<Outcome, {kind: 'seek'}>) => Promise<void>;
};

type TravellerParts = {
	readonly port: FleetPort;
	readonly fleet: FleetStore;
	readonly ui: () => UiState;
	readonly view: () => View;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	/** Says why something cannot be. */
	readonly say: (text: string) => void;
	readonly perform: (outcome: Outcome) => void;
};

export const createTraveller = ({port, fleet, ui, view, dispatch, say, perform}: TravellerParts): Traveller => ({
	travel: to => {
		const {percentRead} = fleet.state.getState();
		if (percentRead !== undefined) {
			say(`The history of this run is still being read (${percentRead} %).`);
			return;
		}
		const {past = presentAt(fleet.timeline.count())} = ui();
		const arrival = arrivalOf(fleet.timeline, past.n, to);
		if ('problem' in arrival) say(arrival.problem);
		else dispatch([{type: 'past.look', past: {...past, n: arrival.n, shortened: undefined, to: undefined}}]);
	},
	seek: async ({seek: sought, found, missing}) => {
		const asked = topOverlay(ui());
		const seq = await seekEvent(port, sought).catch(() => undefined);
		// Who has gone on meanwhile is not called back.
		if (topOverlay(ui()) !== asked) return;
		if (seq === undefined) say(missing);
		else perform(found(view(), seq));
	},
});
