import type {Random} from '../simulation/random.ts';
import type {Place} from './kills-places.ts';

/** When a process is killed. */
export type Aim =
	/** So many ms after its start. */
	| {readonly kind: 'time'; readonly ms: number}
	/** As soon as so many events were told. */
	| {readonly kind: 'event'; readonly nth: number}
	/** As soon as so many calls were told to have started. */
	| {readonly kind: 'call'; readonly nth: number}
	/** Some ms after its n-th request to a model came in, while the reply streams. */
	| {readonly kind: 'stream'; readonly nth: number; readonly ms: number}
	/** By itself, the n-th time that it comes by a place. */
	| {readonly kind: 'inside'; readonly place: Place; readonly nth: number};

export const wordsOf = (aim: Aim): string => {
	switch (aim.kind) {
		case 'time':
			return `after ${aim.ms} ms`;
		case 'event':
			return `at event ${aim.nth} of this life`;
		case 'call':
			return `at call.started ${aim.nth}`;
		case 'stream':
			return `${aim.ms} ms into reply ${aim.nth}`;
		case 'inside':
			return `${aim.place}:${aim.nth}`;
		default:
			return aim satisfies never;
	}
};

const inside = (place: Place, random: Random, most: number): Aim => ({
	kind: 'inside',
	place,
	nth: random.between(1, most),
});

/** How often a run of ten steps comes by each place, roughly: later ones would miss. */
const passages: Readonly<Record<Place, number>> = {
	insert: 400,
	commit: 180,
	told: 400,
	rename: 14,
	renamed: 14,
	spawn: 16,
	spawned: 16,
};

const classes = {
	'at any time': random => ({kind: 'time', ms: random.between(1, 1500)}),
	'at any event': random => ({kind: 'event', nth: random.between(1, 380)}),
	'a call has started': random => ({kind: 'call', nth: random.between(1, 55)}),
	'within a reply': random => ({kind: 'stream', nth: random.between(1, 44), ms: random.between(0, 16)}),
	'within an append': random => inside('insert', random, passages.insert),
	'between append and effect': random => inside(random.pick(['commit', 'told']), random, passages.commit),
	'around a write': random => inside(random.pick(['rename', 'renamed']), random, passages.rename),
	'around a command': random => inside(random.pick(['spawn', 'spawned']), random, passages.spawn),
} satisfies Record<string, (random: Random) => Aim>;

export type AimClass = keyof typeof classes | 'during recovery';

const isClass = (name: string): name is keyof typeof classes => Object.hasOwn(classes, name);
const plain = Object.keys(classes).filter(isClass);

/** Every class of kill, in the order of the tables. */
export const aimClasses: readonly AimClass[] = [...plain, 'during recovery'];

const anyAim = (random: Random): Aim => classes[random.oneOf(plain) ?? 'at any time'](random);

/** Those that strike from outside. */
export const outerClasses: readonly (keyof typeof classes)[] = [
	'at any time',
	'at any event',
	'a call has started',
	'within a reply',
];

/** A kill of the engine in the background, and so many more while it is being started again. */
export const aimsAtEngine = (name: keyof typeof classes, random: Random, more: number): readonly Aim[] => [
	classes[name](random),
	...Array.from({length: more}, (): Aim => ({kind: 'time', ms: random.between(1, 900)})),
];

/** Right at the beginning of a life: the lock, the fold, the first append, the first effects. */
const atRecovery = (random: Random): Aim =>
	random.chance(0.4)
		? {kind: 'time', ms: random.between(1, 400)}
		: inside(random.pick(['insert', 'commit', 'told', 'spawn', 'rename']), random, 4);

/** The kills of a run, one for each of its first lives. Every second run is killed twice or three times. */
export const aimsFor = (name: AimClass, random: Random, pair: boolean): readonly Aim[] => {
	if (name === 'during recovery') return [anyAim(random), atRecovery(random), ...(pair ? [atRecovery(random)] : [])];
	const first = classes[name](random);
	if (!pair) return [first];
	const second = random.chance(0.5) ? atRecovery(random) : anyAim(random);
	return random.chance(0.3) ? [first, second, anyAim(random)] : [first, second];
};
