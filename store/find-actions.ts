import {agentIn} from '../source/domain/run.ts';
import {always, open, type Rule, ui, type View} from './action.ts';
import {chosenHit, type FindOverlay, firstFind, noHit, placeOf} from './find.ts';
import {stays} from './home/home-elsewhere.ts';
import {transcriptAt} from './overlay.ts';
import {topOverlay} from './ui.ts';

const findIn = ({ui: state}: View): FindOverlay | undefined => {
	const overlay = topOverlay(state);
	return overlay?.kind === 'find' ? overlay : undefined;
};

/** Why a place that was found cannot be opened, in words. */
const closedPlace = (view: View): string | undefined => {
	const overlay = findIn(view);
	const hit = overlay === undefined ? undefined : chosenHit(overlay);
	const missing = overlay === undefined ? undefined : noHit(overlay);
	if (missing !== undefined || hit === undefined) return missing;
	return hit.runId === view.run?.id ? undefined : stays(view);
};

/** Looking for words in all runs. */
export const findActions = {
	// From a line of the log the way back to what was found leads here.
	'find.open': {disabled: always, act: ({ui: {found}}) => open(found ?? firstFind)},
	'find.go': {
		disabled: closedPlace,
		act: view => {
			const overlay = findIn(view);
			const hit = overlay === undefined ? undefined : chosenHit(overlay);
			if (hit === undefined) return ui();
			const {runId, goal, agentId, seq} = hit;
			if (runId !== view.run?.id) return {kind: 'home', to: {runId, goal, place: placeOf(hit)}};
			// At a moment of the past its agent may not be there yet; what no agent said is in no transcript.
			const agent = agentIn(view.run, agentId);
			// Below a transcript stays what was found: Esc comes back to it.
			return agent === undefined ? {kind: 'event', seq} : open(transcriptAt(agent.id, placeOf(hit)));
		},
	},
	'find.scope': {
		disabled: always,
		act: view => {
			const overlay = findIn(view);
			if (overlay === undefined) return ui();
			const scope = overlay.scope === 'all' ? 'run' : 'all';
			return ui({type: 'overlay.replace', overlay: {...overlay, scope, chosen: undefined}});
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
