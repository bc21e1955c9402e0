import {describe, expect, test} from 'vitest';
import {fixedColor, inks, type Look, lookCode, type Rgb} from '../../components/look.ts';
import {drawLine, span} from '../../components/text/spans.ts';
import {createTheme, tones} from '../../components/theme.ts';

/** Relative luminance as WCAG 2 defines it. */
const luminance = (color: Rgb): number => {
	const [r, g, b] = color.map(part => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};

const contrast = (a: Rgb, b: Rgb): number => {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
};

/** The grounds of terminals, from the strictest of that kind to a usual one. */
const grounds: Readonly<Record<Look['ground'], readonly Rgb[]>> = {
	dark: [
		[0, 0, 0],
		[30, 32, 40],
	],
	light: [
		[255, 255, 255],
		[250, 246, 238],
	],
};

describe.each(['dark', 'light'] as const)('the %s look', ground => {
	const {selected, border, ...texts} = inks[ground];

	test.each(Object.entries(texts))('%s can be read on its ground and on the selection', (_, color) => {
		for (const shown of [color, fixedColor(color).rgb]) {
			for (const behind of grounds[ground]) expect(contrast(shown, behind)).toBeGreaterThanOrEqual(4.5);
			for (const behind of [selected, fixedColor(selected).rgb])
				expect(contrast(shown, behind)).toBeGreaterThanOrEqual(4.5);
		}
	});

	test('borders are fainter than text', () => {
		const [plain = border] = grounds[ground];
		expect(contrast(border, plain)).toBeLessThan(contrast(texts.muted, plain));
	});

	test('has a code for every tone but plain, in both depths, without one of the 16 colours', () => {
		for (const depth of ['256', 'truecolor'] as const)
			for (const tone of tones) {
				const code = lookCode(tone, {ground, depth});
				expect(code === '').toBe(tone === 'plain');
				expect(code.replace(/[34]8;(5;\d+|2;\d+;\d+;\d+)/, '')).toMatch(/^[\d;]*$/);
				for (const part of code
					.replace(/[34]8;(5;\d+|2;\d+;\d+;\d+)/, '')
					.split(';')
					.filter(Boolean))
					expect(['1', '3', '4', '7']).toContain(part);
			}
	});
});

test('a look puts a ground under the tones of the selection, the 16 colours turn it round', () => {
	const line = [span('❯ ', 'accent'), span('failed', 'failed')];
	const own = drawLine(createTheme({color: true, look: {ground: 'dark', depth: '256'}}), line, 10, true);
	expect(own).toMatch(/48;5;\d+m❯ .*48;5;\d+mfailed/);
	expect(drawLine(createTheme({color: true}), line, 10, true)).toBe('\u001b[7m❯ failed  \u001b[0m');
	const none = createTheme({color: false, look: {ground: 'dark', depth: '256'}});
	expect(drawLine(none, line, 10, true)).toBe('\u001b[7m❯ failed  \u001b[0m');
	expect(drawLine(none, line, 10)).toBe('\u001b[1m❯ \u001b[0mfailed  ');
});
