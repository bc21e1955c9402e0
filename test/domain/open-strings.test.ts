import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {withoutOpenStrings} from '../../source/domain/open-strings.ts';

const pieces = [
	'\u001b]',
	'\u001b[',
	'\u001b\\',
	'\u001b',
	'\u0007',
	'\u009b',
	'\u009c',
	'0;',
	'31m',
	']',
	'[',
	'title',
	'漢',
];

/** What is left of a beginning that no sequence follows. */
const alike = (text: string): string => text.replaceAll(']', '[');

test('what is taken out of a text stays the same', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pieces)), parts => {
			const text = parts.join('');
			expect(alike(stripVTControlCharacters(withoutOpenStrings(text)))).toBe(alike(stripVTControlCharacters(text)));
		}),
		{numRuns: 2000},
	);
});
