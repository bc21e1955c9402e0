import {actionIds, builtInKeys} from '../../store/keymap.ts';
import type {Random} from '../simulation/random.ts';

/** One thing that a person, or a cat, does at a terminal. */
export type Act =
	| {readonly kind: 'bytes'; readonly what: string; readonly bytes: string}
	| {readonly kind: 'resize'; readonly what: string; readonly columns: number; readonly rows: number};

const named: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u001b',
	tab: '\t',
	'shift+tab': '\u001b[Z',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	'shift+up': '\u001b[1;2A',
	'shift+down': '\u001b[1;2B',
	'shift+left': '\u001b[1;2D',
	'shift+right': '\u001b[1;2C',
	home: '\u001b[H',
	end: '\u001b[F',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	backspace: '\u007f',
	delete: '\u001b[3~',
	space: ' ',
	'alt+enter': '\u001b\r',
};

const bytesOf = (key: string): string => {
	const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
	const meta = /^alt\+(.)$/.exec(key)?.[1];
	if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) - 96);
	return meta === undefined ? (named[key] ?? key) : `\u001b${meta}`;
};

/** Every key of every table, as often as it stands there; a suspended window would wait for a shell to wake it. */
const keys: readonly string[] = actionIds
	.flatMap(id => builtInKeys.bindingOf(id).binds.flatMap(bind => bind.keys))
	.filter(key => key !== 'ctrl+z');

const words = [
	'hello',
	'$5.00',
	'agent:scout-1',
	'日本語のテキスト',
	'naïve café',
	'👩‍👩‍👧 and 🏳️‍🌈',
	'\u202eright to left',
	'a'.repeat(300),
	'"; rm -rf /',
	'12',
] as const;

const sizes = [
	[40, 12],
	[50, 14],
	[60, 20],
	[79, 23],
	[80, 24],
	[120, 40],
	[200, 60],
	[20, 5],
	[133, 29],
] as const satisfies readonly (readonly [number, number])[];

/** Sequences that terminals send by themselves, or that nobody sends. */
const oddities = [
	'\u001b[<0;10;5M\u001b[<0;10;5m',
	'\u001b[<64;30;9M',
	'\u001b[I',
	'\u001b[O',
	'\u001b[12;40R',
	'\u001b[?62;22c',
	'\u001b[1;5P',
	'\u001bOP',
	'\u001b]11;rgb:ffff/ffff/ffff\u0007',
	'\u0000',
	'\u001b[999;999~',
] as const;

const press = (key: string): Act => ({kind: 'bytes', what: key, bytes: bytesOf(key)});

/** A key by itself: it is never taken together with the one behind it, as a plain Esc would be. */
export const pressAlone = (key: string): Act => ({
	kind: 'bytes',
	what: `*${key}`,
	bytes: key === 'esc' ? '\u001b[27u' : bytesOf(key),
});

export const nextAct = (random: Random): Act => {
	const kind = random.below(100);
	if (kind < 74) return press(random.oneOf(keys) ?? 'esc');
	if (kind < 84) {
		const text = random.pick(words);
		return {kind: 'bytes', what: `types ${text.slice(0, 12)}`, bytes: text};
	}
	if (kind < 88) {
		const text = `${random.pick(words)}\n${random.pick(words)}`;
		return {kind: 'bytes', what: 'pastes', bytes: `\u001b[200~${text}\u001b[201~`};
	}
	if (kind < 92) {
		const burst = Array.from({length: 20}, () => random.oneOf(keys) ?? 'esc');
		return {kind: 'bytes', what: `at once: ${burst.join(' ')}`, bytes: burst.map(bytesOf).join('')};
	}
	if (kind < 95) return {kind: 'bytes', what: 'an oddity', bytes: random.pick(oddities)};
	const [columns, rows] = random.oneOf<readonly [number, number]>(sizes) ?? [80, 24];
	return {kind: 'resize', what: `${columns}×${rows}`, columns, rows};
};
