import type {KeyPress} from './key-name.ts';
import type {ActionId, Keymap} from './keymap.ts';

/** Letters that come after one another within this time are text, ms. */
const pauseMs = 1000;

type UnplacedTextParts = {
	/** ms since 1970. */
	readonly now: () => number;
	readonly keymap: Keymap;
	/** What a key means where the keys are now. */
	readonly idOf: (key: string) => ActionId | undefined;
	/** Tells the person what became of the key. */
	readonly say: (text: string) => void;
};

/**
 * What is typed after the key for a text was refused. Who looks at their hands goes on with the words they meant, and
 * as keys those would hold, reject and kill. Who presses the same key again, or only moves, means that.
 */
export const createUnplacedText = ({now, keymap, idOf, say}: UnplacedTextParts) => {
	let refused:
		| {readonly key: string; readonly why: string; readonly lastAt: number; readonly letters: number}
		| undefined;

	return {
		/** The key for a text was refused, and why. */
		expect: (key: string, why: string): void => {
			refused = {key, why, lastAt: now(), letters: 0};
		},
		/** Whether the key belongs to such a text, and so does nothing. What is no letter ends it, as a pause does. */
		takes: ({name, text}: KeyPress): boolean => {
			const before = refused;
			refused = undefined;
			if (before === undefined || now() - before.lastAt >= pauseMs) return false;
			const {key, why, letters} = before;
			const id = idOf(name);
			// An answer must be taken back in the moment that is left for it.
			if (id === 'answer.takeBack' || (letters === 0 && name === key)) return false;
			if (letters === 0 && id !== undefined && keymap.bindingOf(id).group === 'Moving') {
				refused = {...before, lastAt: now()};
				return false;
			}
			if (text !== '' || name === 'backspace') {
				refused = {key, why, lastAt: now(), letters: letters + 1};
				say(`What you type is not taken as keys until you pause: ${why}`);
				return true;
			}
			// The end of what was typed is meant for it, too; but a single letter is no text that Esc would leave.
			const isEnd = (letters > 0 && name === 'enter') || (letters > 1 && name === 'esc');
			if (isEnd) say(why);
			return isEnd;
		},
	};
};
