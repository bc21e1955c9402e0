import type {View} from './action.ts';
import {disabledReason, wordOf} from './actions.ts';
import {contextOf} from './context.ts';
import type {PaletteRow} from './facts.ts';
import {rankActions} from './rank-actions.ts';
import {whereItWorks} from './works-elsewhere.ts';

/** The actions that a palette lists over a window. `view` is what was in front of the person before. */
export const paletteRows = (view: View, query: string): readonly PaletteRow[] => {
	const {keymap, ui} = view;
	return rankActions(
		{
			keymap,
			context: contextOf(ui),
			inPast: ui.past !== undefined,
			word: id => wordOf(id, view),
			disabled: id => disabledReason(id, view),
			elsewhere: id => whereItWorks(keymap, ui, id),
		},
		query,
	);
};
