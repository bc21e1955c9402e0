import {type Pointer, textRows} from '../point.ts';
import type {HomeOutcome, HomeView} from './home-action.ts';
import {moveHome} from './home-actions.ts';
import {homeContext} from './home-ui.ts';

const turned = (view: HomeView, kind: 'up' | 'down'): HomeOutcome => {
	const {overlay} = view.ui;
	// What lies under a question stays where it is.
	if (overlay?.kind === 'form' || overlay?.kind === 'stop' || overlay?.kind === 'archive')
		return {kind: 'ui', ui: view.ui};
	return moveHome({rows: (kind === 'up' ? -1 : 1) * (overlay?.kind === 'help' ? textRows : 1)}, view);
};

const pressed = (view: HomeView, x: number, y: number): HomeOutcome => {
	const {ui} = view;
	const spot = view.seen.spotAt(x, y);
	if (ui.overlay?.kind === 'palette' && spot?.kind === 'action')
		return {kind: 'ui', ui: {...ui, overlay: {...ui.overlay, chosen: spot.id}}};
	// Who types or is asked something stays there.
	return {kind: 'ui', ui: spot?.kind === 'run' && homeContext(ui) === 'home' ? {...ui, chosen: spot.runId} : ui};
};

/** What the mouse does at Home: the wheel moves through what is on top, a press selects a row. It never runs an action. */
export const pointAtHome = (view: HomeView, {kind, x, y}: Pointer): HomeOutcome =>
	kind === 'press' ? pressed(view, x, y) : turned(view, kind);
