import type {RunId} from '../../source/domain/id.ts';
import type {Keymap} from '../keymap.ts';
import {sayKey} from '../say-key.ts';
import {emptyDraft} from '../text-history.ts';
import type {HomeFacts} from './home-runs.ts';
import type {HomeUi} from './home-ui.ts';

/** How Home is come back to. */
export type HomeReturn = {
	/** As it was left. */
	readonly left: HomeUi;
	/** The run whose window the person comes from; undefined when none was opened. */
	readonly from: RunId | undefined;
	/** Why what was asked for at Home was not done, in words. */
	readonly problem: string | undefined;
};

/** Home without the goal that was entered, once its run has begun. */
export const withoutGoal = (ui: HomeUi): HomeUi => ({...ui, goal: emptyDraft, draft: undefined, overlay: undefined});

/**
 * Home as the person finds it again: the bar is on the run they come from, or where it was, so that no key hits another
 * one, and what they have entered is still there. `first` is Home as it begins.
 */
export const homeOnReturn = (
	first: HomeUi,
	{left, from, problem}: HomeReturn,
	{archived}: HomeFacts,
	keymap: Keymap,
): HomeUi => {
	const {goal, draft, overlay} = left;
	const chosen = from ?? left.chosen;
	const isHidden = chosen !== undefined && archived.has(chosen) && !left.archived;
	const kept: HomeUi = {...first, chosen, goal, draft, archived: left.archived || isHidden};
	if (problem !== undefined) {
		if (overlay?.kind === 'form') return {...kept, typing: 'goal', overlay: {...overlay, problem}};
		return {...kept, typing: left.typing === 'goal' ? 'goal' : first.typing, notice: {tone: 'refused', text: problem}};
	}
	if (!isHidden) return kept;
	const text = `The run you come from is archived: ${sayKey(keymap, 'home.archived')} leaves archived runs out again.`;
	return {...kept, notice: {tone: 'info', text}};
};
