import {stripVTControlCharacters} from 'node:util';
import {withoutOpenStrings} from '../domain/open-strings.ts';

/**
 * Characters that would act on a terminal, or make a text read otherwise than it is: control codes but tab and
 * newline, and the marks that turn the direction of writing.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text that is safe to show and to hand to a model: what would act is replaced by something that shows it. */
export const cleanText = (text: string): string =>
	text
		.toWellFormed()
		.replaceAll('\r\n', '\n')
		.replace(unsafe, character => {
			const code = character.charCodeAt(0);
			if (code < 0x20) return String.fromCharCode(0x2400 + code);
			return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
		});

/** The same for what a program printed: its colours are dropped, and a line it drew over again becomes lines. */
export const cleanOutput = (text: string): string =>
	cleanText(stripVTControlCharacters(withoutOpenStrings(text)).replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
