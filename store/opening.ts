import type {RequestId} from '../source/domain/id.ts';
import {requestIn} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {FleetStore} from './fleet-store.ts';
import {neededStep} from './needed-step.ts';
import {requestsOf} from './overlay.ts';
import {readToEnd} from './read-to-end.ts';
import type {UiAction} from './reduce-ui.ts';
import {topOverlay, type UiState} from './ui.ts';

type OpeningParts = {
	readonly port: FleetPort;
	readonly fleet: FleetStore;
	readonly ui: () => UiState;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	/** ms since 1970. */
	readonly now: () => number;
};

/** Where the window begins. What leads there may be still on its way. */
export const createOpening = ({port, fleet, ui, dispatch, now}: OpeningParts) => {
	let callOff = (): void => {};
	return {
		/** The bar begins where the person is needed. Whoever has pressed a key meanwhile may have meant the row it is on. */
		atNeed: async (isTouched: () => boolean): Promise<void> => {
			try {
				await readToEnd(port, fleet);
			} catch {
				// Without a history the bar is on the first row.
				return;
			}
			const run = fleet.run();
			const stepId = run === undefined ? undefined : neededStep(run);
			if (stepId !== undefined && !isTouched() && ui().stepId === undefined) dispatch([{type: 'step.select', stepId}]);
		},
		/** Nobody has read the request before it is on screen. */
		atRequest: (requestId: RequestId, isElsewhere: boolean): void => {
			dispatch([{type: 'overlay.open', overlay: {...requestsOf(requestId), appearedAt: now(), isElsewhere}}]);
			if (requestIn(fleet.run(), requestId) !== undefined) return;
			callOff = fleet.state.subscribe(({run}) => {
				if (requestIn(run, requestId) === undefined) return;
				callOff();
				const overlay = topOverlay(ui());
				if (overlay?.kind === 'requests' && overlay.requestId === requestId)
					dispatch([{type: 'overlay.replace', overlay: {...overlay, appearedAt: now()}}]);
			});
		},
		close: (): void => callOff(),
	};
};
