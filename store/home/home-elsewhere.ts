import {type Rule, ui, type View} from '../action.ts';
import type {homeKeys} from '../keys-home.ts';
import {agentsAtWork} from '../run-actions.ts';
import {sayKey} from '../say-key.ts';

/** Why the window cannot be left for another one, in words. */
export const stays = (view: View): string | undefined => {
	if (view.hasHome !== true)
		return 'There is no list of runs behind this window: leave it, and `flotilla ls` lists them.';
	return view.outlives !== true && agentsAtWork(view) > 0
		? `The agents work in this window, so it stays: ${sayKey(view.keymap, 'app.quit')} leaves it and stops the run.`
		: undefined;
};

const elsewhere: Rule = {disabled: () => 'This is for the list of all runs.', act: () => ui()};

/** The way from the window on a run to Home; what is done there cannot be done here. */
export const homeElsewhere = {
	'app.home': {
		disabled: stays,
		act: () => ({kind: 'home', to: undefined}),
	},
	'home.open': elsewhere,
	'home.goal': elsewhere,
	'home.resume': elsewhere,
	'home.stop': elsewhere,
	'home.filter': elsewhere,
	'home.archive': elsewhere,
	'home.archived': elsewhere,
	'home.start': elsewhere,
	'home.fields': elsewhere,
	'home.older': elsewhere,
	'home.newer': elsewhere,
	'home.keep': elsewhere,
} as const satisfies Readonly<Record<keyof typeof homeKeys, Rule>>;
