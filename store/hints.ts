import type {View} from './action.ts';
import {disabledReason, fits, wordOf} from './actions.ts';
import {type Context, contextOf} from './context.ts';
import type {KeyGroup} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import {type ActionId, actionIds, type Keymap} from './keymap.ts';
import {actionsIn} from './match-key.ts';

/** More than these nobody reads. */
const hintsMax = 8;

/** A key that goes with what is on screen. */
type Hint = {
	readonly id: ActionId;
	readonly key: string;
	readonly title: string;
	/** It must wait a moment. */
	readonly disabled: boolean;
	/** Shown also where others have no room. */
	readonly pinned: boolean;
};

/**
 * The keys for the footer, the most useful first, those that are always shown last. What does not fit is left to the
 * palette, which says why.
 */
export const hintsOf = (view: View): readonly Hint[] => {
	const hints = actionsIn(view.keymap, contextOf(view.ui), view.ui.past !== undefined).flatMap(({id, keys: [key]}) => {
		const {hint, pinned = false} = view.keymap.bindingOf(id);
		if (hint === 0 || key === undefined || !fits(id, view)) return [];
		return [
			{id, key: keyLabel(key), title: wordOf(id, view), disabled: disabledReason(id, view) !== undefined, pinned, hint},
		];
	});
	const sorted = hints.toSorted((a, b) => a.hint - b.hint);
	const pinned = sorted.filter(hint => hint.pinned);
	return [...sorted.filter(hint => !hint.pinned).slice(0, hintsMax - pinned.length), ...pinned];
};

type HelpGroup = {
	readonly group: KeyGroup;
	readonly keys: readonly {readonly keys: string; readonly text: string; readonly title: string}[];
};

/** What holds in many places is told of none. */
const general: ReadonlySet<KeyGroup> = new Set(['Everywhere', 'Panes', 'Moving', 'Dialogs']);

/** The group a place is about: that of most of its own keys. */
const groupAt = ({bindingOf}: Keymap, place: Context): KeyGroup | undefined => {
	const groups = actionIds
		.map(bindingOf)
		.filter(({group, binds}) => !general.has(group) && binds.some(({where}) => where.includes(place)))
		.map(({group}) => group);
	const counts = [...Map.groupBy(groups, group => group)].map(([group, {length}]) => ({group, length}));
	return counts.toSorted((a, b) => b.length - a.length)[0]?.group;
};

/** The whole table for the help and for docs/keys.md; for the help, what the place is about that it was opened in first. */
export const helpGroups = (keymap: Keymap, place?: Context): readonly HelpGroup[] => {
	const {bindingOf} = keymap;
	const first = place === undefined ? undefined : groupAt(keymap, place);
	const groups = new Set([...(first === undefined ? [] : [first]), ...actionIds.map(id => bindingOf(id).group)]);
	return [...groups].map(group => ({
		group,
		keys: actionIds
			.map(bindingOf)
			.filter(binding => binding.group === group)
			.map(({binds, title, text}) => ({
				keys: [...new Set(binds.flatMap(bind => bind.keys))].map(keyLabel).join(' '),
				title,
				text,
			})),
	}));
};
