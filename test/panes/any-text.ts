import fc from 'fast-check';

/** Text as models, tools and people may send it: long, wide, combining, broken, hostile. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	fc.string({maxLength: 60}),
	fc.string({unit: 'binary', maxLength: 40}),
	fc.string({unit: 'grapheme', maxLength: 40}),
	fc
		.array(
			fc.constantFrom(
				'日本語',
				'👩‍🚀',
				'👍🏽',
				'🇩🇪',
				'e\u0301',
				'\u0301',
				'한국어',
				'\u001b[31m',
				'\u001b]8;;http://x\u0007',
				'\u009b1m',
				'\t',
				'\r\n',
				'\u202e',
				'\ud83d',
				'❤\ufe0f',
				'ascii words ',
			),
			{maxLength: 12},
		)
		.map(parts => parts.join('')),
);
