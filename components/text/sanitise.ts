import {stripVTControlCharacters} from 'node:util';
import {withoutOpenStrings} from '../../source/domain/open-strings.ts';
import {isPlain} from './width.ts';

/**
 * What would act on a terminal, or is invisible and can make a text read otherwise than it is: control codes but the
 * newline, marks that turn the direction of writing, joiners and fillers without a width. The two joiners that some
 * scripts need to be written rightly are spared.
 */
const unsafe = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same, but for the tab and for what tells the forms of one sign apart. */
const unsafeToTake =
	/(?![\n\t\u200c\u200d]|[\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const skinTones = /(?<=\p{Extended_Pictographic})[\u{1f3fb}-\u{1f3ff}]+/gu;
const emojiJoiners = /(?<=\p{Extended_Pictographic})\u200d+(?=\p{Extended_Pictographic})/gu;

/**
 * More marks on one letter than any script needs: they tower over the lines above and below, and to bring them into
 * order takes time by the square of their number.
 */
const tower = /(\p{M}{8})\p{M}+/gu;

/** Flags are two signs that count as one, but only side by side; their letters say the same and never change width. */
const flagLetters = /[\u{1f1e6}-\u{1f1ff}]/gu;
const flagLetter = (sign: string): string => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41);

/**
 * Text that is safe to draw: no escape sequence, no control character but the newline, tabs as four spaces, signs in
 * their composed form. Emoji made of several signs are taken apart, because terminals disagree on their width and
 * columns would not line up; letters keep so many marks as scripts need.
 */
export const sanitise = (text: string): string =>
	isPlain(text)
		? text
		: stripVTControlCharacters(withoutOpenStrings(text.toWellFormed()))
				.replaceAll('\t', '    ')
				.replaceAll(/\r\n?/g, '\n')
				.replaceAll(unsafe, '')
				.replaceAll(skinTones, '')
				.replaceAll(emojiJoiners, '')
				.replaceAll(flagLetters, flagLetter)
				.replaceAll(tower, '$1')
				.normalize()
				// A few letters become more marks by that.
				.replaceAll(tower, '$1');

/**
 * Text that is taken elsewhere, into the clipboard or a file: as it was written, with its tabs, since no columns must
 * line up there; without what would act on a terminal it is pasted into, or what cannot be seen.
 */
export const sanitiseToTake = (text: string): string =>
	isPlain(text)
		? text
		: stripVTControlCharacters(withoutOpenStrings(text.toWellFormed()))
				.replaceAll(/\r\n?/g, '\n')
				.replaceAll(unsafeToTake, '');

/** Text that is safe to draw, on one line: what was a line break is a space. */
export const sanitiseLine = (text: string): string => (isPlain(text) ? text : sanitise(text).replaceAll('\n', ' '));
