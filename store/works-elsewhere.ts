import {type Context, contextOf} from './context.ts';
import {contextKinds, contexts} from './context-kinds.ts';
import type {Where} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import type {ActionId, Keymap} from './keymap.ts';
import {matchKey} from './match-key.ts';
import {panes, type UiState} from './ui.ts';

/** A place where keys mean something, in words, and the action that leads there. */
type Place<W = Context | 'panes'> = {
	readonly where: W;
	readonly name: string;
	readonly opener?: ActionId;
	/** Where the opener surely leads there; without it, wherever the opener has its place. */
	readonly from?: readonly Context[];
};

/** The nearest to a person's work first: of several meanings of a key the first one is told. */
const places: readonly Place<Context>[] = [
	{where: 'plan', name: 'the plan', opener: 'pane.plan'},
	{where: 'agents', name: 'the agents', opener: 'pane.agents'},
	{where: 'log', name: 'the log', opener: 'pane.log'},
	{where: 'cost', name: 'the cost', opener: 'pane.cost'},
	{where: 'requests', name: 'the requests', opener: 'requests.open'},
	{where: 'transcript', name: 'a transcript', opener: 'item.open', from: ['agents', 'peek']},
	{where: 'peek', name: 'a peek', opener: 'agent.peek'},
	{where: 'step', name: 'the details of a step', opener: 'step.open'},
	{where: 'event', name: 'an event of the log', opener: 'log.event'},
	{where: 'fields', name: 'the fields of a step', opener: 'step.edit'},
	{where: 'costs', name: 'the cost in full', opener: 'costs.open'},
	{where: 'files', name: 'the files', opener: 'files.open'},
	{where: 'file', name: 'a file', opener: 'file.open'},
	{where: 'help', name: 'the help', opener: 'help.open'},
	{where: 'home', name: 'the list of all runs', opener: 'app.home'},
	...contexts
		.filter(context => contextKinds[context] === 'text' || contextKinds[context] === 'dialog')
		.map(where => ({where, name: 'a dialog'})),
	{where: 'approve', name: 'approving some', opener: 'plan.approveSome'},
];

/** The places, that of the pane in use first: there one is at home. */
const placesFrom = (ui: UiState): readonly Place[] => [
	...places.filter(({where}) => where === ui.pane),
	{where: 'panes', name: 'the panes'},
	...places,
];

/** The keys that lead to a place from here; undefined when there is no single way. Ways do not lead over `passed`. */
const wayTo = (
	keymap: Keymap,
	ui: UiState,
	place: Place,
	passed: readonly Place[] = [],
): readonly string[] | undefined => {
	const {where, opener, from} = place;
	const firstKey = (id: ActionId): string | undefined => keymap.bindingOf(id).binds[0]?.keys[0];
	const leave = firstKey('back');
	const out = leave === undefined ? [] : ui.overlays.map(() => leave);
	if (where === 'panes' || where === ui.pane) return out;
	const key = opener === undefined ? undefined : firstKey(opener);
	if (key === undefined) return undefined;
	const leadsFrom = (context: Context): boolean =>
		from?.includes(context) !== false && matchKey(keymap, context, key, ui.past !== undefined) === opener;
	if (leadsFrom(contextOf(ui))) return [key];
	if (leadsFrom(ui.pane)) return [...out, key];
	const beyond = [...passed, place];
	const before = places.find(other => !beyond.includes(other) && leadsFrom(other.where));
	const start = before === undefined ? undefined : wayTo(keymap, ui, before, beyond);
	return start === undefined ? undefined : [...start, key];
};

const worksAt = (keymap: Keymap, ui: UiState, place: Place): string => {
	const way = (wayTo(keymap, ui, place) ?? []).map(keyLabel).join(', then ');
	return `works in ${place.name}${way === '' ? '' : `: press ${way}`}`;
};

/**
 * What a key that means nothing here means elsewhere, and where, in words for the footer; undefined when it means
 * nothing anywhere. Esc is left out: with nothing to leave there is nothing to say.
 */
export const worksElsewhere = (
	keymap: Keymap,
	ui: UiState,
	key: string,
): {readonly id: ActionId; readonly words: string} | undefined => {
	for (const place of placesFrom(ui)) {
		const id = keymap.actionAt(place.where, key);
		if (id === undefined || id === 'back') continue;
		return {id, words: `${keyLabel(key)} (${keymap.bindingOf(id).title}) ${worksAt(keymap, ui, place)}`};
	}
	return undefined;
};

/** Where keys mean something in the window on a run, the panes first. */
const windowPlaces: readonly Where[] = [
	...panes,
	'panes',
	'views',
	...contexts.filter(context => contextKinds[context] === 'view'),
];

/** What a key means in the window on a run, where a person looks at it first; undefined when it means nothing there. */
export const meaningInWindow = (keymap: Keymap, key: string): ActionId | undefined =>
	windowPlaces.map(where => keymap.actionAt(where, key)).find(id => id !== undefined && id !== 'back');

/** Where an action that has no place here works, in words. */
export const whereItWorks = (keymap: Keymap, ui: UiState, id: ActionId): string => {
	const {binds} = keymap.bindingOf(id);
	const place = placesFrom(ui).find(({where}) => binds.some(bind => bind.where.includes(where)));
	return place === undefined ? 'works elsewhere' : worksAt(keymap, ui, place);
};
