import type {Tone} from './theme.ts';

/** Colours of our own instead of the terminal's: for a dark ground or for a light one. */
export type Look = {readonly ground: 'dark' | 'light'; readonly depth: '256' | 'truecolor'};

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

type Ink = Exclude<Tone, 'plain' | 'strong' | 'emphasis' | 'match' | 'matchHere'>;

const rgb = (hex: number): Rgb => [hex >> 16, (hex >> 8) & 255, hex & 255];

/**
 * Each colour can be read on its ground and on that of the selection. `selected` is a ground, and `border` no text. The
 * hues are those of the 16 colours: yellow is the person, red has failed, grey is at rest, green is done.
 */
export const inks: Readonly<Record<Look['ground'], Readonly<Record<Ink, Rgb>>>> = {
	dark: {
		accent: rgb(0x87afff),
		border: rgb(0x4e5566),
		muted: rgb(0x969cab),
		you: rgb(0xe9bf63),
		working: rgb(0x5fb8d7),
		stalled: rgb(0xf09a5d),
		done: rgb(0x87c378),
		failed: rgb(0xf47a80),
		added: rgb(0x87c378),
		removed: rgb(0xf47a80),
		addedWord: rgb(0xa5dc96),
		removedWord: rgb(0xff9a9e),
		hunk: rgb(0x87afff),
		risk: rgb(0xf47a80),
		code: rgb(0x7cc5c5),
		keyword: rgb(0xc79bea),
		name: rgb(0x87afff),
		literal: rgb(0x7cc5c5),
		selected: rgb(0x262d3d),
	},
	light: {
		accent: rgb(0x1f4fb0),
		border: rgb(0xa9afbb),
		muted: rgb(0x5a606c),
		you: rgb(0x775000),
		working: rgb(0x005f78),
		stalled: rgb(0x96400c),
		done: rgb(0x286426),
		failed: rgb(0xa81c2a),
		added: rgb(0x286426),
		removed: rgb(0xa81c2a),
		addedWord: rgb(0x1c5a1a),
		removedWord: rgb(0x96101f),
		hunk: rgb(0x1f4fb0),
		risk: rgb(0xa81c2a),
		code: rgb(0x005f5f),
		keyword: rgb(0x7a2f9e),
		name: rgb(0x1f4fb0),
		literal: rgb(0x005f5f),
		selected: rgb(0xdfe6f4),
	},
};

/** What a tone has besides its colour. */
const manners: Partial<Readonly<Record<Tone, string>>> = {
	strong: '1',
	accent: '1',
	addedWord: '1;4',
	removedWord: '1;4',
	risk: '1;4',
	emphasis: '3',
	match: '4',
	matchHere: '7',
};

const cubeSteps = [0, 95, 135, 175, 215, 255];

/** The colours that every terminal of 256 colours shows alike: a cube of 216 and 24 greys. */
const fixedColors: readonly Rgb[] = [
	...Array.from(
		{length: 216},
		(_, i): Rgb => [cubeSteps[Math.floor(i / 36)] ?? 0, cubeSteps[Math.floor(i / 6) % 6] ?? 0, cubeSteps[i % 6] ?? 0],
	),
	...Array.from({length: 24}, (_, i): Rgb => [8 + 10 * i, 8 + 10 * i, 8 + 10 * i]),
];

const distance = (a: Rgb, b: Rgb): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

/** The nearest of the fixed colours, and its number. */
export const fixedColor = (color: Rgb): {readonly number: number; readonly rgb: Rgb} => {
	let nearest = 0;
	for (const [i, candidate] of fixedColors.entries())
		if (distance(candidate, color) < distance(fixedColors[nearest] ?? candidate, color)) nearest = i;
	return {number: nearest + 16, rgb: fixedColors[nearest] ?? color};
};

const colorCode = (layer: 38 | 48, color: Rgb, depth: Look['depth']): string =>
	depth === 'truecolor' ? `${layer};2;${color.join(';')}` : `${layer};5;${fixedColor(color).number}`;

const isInk = (tone: Tone, known: object): tone is Ink => tone in known;

/** SGR parameters of a tone. */
export const lookCode = (tone: Tone, {ground, depth}: Look): string => {
	const known = inks[ground];
	if (tone === 'selected') return colorCode(48, known.selected, depth);
	const color = isInk(tone, known) ? colorCode(38, known[tone], depth) : '';
	return [manners[tone] ?? '', color].filter(part => part !== '').join(';');
};
