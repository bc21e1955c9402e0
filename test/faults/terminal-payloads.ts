const esc = '\u001b';
const bell = '\u0007';
const st = `${esc}\\`;

/** Stands in every sequence that has room for it, so that one that got through cannot be taken for one of ours. */
export const brand = '7777';

const codes = (from: number, to: number): readonly string[] =>
	Array.from({length: to - from + 1}, (_, i) => String.fromCodePoint(from + i));

const csi = [
	...[
		'H',
		'J',
		'K',
		'A',
		'B',
		'C',
		'D',
		'E',
		'F',
		'G',
		'L',
		'M',
		'P',
		'S',
		'T',
		'X',
		'@',
		'Z',
		'a',
		'd',
		'e',
		'f',
		'g',
	],
	...['m', 'n', 'r', 's', 'u', 'c', 't', 'q', ' q', '"p', '!p', '$p', "'z", '`', 'i', 'b', 'l', 'h'],
].map(final => `${brand}${final}`);
const privateCsi = ['?1049h', '?25l', '?2004h', '?1000h', '?1006h', '?7777n', '>7777c', '=7777c', '>4;7777m', '<7777u'];
const osc = [
	`0;${brand}`,
	`1;${brand}`,
	`2;${brand}`,
	`4;1;${brand}`,
	`7;file://${brand}`,
	`8;;http://${brand}`,
	`8;id=${brand};javascript:x`,
	`9;${brand}`,
	`9;4;1;${brand}`,
	`10;?${brand}`,
	`11;?${brand}`,
	`12;${brand}`,
	`52;c;${brand}`,
	`52;p;?${brand}`,
	`104;${brand}`,
	`133;A${brand}`,
	`633;E;${brand}`,
	`777;notify;${brand}`,
	`1337;File=${brand}`,
	`L${brand}`,
];
const strings = [
	[`${esc}P`, '\u0090'],
	[`${esc}X`, '\u0098'],
	[`${esc}^`, '\u009e'],
	[`${esc}_`, '\u009f'],
	[`${esc}k`, `${esc}k`],
].flat();

/** Nothing ends these: a terminal waits, and swallows what comes after. */
export const unended: readonly string[] = [
	esc,
	`${esc}[`,
	`${esc}[${brand};`,
	`${esc}[?`,
	'\u009b',
	`\u009b${brand}`,
	`${esc}]0;${brand}`,
	`\u009d52;c;${brand}`,
	`${esc}]8;;http://${brand}`,
	...strings.map(begin => `${begin}${brand}`),
];

/** What would act on a terminal, or make a text read otherwise than it is. */
export const payloads: readonly string[] = [
	// Single control characters, of seven and of eight bits, but the newline.
	...codes(0, 0x1f).filter(code => code !== '\n'),
	'\u007f',
	...codes(0x80, 0x9f),
	...[...csi, ...privateCsi].flatMap(rest => [`${esc}[${rest}`, `\u009b${rest}`]),
	...osc.flatMap(rest => [
		`${esc}]${rest}${bell}`,
		`${esc}]${rest}${st}`,
		`\u009d${rest}\u009c`,
		`\u009d${rest}${bell}`,
	]),
	...strings.flatMap(begin => [`${begin}${brand}${st}`, `${begin}+q${brand}\u009c`]),
	...[
		'c',
		'7',
		'8',
		'D',
		'E',
		'H',
		'M',
		'N',
		'O',
		'Z',
		'=',
		'>',
		'#8',
		'(0',
		')0',
		'%G',
		'|',
		'}',
		'~',
		'n',
		'o',
		'l',
	].map(rest => `${esc}${rest}`),
	// Signs that turn the direction of writing, or are not seen.
	...['\u061c', '\u200e', '\u200f', ...codes(0x202a, 0x202e), ...codes(0x2066, 0x2069)].map(mark => `a${mark}b`),
	...['\u00ad', '\u034f', '\u115f', '\u1160', '\u17b4', '\u180e', '\u200b', '\ufeff', '\u3164', '\uffa0', '\ufe0e'].map(
		mark => `a${mark}b`,
	),
	...codes(0x2060, 0x206f).map(mark => `a${mark}b`),
	...codes(0xfff9, 0xfffb).map(mark => `a${mark}b`),
	...[0x1bca0, 0x1d173, 0xe0001, 0xe0041, 0xe007f, 0xe0100].map(code => `a${String.fromCodePoint(code)}b`),
	'a\u2028b',
	'a\u2029b',
	'a\ud83d',
	'\ude00b',
	// Tricks with the cursor, and sequences that only become one when a part of them is taken out.
	'Approved by you\rDenied        ',
	'rm -rf /\b\b\b\b\b\b\b\bls      ',
	`${esc}${esc}[${brand}H`,
	`${esc}[${esc}[${brand}m${brand}H`,
	`${esc}\u200b[${brand}H`,
	`${esc}\u0000[${brand}H`,
	`${esc}\u007f]52;c;${brand}${bell}`,
	`\u009b\u200b${brand}J`,
	`${esc}]0;${esc}]0;${brand}${bell}${bell}`,
	`${esc}[${brand};`.repeat(20),
	`${esc}[1;\n${brand}H`,
	`\u00c2\u009b${brand}H`,
	`${esc}[200~y\r${esc}[201~`,
	'\r\n\r\nAllow it? [y] once: y\r',
	...unended,
];
