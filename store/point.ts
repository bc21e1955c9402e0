import {type Outcome, ui, type View} from './action.ts';
import {contextOf} from './context.ts';
import {contextKinds} from './context-kinds.ts';
import {barOn, scrollLog} from './log-moves.ts';
import {moveIn} from './move-actions.ts';
import type {Overlay} from './overlay.ts';
import {focusPane} from './pane-actions.ts';
import {topOverlay} from './ui.ts';

/** What a person does with the mouse: a press, or the wheel turned by one notch. `x` and `y` count cells from 0. */
export type Pointer = {readonly kind: 'press' | 'up' | 'down'; readonly x: number; readonly y: number};

/** How many rows of a text one notch is; in a list it is one row. */
export const textRows = 3;

const isText = (overlay: Overlay | undefined): boolean =>
	overlay !== undefined &&
	overlay.kind !== 'event' &&
	('top' in overlay || overlay.kind === 'transcript' || overlay.kind === 'file');

const turned = (view: View, {kind, x, y}: Pointer): Outcome => {
	const {ui: state, facts} = view;
	const overlay = topOverlay(state);
	const spot = facts.spotAt(x, y);
	const pane = spot?.kind === 'pane' ? spot.pane : state.pane;
	const way = kind === 'up' ? -1 : 1;
	// Who reads the log keeps the bar where it is while the lines go by.
	if (overlay === undefined && pane === 'log') return scrollLog(view, way * textRows);
	const rows = way * (isText(overlay) ? textRows : 1);
	return moveIn({...view, ui: {...state, pane}}, {rows});
};

const pressed = (view: View, {x, y}: Pointer): Outcome => {
	const {ui: state, facts} = view;
	const spot = facts.spotAt(x, y);
	const overlay = topOverlay(state);
	if (overlay?.kind === 'palette' && spot?.kind === 'action')
		return ui({type: 'overlay.replace', overlay: {...overlay, chosen: spot.id}});
	// Who types or is asked something stays there.
	if (spot?.kind !== 'pane' || contextKinds[contextOf(state)] !== 'pane') return ui();
	const {pane, stepId, agentId, seq} = spot;
	if (stepId !== undefined) return ui({type: 'pane.focus', pane}, {type: 'step.select', stepId});
	if (agentId !== undefined) return ui({type: 'pane.focus', pane}, {type: 'agent.select', agentId});
	if (seq !== undefined) {
		const chosen = barOn(view, seq);
		if (chosen.kind === 'ui') return ui({type: 'pane.focus', pane}, ...chosen.actions);
	}
	return focusPane(view, pane);
};

/** What the mouse does: the wheel scrolls, a press goes to a pane or selects a row. It never runs an action. */
export const pointAt = (view: View, pointer: Pointer): Outcome =>
	pointer.kind === 'press' ? pressed(view, pointer) : turned(view, pointer);
