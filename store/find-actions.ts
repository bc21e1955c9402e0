import {agentIn} from '../source/domain/run.ts';
import {always, open, type Rule, ui, type View} from './action.ts';
import {chosenHit, type FindOverlay, firstFind, noHit, placeOf} from './find.ts';
import {stays} from './home/home-elsewhere.ts';
import {topOverlay, transcriptOf} from './ui.ts';

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
	const place = placeOf(hit);
	if (hit.runId !== view.run?.id) return stays(view);
	if (place === undefined) return 'It was said of the whole run, so there is no transcript of it: the log has it.';
	return agentIn(view.run, place.agentId) === undefined
		? 'Its agent is not there at this moment of the past.'
		: undefined;
};

/** Looking for words in all runs. */
export const findActions = {
	'find.open': {disabled: always, act: () => open(firstFind)},
	'find.go': {
		disabled: closedPlace,
		act: view => {
			const overlay = findIn(view);
			const hit = overlay === undefined ? undefined : chosenHit(overlay);
			if (hit === undefined) return ui();
			const place = placeOf(hit);
			if (hit.runId !== view.run?.id) return {kind: 'home', to: {runId: hit.runId, place}};
			// Below it stays what was found: Esc comes back to it.
			return place === undefined ? ui() : open(transcriptOf(place.agentId, place.seq));
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
