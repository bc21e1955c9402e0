import {Problem} from './problem.ts';

/**
 * The number of an event, as a flag gives it, perhaps with the # that the window shows before it. Throws a Problem where
 * it is none.
 */
export const readSeq = (flag: string, text: string): number => {
	const number = text.replace(/^#/, '');
	const seq = Number(number);
	if (number.trim() !== '' && Number.isSafeInteger(seq) && seq >= 0) return seq;
	throw new Problem(`${flag} is the number of an event, such as 120; "${text}" is not.`);
};
