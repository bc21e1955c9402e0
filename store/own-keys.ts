import {contextKinds, contexts} from './context-kinds.ts';
import type {KeyBinding, Where} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import {type ActionId, actionIds, builtInKeys, isActionId, type Keymap, keymapOf, keyTable} from './keymap.ts';
import {layersOf} from './match-key.ts';
import {isTyped, readKeyName} from './read-key-name.ts';

type Key = string | number;

/** A person's own keys, by action: one, several, or the word `none`. Digits may be numbers, as YAML reads them. */
export type OwnKeys = Readonly<Record<string, Key | readonly Key[]>>;

/** Why one of them cannot hold, in words. */
type KeyProblem = {readonly id: string; readonly text: string};

type Chosen = {readonly keys: readonly string[]} | {readonly problem: string};

/** The way out holds whatever else is bound. */
const fixed: readonly ActionId[] = ['app.interrupt'];

const contextKindOf = (where: Where): (typeof contextKinds)[keyof typeof contextKinds] | undefined =>
	where === 'panes' || where === 'views' || where === 'past' || where === 'anywhere' ? undefined : contextKinds[where];

const chosenFor = (id: ActionId, wanted: OwnKeys[string]): Chosen => {
	const {byKey = false, binds} = builtInKeys.bindingOf(id);
	if (byKey || fixed.includes(id)) return {problem: 'its keys cannot be changed'};
	const written = [wanted].flat().map(String);
	if (written.length === 0 || (written.length === 1 && written[0] === 'none')) {
		// In a dialog no palette opens: nothing but a key reaches what it wants.
		const needed =
			id === 'palette.open' || binds.some(({where}) => where.some(place => contextKindOf(place) === 'dialog'));
		return needed ? {problem: 'it needs a key: without one there is no way to it'} : {keys: []};
	}
	const keys: string[] = [];
	for (const text of written) {
		const read = readKeyName(text);
		if ('problem' in read) return read;
		keys.push(read.name);
	}
	return {keys: [...new Set(keys)]};
};

/** Where letters are text, they stay text: there, what is left of the keys holds, or those of the table do. */
const rebound = (binding: KeyBinding, keys: readonly string[]): KeyBinding => {
	const untyped = keys.filter(key => !isTyped(key));
	const binds = binding.binds.flatMap(bind => {
		const texts = bind.where.filter(where => contextKindOf(where) === 'text');
		const others = bind.where.filter(where => contextKindOf(where) !== 'text');
		return [
			{where: others, keys},
			{where: texts, keys: untyped.length > 0 ? untyped : bind.keys},
		];
	});
	return {...binding, binds: binds.filter(({where}) => where.length > 0)};
};

/** Whether a person can be where both hold. The past has its own meaning of some keys of panes. */
const meet = (one: Where, other: Where): boolean =>
	one === other || contexts.some(context => layersOf(context).includes(one) && layersOf(context).includes(other));

const places = ({binds}: KeyBinding): readonly {readonly where: Where; readonly key: string}[] =>
	binds.flatMap(({where, keys}) => where.flatMap(place => keys.map(key => ({where: place, key}))));

/** The keys two actions would share in one place. */
const shared = (one: KeyBinding, other: KeyBinding): readonly string[] => {
	const theirs = places(other);
	return [
		...new Set(
			places(one)
				.filter(({where, key}) => theirs.some(their => their.key === key && meet(where, their.where)))
				.map(({key}) => key),
		),
	];
};

/** The table with a person's own keys in it, and what is wrong with them; then those that are wrong do not hold. */
export const keymapWith = (own: OwnKeys): {readonly keymap: Keymap; readonly problems: readonly KeyProblem[]} => {
	const table: Record<ActionId, KeyBinding> = {...keyTable};
	const problems: KeyProblem[] = [];
	const changed: ActionId[] = [];
	for (const [id, wanted] of Object.entries(own)) {
		if (!isActionId(id)) {
			problems.push({id, text: 'there is no such action; docs/keys.md names them all'});
			continue;
		}
		const chosen = chosenFor(id, wanted);
		if ('problem' in chosen) problems.push({id, text: chosen.problem});
		else {
			table[id] = rebound(table[id], chosen.keys);
			changed.push(id);
		}
	}
	for (const [i, id] of changed.entries())
		for (const other of actionIds) {
			// Of two that were changed, one tells.
			if (other === id || changed.indexOf(other) > i) continue;
			for (const key of shared(table[id], table[other]))
				problems.push({id, text: `${keyLabel(key)} is the key of ${other} in the same place`});
		}
	return {keymap: keymapOf(table), problems};
};
