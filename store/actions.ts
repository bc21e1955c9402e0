import type {Outcome, Rule, View} from './action.ts';
import {agentActions} from './agent-actions.ts';
import {answerActions} from './answer-actions.ts';
import {copyActions} from './copy-actions.ts';
import {costActions} from './cost-actions.ts';
import {fileActions} from './file-actions.ts';
import {findActions} from './find-actions.ts';
import {formActions} from './form-actions.ts';
import {homeElsewhere} from './home/home-elsewhere.ts';
import {keyActions} from './key-actions.ts';
import type {ActionId} from './keymap.ts';
import {logActions} from './log-actions.ts';
import {manyActions} from './many-actions.ts';
import {moveActions} from './move-actions.ts';
import {onwardActions} from './onward-actions.ts';
import {paletteActions} from './palette-actions.ts';
import {paneActions} from './pane-actions.ts';
import {planActions} from './plan-actions.ts';
import {refusedInPast} from './refused-in-past.ts';
import {requestActions} from './request-actions.ts';
import {rowActions} from './row-actions.ts';
import {runActions} from './run-actions.ts';
import {searchActions} from './search-actions.ts';
import {textActions} from './text-actions.ts';
import {timeActions} from './time-actions.ts';
import {transcriptActions} from './transcript-actions.ts';

/** What every key of the table does. */
const rules: Readonly<Record<ActionId, Rule>> = {
	...onwardActions,
	...runActions,
	...keyActions,
	...paneActions,
	...paletteActions,
	...findActions,
	...moveActions,
	...rowActions,
	...planActions,
	...agentActions,
	...logActions,
	...transcriptActions,
	...searchActions,
	...copyActions,
	...requestActions,
	...manyActions,
	...answerActions,
	...costActions,
	...timeActions,
	...fileActions,
	...formActions,
	...textActions,
	...homeElsewhere,
};

const misfit = (id: ActionId, view: View): string | undefined =>
	view.ui.past !== undefined && view.keymap.bindingOf(id).presentOnly === true
		? refusedInPast(view.keymap)
		: rules[id].disabled(view);

/** Whether an action goes with what is there, if not at this moment. */
export const fits = (id: ActionId, view: View): boolean => misfit(id, view) === undefined;

/** Why an action cannot be done now, in words for the footer. */
export const disabledReason = (id: ActionId, view: View): string | undefined =>
	misfit(id, view) ?? rules[id].notYet?.(view);

/** What the footer calls an action. */
export const wordOf = (id: ActionId, view: View): string => rules[id].word?.(view) ?? view.keymap.bindingOf(id).title;

/** What an action comes to when it is reached by a key; a refusal when it is disabled. */
export const outcomeOf = (
	id: ActionId,
	view: View,
	key: string,
): Outcome | {readonly kind: 'disabled'; readonly reason: string} => {
	const reason = disabledReason(id, view);
	return reason === undefined ? rules[id].act(view, key) : {kind: 'disabled', reason};
};
