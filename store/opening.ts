import type {RequestId} from '../source/domain/id.ts';
import {requestIn} from '../source/domain/run.ts';
import type {FleetStore} from './fleet-store.ts';
import {requestsOf} from './overlay.ts';
import type {UiAction} from './reduce-ui.ts';
import {topOverlay, type UiState} from './ui.ts';

type OpeningParts = {
	readonly fleet: Pick<FleetStore, 'state' | 'run'>;
	readonly ui: () => UiState;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	/** ms since 1970. */
	readonly now: () => number;
};

/** The window is opened at a request, whose events may be still on their way: nobody has read it before it is on screen. */
export const createOpening = ({fleet, ui, dispatch, now}: OpeningParts) => {
	let callOff = (): void => {};
	return {
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
