import fc from 'fast-check';
import {expect, test} from 'vitest';
import {codeIn, markdownLines} from '../../components/panes/markdown-lines.ts';
import {anyText} from './any-text.ts';

const drawn = (text: string, width = 60): readonly string[] =>
	markdownLines(text, '  ', width).map(({lead, spans}) => lead + spans.map(span => span.text).join(''));

const tonesIn = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		markdownLines(text, '', 60).flatMap(({spans}) => spans.map(span => [span.text.trim(), span.tone])),
	);

test('words keep the lines they were written in, and lose only the signs of markdown', () => {
	expect(drawn('# The harbour\n\nIt is **full** of `boats`, a < b & c.\nSecond line.\n')).toEqual([
		'  The harbour',
		'  ',
		'  It is full of boats, a < b & c.',
		'  Second line.',
	]);
	expect(tonesIn('# The harbour\n\n**full** and *busy* and `boats`')).toMatchObject({
		'The harbour': 'strong',
		full: 'strong',
		busy: 'emphasis',
		boats: 'code',
	});
});

test('lists keep their numbers, boxes and depth', () => {
	expect(
		drawn('Berths:\n- north\n  more of it\n- south\n  1. one\n  2. two\n\n3. three\n4. four\n\n- [x] done\n- [ ] open'),
	).toEqual([
		'  Berths:',
		'  - north',
		'    more of it',
		'  - south',
		'    1. one',
		'    2. two',
		'  ',
		'  3. three',
		'  4. four',
		'  ',
		'  - [x] done',
		'  - [ ] open',
	]);
});

test('code stands beside a bar, as it is, in the colours of its language', () => {
	const code = "\tconst a = 'x'; // **why**\n\n\tlet b = 2;";
	expect(drawn(`\`\`\`ts\n${code}\n\`\`\``)).toEqual([
		"  ▏     const a = 'x'; // **why**",
		'  ▏ ',
		'  ▏     let b = 2;',
	]);
	expect(tonesIn(`\`\`\`ts\n${code}\n\`\`\``)).toMatchObject({
		const: 'keyword',
		"'x'": 'literal',
		'// **why**': 'muted',
		'2': 'literal',
	});
	expect(tonesIn('```diff\n-old\n+new\n```')).toMatchObject({'-old': 'removed', '+new': 'added'});
	expect(tonesIn('```klingon\nqapla\n```')).toEqual({qapla: 'plain'});
});

test.each(['ts', 'js', 'json', 'python', 'bash', 'diff', 'yaml', 'md', 'go', 'rust', 'html', 'css', 'sql'])(
	'colours change no letter of code in %s',
	language => {
		fc.assert(
			fc.property(anyText, text => {
				const code = text.replaceAll(/[`~\r]/g, '');
				const lines = markdownLines(`\`\`\`${language}\nx ${code}\n\`\`\``, '', 60);
				const plain = markdownLines(`\`\`\`\nx ${code}\n\`\`\``, '', 60);
				const textOf = (all: typeof lines) => all.map(({spans}) => spans.map(span => span.text).join(''));
				expect(textOf(lines)).toEqual(textOf(plain));
			}),
			{numRuns: 30},
		);
	},
);

test('a reply that is only a value for a program is code', () => {
	expect(drawn('{\n  "berths": 12\n}')).toEqual(['  ▏ {', '  ▏   "berths": 12', '  ▏ }']);
	expect(drawn('{not json}')).toEqual(['  {not json}']);
});

test('a quote stands beside a bar, and what is in it keeps its form', () => {
	expect(drawn('> said\n> - one\n> - two')).toEqual(['  │ said', '  │ - one', '  │ - two']);
});

const table = '| pier | boats |\n|---|--:|\n| north | 12 |\n| 日本 | `3` |';

test('a table stands in its columns, and where they do not fit row by row', () => {
	expect(drawn(table)).toEqual(['  pier  │ boats', '  ──────┼──────', '  north │    12', '  日本  │     3']);
	expect(drawn(table, 12)).toEqual(['  pier: north', '  boats: 12', '  ', '  pier: 日本', '  boats: 3']);
});

test('addresses are there whole, once', () => {
	expect(drawn('See [the log](https://a.example/x?y=1&z=2), https://b.example/q and <c@d.example>.')).toEqual([
		'  See the log (https://a.example/x?y=1&z=2), https://b.example/q and c@d.example.',
	]);
});

test('code that is one endless word is not coloured, for that takes seconds', () => {
	const began = performance.now();
	for (const language of ['ts', 'bash', 'markdown', 'rust'])
		for (const sign of ['_', 'a', '['])
			expect(drawn(`\`\`\`${language}\n${sign.repeat(19_000)}\n\`\`\``)).toHaveLength(1);
	expect(performance.now() - began).toBeLessThan(1500);
});

test('a text whose blocks lie too deep in each other is shown as it is', () => {
	for (const deep of ['>', '> ', '1. ']) {
		const text = `${deep.repeat(20_000)}end`;
		expect(drawn(text)).toEqual([`  ${text}`]);
		expect(codeIn(text)).toEqual([]);
	}
});

test('nothing a model writes breaks it or gets through to the terminal', () => {
	const piece = fc.oneof(
		anyText,
		fc.constantFrom(
			'# ',
			'- ',
			'1. ',
			'> ',
			'```',
			'```ts\n',
			'|',
			'|---|\n',
			'**',
			'`',
			'[a](',
			')',
			'\n',
			'\n\n',
			'    ',
			'<b>',
			'&lt;',
			'---\n',
		),
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 30}), fc.integer({min: 1, max: 80}), (pieces, width) => {
			for (const {spans} of markdownLines(pieces.join(''), '  ', width))
				for (const {text} of spans) expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
		}),
		{numRuns: 300},
	);
});
