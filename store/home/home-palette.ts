import type {PaletteRow} from '../facts.ts';
import {rankActions} from '../rank-actions.ts';
import type {HomeView} from './home-action.ts';
import {homeActions} from './home-actions.ts';

/** The actions that a palette lists over Home. */
export const homePaletteRows = (view: HomeView, query: string): readonly PaletteRow[] => {
	const below: HomeView = {...view, ui: {...view.ui, overlay: undefined}};
	const elsewhere = 'works in the window on a run, or where something is typed';
	return rankActions(
		{
			keymap: view.keymap,
			context: 'home',
			inPast: false,
			word: id => view.keymap.bindingOf(id).title,
			disabled: id => {
				const rule = homeActions[id];
				return rule === undefined ? elsewhere : rule.disabled(below);
			},
			elsewhere: () => elsewhere,
		},
		query,
	);
};
