import fc from 'fast-check';
import {expect, it} from 'vitest';
import {jsonText} from '../../source/boot/json-text.ts';

const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

it('is the same value again when it is parsed, and carries nothing that acts on a terminal', () => {
	const signs = fc.constantFrom(
		'a',
		'"',
		'\\',
		'\n',
		'\u001b',
		'\u009b',
		'\u007f',
		'\u202e',
		'\u2028',
		'\u{e0041}',
		'⛵',
	);
	const text = fc.oneof(fc.string({unit: signs}), fc.string({unit: 'binary'}));
	fc.assert(
		fc.property(fc.dictionary(text, fc.array(text)), fc.constantFrom('line', 'page'), (value, form) => {
			const written = jsonText(value, form);
			expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
			expect(written).not.toMatch(unsafe);
		}),
	);
});
