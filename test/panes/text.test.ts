import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {drawField} from '../../components/overlays/field.ts';
import {cut, fitTo, head} from '../../components/text/fit.ts';
import {sanitise, sanitiseLine} from '../../components/text/sanitise.ts';
import {sliceColumns} from '../../components/text/slice-columns.ts';
import {drawLine, span} from '../../components/text/spans.ts';
import {isPlain, widthOf} from '../../components/text/width.ts';
import {wrapLine} from '../../components/text/wrap.ts';
import {createWrapCache} from '../../components/text/wrap-cache.ts';
import {createTheme, glyphOf, type Mark, toneOf} from '../../components/theme.ts';
import {anyText} from './any-text.ts';

const control = /[\u0000-\u001f\u007f-\u009f]/;
const theme = createTheme({color: true});

test('what is called plain is as wide as it is long', () => {
	for (let code = 0; code < 0x3000; code++) {
		const sign = String.fromCharCode(code);
		if (isPlain(sign)) expect([sign, stringWidth(sign)]).toEqual([sign, 1]);
	}
});

test('every glyph is one column', () => {
	for (const mark of Object.keys(toneOf) as Mark[])
		for (const frame of [undefined, 0, 7, 23]) expect(stringWidth(glyphOf(mark, frame))).toBe(1);
});

test('hostile text loses its escape sequences and keeps its words', () => {
	expect(sanitise('a\u001b[31mred\u001b[0m b')).toBe('ared b');
	expect(sanitise('\u001b]0;title\u0007ok')).toBe('ok');
	expect(sanitise('\u001b]52;c;aGk=\u001b\\ok')).toBe('ok');
	expect(sanitise('\u009b2Jok\u0085')).toBe('ok');
	expect(sanitise('a\tb\r\nc\rd')).toBe('a    b\nc\nd');
	expect(sanitise('user\u202egpj.exe')).toBe('usergpj.exe');
	expect(sanitise('\ud800x')).toBe('\ufffdx');
	expect(sanitiseLine('two\nlines')).toBe('two lines');
});

test('hostile text is made safe as fast as other text, however many sequences it opens and never ends', () => {
	const began = performance.now();
	expect(sanitise(`${'\u001b]8;;'.repeat(100_000)}ok`)).toMatch(/ok$/);
	expect(performance.now() - began).toBeLessThan(2000);
});

test('a line of a million signs without a space is wrapped at once', () => {
	const began = performance.now();
	expect(wrapLine('a'.repeat(1_000_000), 100)).toHaveLength(10_000);
	expect(performance.now() - began).toBeLessThan(500);
});

test('a letter keeps the marks that scripts need, and does not tower over other lines', () => {
	expect(sanitise('q\u0323\u0301 e\u0301')).toBe('q\u0323\u0301 é');
	const began = performance.now();
	expect(sanitise(`q${'\u0301\u0323'.repeat(50_000)}u`).length).toBe(10);
	expect(performance.now() - began).toBeLessThan(500);
});

test('emoji made of several signs are taken apart, so that every terminal agrees on their width', () => {
	expect(sanitise('👍🏽 ❤️ 👩‍🚀')).toBe('👍 ❤ 👩🚀');
	expect(sanitise('क्‍ष')).toBe('क्‍ष');
});

test('sanitising twice is the same as once, and leaves no control character', () => {
	fc.assert(
		fc.property(anyText, text => {
			const once = sanitise(text);
			expect(sanitise(once)).toBe(once);
			expect(once.replaceAll('\n', '')).not.toMatch(control);
		}),
	);
});

test('a fitted text is exactly as wide as asked, a cut one never wider', () => {
	fc.assert(
		fc.property(anyText, fc.integer({min: 0, max: 40}), fc.constantFrom('left', 'right'), (text, columns, align) => {
			expect(stringWidth(fitTo(text, columns, align))).toBe(columns);
			expect(stringWidth(cut(text, columns))).toBeLessThanOrEqual(columns);
		}),
	);
	expect(fitTo('harbour', 5)).toBe('harb…');
	expect(fitTo('日本語', 4)).toBe('日… ');
	expect(fitTo('12', 5, 'right')).toBe('   12');
});

test('a drawn line is exactly as wide as asked, and only its tones are escape sequences', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(anyText, fc.constantFrom('plain', 'you', 'failed')), {maxLength: 4}),
			fc.integer({min: 0, max: 60}),
			fc.boolean(),
			(texts, width, selected) => {
				const line = texts.flatMap(([text, tone]) => [span(text, tone), span(' ')]);
				const drawn = drawLine(theme, line, width, selected);
				expect(stringWidth(drawn)).toBe(width);
				expect(drawn.replaceAll(/\u001b\[[\d;]+m/g, '')).not.toMatch(control);
				if (drawn.includes('\u001b')) expect(drawn.lastIndexOf('\u001b[0m')).toBe(drawn.lastIndexOf('\u001b'));
			},
		),
	);
});

test('without colour a line still shows what is strong, faint or selected', () => {
	const uncoloured = createTheme({color: false});
	expect(drawLine(uncoloured, [span('◐ ', 'you'), span('waits', 'failed')], 10)).toBe('◐ waits   ');
	expect(drawLine(uncoloured, [span('◐ ', 'you'), span('waits')], 10, true)).toBe('\u001b[7m◐ waits   \u001b[0m');
	expect(drawLine(uncoloured, [span('a', 'strong'), span('b', 'muted')], 2)).toBe(
		'\u001b[1ma\u001b[0m\u001b[2mb\u001b[0m',
	);
});

test('wrapped rows fit, say where they begin, and lose nothing but spaces', () => {
	fc.assert(
		fc.property(anyText, fc.integer({min: 2, max: 40}), (text, columns) => {
			const line = sanitiseLine(text);
			const rows = wrapLine(line, columns);
			for (const row of rows) {
				// Only a sign that is wider than the row by itself may stand out; drawing cuts it.
				if (widthOf(row.text) > columns) expect(head(row.text, columns)).toBe('');
				expect(line.startsWith(row.text, row.start)).toBe(true);
			}
			const bare = (value: string) => value.replaceAll(' ', '');
			expect(bare(rows.map(row => row.text).join(''))).toBe(bare(line));
		}),
	);
	expect(wrapLine('the quick brown fox', 10).map(row => row.text)).toEqual(['the quick', 'brown fox']);
	expect(wrapLine('', 10)).toEqual([{text: '', start: 0}]);
});

test('the wrap cache gives what wrapping gives, also after the width changed', () => {
	const cache = createWrapCache(2);
	for (const columns of [10, 6, 10])
		for (const line of ['日本語 テキスト', 'grüße', '漢字', '日本語 テキスト', 'plain words here'])
			expect(cache.wrap(line, columns)).toEqual(wrapLine(line, columns));
});

test('a slice of a drawn line is exactly as wide as asked', () => {
	fc.assert(
		fc.property(anyText, fc.integer({min: 0, max: 20}), fc.integer({min: 0, max: 20}), (text, from, columns) => {
			const line = drawLine(theme, [span(text, 'you')], 40);
			expect(stringWidth(sliceColumns(line, from, from + columns))).toBe(columns);
		}),
	);
	expect(sliceColumns('日本語', 1, 5)).toBe(' 本 ');
});

test('a text of any length is written on one line as fast as a short one, and its cursor is seen', () => {
	for (const unit of ['hello world ', '漢字 é ', 'one\ntwo ']) {
		const text = unit.repeat(200_000 / unit.length);
		const at = unit.length * 5000;
		const began = performance.now();
		const {lines, cursor} = drawField(theme, {text, at}, 60, 1);
		expect(performance.now() - began).toBeLessThan(100);
		expect(cursor.x).toBe(59);
		expect(widthOf(lines[0] ?? '')).toBe(60);
		expect(sliceColumns(lines[0] ?? '', 0, cursor.x)).toMatch(new RegExp(`${unit.replace('\n', '⏎')}$`));
	}
});
