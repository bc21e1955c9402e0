import type {LiveAgent} from '../../store/live.ts';
import {planWords} from '../../store/plan-words.ts';
import type {Told} from '../../store/told.ts';

/** So much of the end of a text is looked at. */
const tailMax = 400;

/** What an agent says now, or said last: the end of its words, else of its thoughts. */
export const saidBy = (live: LiveAgent | undefined, told: Told | undefined): string =>
	live === undefined
		? (told?.text ?? '')
		: (planWords(live.text, true) ?? (live.text || live.thinking || (told?.text ?? '')));

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** A line up to this long is told from its beginning; of a longer one the last sentence. */
const lineMax = 120;

/** The last line of a text that has words in it, or the last sentence of that. */
export const lastLine = (text: string): string => {
	const line = text.slice(-tailMax).split('\n').findLast(hasWords)?.trim() ?? '';
	return line.length <= lineMax ? line : (line.split(/(?<=[.!?])\s+/).findLast(hasWords) ?? '');
};
