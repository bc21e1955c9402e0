import {type Outcome, type Rule, ui, type View} from './action.ts';
import {type Context, contextOf} from './context.ts';
import {editedText} from './edited-text.ts';
import {textTarget} from './text-target.ts';
import {isSendingText, type UiState} from './ui.ts';

/** Of the file an editor shows: it says what is being written. */
const fileNames: Partial<Readonly<Record<Context, string>>> = {prompt: 'message.md', answer: 'answer.md'};

/**
 * The text that is being typed goes to the editor, and what was saved comes back into its place. No key can reach the
 * window meanwhile, but its place may be gone: then it goes to the clipboard, so that nothing that was written is lost.
 */
const editTyped = (state: UiState): Outcome => {
	const context = contextOf(state);
	const given = textTarget(state)?.buffer;
	if (given === undefined) return ui();
	const isThere = (now: UiState): boolean =>
		contextOf(now) === context && textTarget(now)?.buffer === given && !isSendingText(now);
	return {
		kind: 'edit',
		name: fileNames[context] ?? 'text.md',
		text: given.text,
		next: (view: View, saved: string) => {
			if (saved === given.text) return ui();
			const text = editedText(saved);
			return isThere(view.ui)
				? ui({type: 'text.fill', text})
				: {kind: 'copy', text, what: 'what you wrote, for its place here is gone,'};
		},
	};
};

/** What is done with a text while it is typed. It never sends anything. */
export const textActions = {
	'text.edit': {
		disabled: ({ui: state}) => (textTarget(state) === undefined ? 'Nothing is being written here.' : undefined),
		notYet: ({ui: state}) => (isSendingText(state) ? 'It is being sent.' : undefined),
		act: ({ui: state}) => editTyped(state),
	},
} as const satisfies Readonly<Record<string, Rule>>;
