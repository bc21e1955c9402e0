import {keyLabel} from '../key-label.ts';
import type {ActionId} from '../keymap.ts';
import {sayKey} from '../say-key.ts';
import {meaningInWindow} from '../works-elsewhere.ts';
import {chosenRun, type HomeView} from './home-action.ts';
import {homeContext} from './home-ui.ts';

type Elsewhere = {readonly id: ActionId; readonly words: string};

/**
 * What a key that does nothing at Home means elsewhere, and where, in words for the footer: in the list under what lies
 * over it, else in the window on a run. Undefined when it means nothing anywhere.
 */
export const homeWorksElsewhere = (view: HomeView, key: string): Elsewhere | undefined => {
	const {keymap, ui} = view;
	const told = (id: ActionId, where: string): Elsewhere => ({
		id,
		words: `${keyLabel(key)} (${keymap.bindingOf(id).title}) works in ${where}`,
	});
	const isOver = homeContext(ui) !== 'home';
	const below = isOver ? keymap.actionAt('home', key) : undefined;
	if (below !== undefined) return told(below, `the list of all runs: press ${sayKey(keymap, 'back')}`);
	const id = meaningInWindow(keymap, key);
	if (id === undefined) return undefined;
	if (id === 'app.home') return {id, words: 'This is the list of all runs already.'};
	const way = isOver || chosenRun(view) === undefined ? '' : `: ${sayKey(keymap, 'home.open')} opens it`;
	return told(id, `the window on a run${way}`);
};
