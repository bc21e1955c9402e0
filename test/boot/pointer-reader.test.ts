import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createPointerReader} from '../../source/boot/pointer-reader.ts';
import type {Pointer} from '../../store/point.ts';

const read = (...chunks: readonly string[]) => {
	const pointers: Pointer[] = [];
	const reader = createPointerReader(pointer => pointers.push(pointer));
	return {typed: chunks.map(reader), pointers};
};

describe('what a mouse says', () => {
	test.each([
		['\u001b[<0;1;1M', {kind: 'press', x: 0, y: 0}],
		['\u001b[<0;120;40M', {kind: 'press', x: 119, y: 39}],
		['\u001b[<64;3;4M', {kind: 'up', x: 2, y: 3}],
		['\u001b[<65;3;4M', {kind: 'down', x: 2, y: 3}],
	])('%j is taken out of what is typed', (report, pointer) => {
		expect(read(`a${report}b`)).toEqual({typed: ['ab'], pointers: [pointer]});
	});

	test.each([
		'\u001b[<0;1;1m',
		'\u001b[<2;1;1M',
		'\u001b[<32;1;1M',
		'\u001b[<35;1;1M',
		'\u001b[<16;1;1M',
		'\u001b[M aa',
	])('%j says nothing and types nothing', report => {
		expect(read(`a${report}b`)).toEqual({typed: ['ab'], pointers: []});
	});

	test('is understood wherever it is cut behind its beginning', () => {
		const report = '\u001b[<0;12;34M';
		for (let cut = '\u001b[<'.length; cut < report.length; cut++) {
			const {typed, pointers} = read(`a${report.slice(0, cut)}`, `${report.slice(cut)}b`);
			expect(typed.join('')).toBe('ab');
			expect(pointers).toHaveLength(1);
		}
	});

	test('is understood in a stream of reports that is cut anywhere', () => {
		const stream = '\u001b[<64;12;34M'.repeat(6);
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({min: 12, max: stream.length - 1}), {maxLength: 8}), cuts => {
				const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
				const chunks = at.slice(1).map((end, i) => stream.slice(at[i], end));
				// Alone it is the key Esc, which waits for nothing.
				fc.pre(!chunks.some(chunk => chunk === '\u001b' || chunk === '\u001b['));
				const {typed, pointers} = read(...chunks);
				expect(typed.join('')).toBe('');
				expect(pointers).toHaveLength(6);
			}),
		);
	});
});

describe('what is typed', () => {
	test.each([
		'\u001b',
		'wörter 漢字 👩‍🚀',
		'\u001b[A',
		'\u001b[27u',
		'\u001b[1;5C',
		'\u001bOP',
		'\u001b[200',
		'\u001b[I',
	])('%j passes as it is, though perhaps with the next chunk', typed => {
		expect(read(typed, 'x')).toEqual({typed: expect.anything(), pointers: []});
		expect(read(typed, 'x').typed.join('')).toBe(`${typed}x`);
	});

	test('passes at once when it is Esc', () => {
		expect(read('\u001b').typed).toEqual(['\u001b']);
	});

	test('is not read when it is pasted, wherever the paste is cut', () => {
		const paste = 'a\u001b[200~one \u001b[<0;1;1M two\u001b[201~';
		for (let cut = 4; cut < paste.length; cut++) {
			const {typed, pointers} = read(paste.slice(0, cut), `${paste.slice(cut)}b\u001b[<0;1;1M`);
			expect(typed.join('')).toBe(`${paste}b`);
			expect(pointers).toHaveLength(1);
		}
	});
});
