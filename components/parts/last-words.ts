import type {LiveAgent} from '../../store/live.ts';
import {planWords} from '../../store/plan-words.ts';
import type {Told} from '../../store/told.ts';
import {newestLine} from './newest-line.ts';

/** What an agent says now, or said last: the end of its words, else of its thoughts. */
export const saidBy = (live: LiveAgent | undefined, told: Told | undefined): string =>
	live === undefined
		? (told?.text ?? '')
		: (planWords(live.text, true) ?? (live.text || live.thinking || (told?.text ?? '')));

/** The same in a line that a person can read at a glance, while more of it comes: no code, no half a sentence. */
export const lastWords = (live: LiveAgent | undefined, told: Told | undefined): string => {
	const last = (): string => newestLine(told?.text ?? '', false).line;
	if (live === undefined) return last();
	const plan = planWords(live.text, true);
	if (plan !== undefined) return plan;
	if (live.text === '') return newestLine(live.thinking, true).line || last();
	const {line, inCode} = newestLine(live.text, true);
	return line || (inCode ? 'writing code' : 'writing');
};
