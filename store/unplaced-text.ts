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
		| {readonly key: string; readonly why: string; readonly lastAt: number; readonly hasBegun: boolean}
		| undefined;

	return {
		/** The key for a text was refused, and why. */
		expect: (key: string, why: string): void => {
			refused = {key, why, lastAt: now(), hasBegun: false};
		},
		/** Whether the key belongs to such a text, and so does nothing. What is no letter ends it, as a pause does. */
		takes: ({name, text}: KeyPress): boolean => {
			const before = refused;
			refused = undefined;
			if (before === undefined || now() - before.lastAt >= pauseMs) return false;
			const {key, why, hasBegun} = before;
			const id = idOf(name);
			// An answer must be taken back in the moment that is left for it.
			if (id === 'answer.takeBack' || (!hasBegun && name === key)) return false;
			if (!hasBegun && id !== undefined && keymap.bindingOf(id).group === 'Moving') {
				refused = {...before, lastAt: now()};
				return false;
			}
			if (text !== '' || name === 'backspace') {
				refused = {key, why, lastAt: now(), hasBegun: true};
				say(`What you type is not taken as keys until you pause: ${why}`);
				return true;
			}
			// The end of what was typed is meant for it, too.
			const isEnd = hasBegun && (name === 'enter' || name === 'esc');
			if (isEnd) say(why);
			return isEnd;
		},
	};
};
