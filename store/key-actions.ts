import {always, type Rule, ui} from './action.ts';

/** The page of a list of keys after this one; after the last one the list is closed. */
export const nextKeysPage = (page: number | undefined, pages: number): number | undefined =>
	page === undefined ? 0 : page + 1 < pages ? page + 1 : undefined;

/** Which keys there are. */
export const keyActions = {
	'keys.here': {
		disabled: always,
		act: ({ui: {keysPage}, facts}) => ui({type: 'keys.page', page: nextKeysPage(keysPage, facts.keysPages)}),
	},
} as const satisfies Readonly<Record<string, Rule>>;
