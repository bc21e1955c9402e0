import {Problem} from './problem.ts';

/** The number of an event, as a flag gives it. Throws a Problem where it is none. */
export const readSeq = (flag: string, text: string): number => {
	const seq = Number(text);
	if (text.trim() !== '' && Number.isSafeInteger(seq) && seq >= 0) return seq;
	throw new Problem(`${flag} is the number of an event, such as 120; "${text}" is not.`);
};
