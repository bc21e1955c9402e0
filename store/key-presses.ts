import type {Outcome, View} from './action.ts';
import {outcomeOf} from './actions.ts';
import {contextOf} from './context.ts';
import {jumpToOption} from './form-actions.ts';
import type {KeyPress} from './key-name.ts';
import type {ActionId, Keymap} from './keymap.ts';
import {matchKey} from './match-key.ts';
import type {UiAction} from './reduce-ui.ts';
import {textTarget} from './text-target.ts';
import type {Notice, UiState} from './ui.ts';
import {createUnplacedText} from './unplaced-text.ts';
import {worksElsewhere} from './works-elsewhere.ts';

type KeyPressesParts = {
	readonly keymap: Keymap;
	readonly ui: () => UiState;
	readonly view: () => View;
	readonly dispatch: (actions: readonly UiAction[]) => void;
	/** Tells the person why a key does nothing. */
	readonly say: (text: string) => void;
	readonly perform: (outcome: Outcome) => void;
	/** ms since 1970. */
	readonly now: () => number;
};

/** So long after the inbox went by itself the first key may still be meant for it, ms. */
const inboxGraceMs = 1000;

/** What a key comes to: an action, a letter of a text, or words on why it does nothing. */
export const createKeyPresses = ({keymap, ui, view, dispatch, say, perform, now}: KeyPressesParts) => {
	const unplaced = createUnplacedText({
		now,
		keymap,
		idOf: key => matchKey(keymap, contextOf(ui()), key, ui().past !== undefined),
		say,
	});

	/** The action whose key was refused, until another one is taken. */
	let refused: ActionId | undefined;

	/** The key of an action was refused. */
	const beRefused = (id: ActionId, key: string, why: string, until?: Notice['until']): void => {
		refused = id;
		dispatch([{type: 'notice', notice: {tone: 'refused', text: why, ...(until === undefined ? {} : {until})}}]);
		// Enter is pressed to go on, and seldom to begin a text.
		if (keymap.bindingOf(id).opensText === true && key !== 'enter') unplaced.expect(key, why);
	};

	/** The key was meant for a request of the inbox that has just gone by itself, and not for what is seen now. */
	const meantForInbox = (key: string): boolean => {
		const {inboxLeftAt, overlays} = ui();
		const id = keymap.actionAt('requests', key);
		if (inboxLeftAt === undefined || now() - inboxLeftAt > inboxGraceMs || overlays.length > 0) return false;
		return id !== undefined && keymap.bindingOf(id).answers === true;
	};

	const pressOne = (key: KeyPress): void => {
		const context = contextOf(ui());
		const id = matchKey(keymap, context, key.name, ui().past !== undefined);
		const {notice} = ui();
		const refusedAnswer =
			notice?.tone === 'refused' && refused !== undefined && keymap.bindingOf(refused).answers === true;
		refused = undefined;
		// A word to the person stands until the next key, and the second Ctrl+C must follow the first.
		dispatch([{type: 'notice', notice: undefined}]);
		if (id !== 'app.interrupt') dispatch([{type: 'quit.arm', at: undefined}]);
		if (ui().keysPage !== undefined && id !== 'keys.here') {
			dispatch([{type: 'keys.page', page: undefined}]);
			if (key.name === 'esc') return;
		}
		// Whoever takes away why an answer was refused means to answer otherwise, not to leave what waits.
		if (context === 'requests' && key.name === 'esc' && refusedAnswer) return;
		const late = id !== undefined && meantForInbox(key.name);
		dispatch([{type: 'inbox.forget'}]);
		if (late)
			say(
				'The inbox has just closed, for nothing waits any more: this key was not taken. Press it again to use it here.',
			);
		else if (id !== undefined) {
			const outcome = outcomeOf(id, view(), key.name);
			if (outcome.kind === 'disabled') beRefused(id, key.name, outcome.reason, {kind: 'possible', id});
			else perform(outcome);
		} else if ((context === 'choice' || context === 'pick') && /^[\p{L}\p{N}]$/u.test(key.text))
			perform(jumpToOption(view(), key.text));
		else if (textTarget(ui()) !== undefined) dispatch([{type: 'text.key', key}]);
		else {
			const elsewhere = worksElsewhere(keymap, ui(), key.name);
			if (elsewhere !== undefined) beRefused(elsewhere.id, key.name, elsewhere.words);
		}
	};

	return (key: KeyPress): void => {
		if (!unplaced.takes(key)) pressOne(key);
	};
};
