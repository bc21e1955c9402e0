import type {Where} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import {type ActionId, actionIds, bindingOf} from './keymap.ts';
import {keysIn, matchKey} from './match-key.ts';
import {contextOf, type UiState} from './ui.ts';

/** A place where keys mean something, in words, and the action that leads there. */
type Place = {readonly where: Where; readonly name: string; readonly opener?: ActionId};

/** The nearest to a person's work first: of several meanings of a key the first one is told. */
const places: readonly Place[] = [
	{where: 'plan', name: 'the plan', opener: 'pane.plan'},
	{where: 'agents', name: 'the agents', opener: 'pane.agents'},
	{where: 'log', name: 'the log', opener: 'pane.log'},
	{where: 'cost', name: 'the cost', opener: 'pane.cost'},
	{where: 'requests', name: 'the requests', opener: 'requests.open'},
	{where: 'transcript', name: 'a transcript', opener: 'item.open'},
	{where: 'step', name: 'the details of a step', opener: 'item.open'},
	{where: 'help', name: 'the help', opener: 'help.open'},
	...(['prompt', 'filter', 'search', 'answer', 'reach', 'line', 'form', 'choice', 'kill', 'quit'] as const).map(
		where => ({where, name: 'a dialog'}),
	),
];

/** The keys that lead to a place from here; none when there is no single way. */
const wayTo = (ui: UiState, {where, opener}: Place): readonly string[] => {
	const out = ui.overlays.map(() => 'esc');
	if (where === 'panes' || where === ui.pane) return out;
	if (opener === undefined) return [];
	const [key] = bindingOf(opener).binds[0]?.keys ?? [];
	if (key === undefined) return [];
	if (matchKey(contextOf(ui), key) === opener) return [key];
	if (matchKey(ui.pane, key) === opener) return [...out, key];
	// Where nothing can be opened, the list of agents is the nearest place where it can.
	return [...out, ...wayTo({...ui, overlays: []}, {where: 'agents', name: '', opener: 'pane.agents'}), key];
};

/**
 * Where a key that means nothing here means something, in words for the footer; undefined when it means nothing
 * anywhere. Esc is left out: with nothing to leave there is nothing to say.
 */
export const worksElsewhere = (ui: UiState, key: string): string | undefined => {
	const here = places.filter(({where}) => where === ui.pane);
	for (const place of [...here, {where: 'panes', name: 'the panes'} as const, ...places]) {
		const id = actionIds.find(action => action !== 'back' && keysIn(action, place.where).includes(key));
		if (id === undefined) continue;
		const way = wayTo(ui, place).map(keyLabel).join(', then ');
		return `${keyLabel(key)} (${bindingOf(id).title}) works in ${place.name}${way === '' ? '' : `: press ${way}`}`;
	}
	return undefined;
};
