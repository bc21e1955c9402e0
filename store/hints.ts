import type {View} from './action.ts';
import {disabledReason} from './actions.ts';
import type {KeyGroup} from './key-binding.ts';
import {keyLabel} from './key-label.ts';
import {type ActionId, actionIds, type Keymap} from './keymap.ts';
import {actionsIn} from './match-key.ts';
import {contextOf} from './ui.ts';

/** A key that is valid now. */
type Hint = {
	readonly id: ActionId;
	readonly key: string;
	readonly title: string;
	readonly disabled: boolean;
	/** Shown also where others have no room. */
	readonly pinned: boolean;
};

/**
 * The keys for the footer, the most useful first, those that are always shown last. What cannot be done now comes
 * behind what can.
 */
export const hintsOf = (view: View): readonly Hint[] => {
	const hints = actionsIn(view.keymap, contextOf(view.ui)).flatMap(({id, keys: [key]}) => {
		const {hint, title, pinned = false} = view.keymap.bindingOf(id);
		if (hint === 0 || key === undefined) return [];
		return [{id, key: keyLabel(key), title, disabled: disabledReason(id, view) !== undefined, pinned, hint}];
	});
	return hints.toSorted(
		(a, b) => Number(a.pinned) - Number(b.pinned) || Number(a.disabled) - Number(b.disabled) || a.hint - b.hint,
	);
};

type HelpGroup = {
	readonly group: KeyGroup;
	readonly keys: readonly {readonly keys: string; readonly text: string; readonly title: string}[];
};

/** The whole table for the help and for docs/keys.md. */
export const helpGroups = ({bindingOf}: Keymap): readonly HelpGroup[] =>
	[...new Set(actionIds.map(id => bindingOf(id).group))].map(group => ({
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
