import type {View} from '../../store/action.ts';
import {disabledReason} from '../../store/actions.ts';
import {contextOf} from '../../store/context.ts';
import {keyLabel} from '../../store/key-label.ts';
import type {ActionId} from '../../store/keymap.ts';
import {actionsIn} from '../../store/match-key.ts';

/** The key that does this here and now; undefined when none does, or when it cannot be done. */
export const keyHere = (view: View, id: ActionId): string | undefined => {
	const [key] =
		actionsIn(view.keymap, contextOf(view.ui), view.ui.past !== undefined).find(action => action.id === id)?.keys ?? [];
	return key === undefined || disabledReason(id, view) !== undefined ? undefined : keyLabel(key);
};
