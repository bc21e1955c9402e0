import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arrivingInput} from '../../components/panes/arriving-input.ts';

const report = JSON.stringify({
	status: 'DONE',
	summary: 'It says "x"\nand é.',
	files: ['a.md', 'b.md'],
	took: {ms: 12},
});

test('what a model writes for a tool is told in lines of names and values', () => {
	expect(arrivingInput(report)).toBe(
		['status: DONE', 'summary: It says "x"', 'and é.', 'files: a.md', 'files: b.md', 'ms: 12'].join('\n'),
	);
});

test('of what is cut off the names wait for their values, and texts are told as far as they came', () => {
	const upTo = (text: string): string => arrivingInput(report.slice(0, report.indexOf(text) + text.length));
	expect(upTo('{"sta')).toBe('');
	expect(upTo('"DO')).toBe('status: DO');
	expect(upTo('DONE","summ')).toBe('status: DONE');
	expect(upTo('says \\')).toBe('status: DONE\nsummary: It says ');
	expect(upTo('["a.md","b')).toContain('files: a.md\nfiles: b');
	expect(arrivingInput('{"text":"caf\\u00')).toBe('text: caf');
	expect(arrivingInput(JSON.stringify({text: 'one\nC:\\'}))).toBe('text: one\nC:\\');
});

test('no end of any input is too much for it, and no brace or quote of JSON is told', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.stringMatching(/^[a-z ]*$/)),
			fc.nat(),
			(input, end) => {
				const json = JSON.stringify(input);
				expect(arrivingInput(json.slice(0, end % (json.length + 1)))).not.toMatch(/[{}"\\]/);
			},
		),
	);
});
