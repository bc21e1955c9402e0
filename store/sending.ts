import type {AgentId} from '../source/domain/id.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {Outcome, View} from './action.ts';
import type {FleetStore} from './fleet-store.ts';
import type {Overlay} from './overlay.ts';
import type {UiAction} from './reduce-ui.ts';
import {topOverlay, type UiState} from './ui.ts';

/** Whether the dialog that was on top when a command left is on top when its answer comes. It may have been scrolled. */
const isStill = (asked: Overlay | undefined, top: Overlay | undefined): boolean => {
	if (asked === top) return true;
	// Another form may have been opened and sent meanwhile.
	if (asked?.kind === 'form' && top?.kind === 'form' && asked.subject !== top.subject) return false;
	return asked?.kind === top?.kind && top !== undefined && 'sending' in top && top.sending;
};

type SendingParts = {
	readonly port: FleetPort;
	readonly fleet: Pick<FleetStore, 'run' | 'flush'>;
	readonly ui: () => UiState;
	readonly view: () => View;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	readonly say: (text: string) => void;
};

/** Commands on their way from a dialog, a message or a key to the fleet, and what is made of the answer. */
export type Sending = {
	readonly send: (outcome: Extract<Outcome, {kind: 'send'}>) => Promise<void>;
	/** What is wrong with what was to be sent. */
	readonly refuse: (text: string) => void;
};

export const createSending = ({port, fleet, ui, view, dispatch, say}: SendingParts): Sending => {
	/** To whom the message goes that is being written. */
	const addressee = (): AgentId | undefined => {
		const {prompt} = ui();
		return prompt.typing ? prompt.to : undefined;
	};

	/** A dialog keeps what was entered and says what is wrong with it; elsewhere the footer says it. */
	const refuse = (text: string, to: AgentId | undefined): void => {
		const overlay = topOverlay(ui());
		dispatch([{type: 'sending', sending: false, problem: text, to}]);
		if (to !== undefined || overlay === undefined || !('sending' in overlay)) say(text);
	};

	return {
		refuse: text => refuse(text, addressee()),
		send: async ({command, more = [], after: then}) => {
			const to = addressee();
			dispatch([{type: 'sending', sending: true, problem: undefined, to}]);
			const asked = topOverlay(ui());
			let rejection = await port.send(command);
			for (const next of more) {
				const run = fleet.run();
				const following = rejection !== undefined || run === undefined ? undefined : next(run);
				if (following !== undefined) rejection = await port.send(following);
			}
			// What the command did is seen with this key, not with the next frame.
			fleet.flush();
			const moved = !isStill(asked, topOverlay(ui()));
			if (rejection !== undefined) {
				if (moved && asked?.kind === 'form') dispatch([{type: 'form.keep', form: asked}]);
				if (moved && to === undefined) say(rejection.message);
				else refuse(rejection.message, to);
				return;
			}
			// The person may have left the dialog meanwhile; then it must not close another one.
			const actions = then(view());
			dispatch(moved ? actions.filter(action => !action.type.startsWith('overlay.')) : actions);
		},
	};
};
