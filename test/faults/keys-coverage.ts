import {z} from 'zod';
import {contextKinds, contexts} from '../../store/context-kinds.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {actionsIn} from '../../store/match-key.ts';
import type {Random} from '../simulation/random.ts';

/** What the witness in the window tells: a key and the view it went to, or only the view that the keys go to now. */
const told = z.object({context: z.string(), inPast: z.boolean(), key: z.string().optional()});
export type Told = z.infer<typeof told>;

/** Every key of every view: what there is to press, what was pressed, and the ways between views as they were seen. */
export type Coverage = {
	/** Lines of the witness, in order. */
	readonly hear: (line: string) => void;
	/** A key of a view is worth trying as the way to another one, whatever it has led to so far. */
	readonly hint: (from: string, key: string, to: string) => void;
	/** The window has gone: what comes next has nothing to do with the last key. */
	readonly breakOff: () => void;
	/**
	 * A key that was not pressed yet where the keys are, or one on the way to such a view; where no way is known, any key
	 * that means something there. Undefined when nothing was heard of yet.
	 */
	readonly next: (random: Random) => string | undefined;
	readonly pressed: () => number;
	readonly all: number;
	/** How many keys were heard of at all. */
	readonly keys: () => number;
	/** The actions that were never pressed, view by view, such as `costs, past: time.play, help.open`; some views do not count. */
	readonly missing: (without?: readonly string[]) => readonly string[];
};

/** By view, the actions that have a key there, with these keys. */
type Pairs = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Where the past can be looked at, its keys mean something of their own. */
const withPast: ReadonlySet<string> = new Set(
	contexts.filter(context => contextKinds[context] === 'pane' || contextKinds[context] === 'view'),
);

const pastMark = ', past';

const placeOf = (context: string, inPast: boolean): string =>
	inPast && withPast.has(context) ? `${context}${pastMark}` : context;

const pastOf = (place: string): string | undefined => (withPast.has(place) ? `${place}${pastMark}` : undefined);

const presentOf = (place: string): string | undefined =>
	place.endsWith(pastMark) ? place.slice(0, -pastMark.length) : undefined;

/** Views that nobody comes to, each with the reason. */
const outOfReach: ReadonlyMap<string, string> = new Map([
	['fields, past', 'Steps are changed in the present only.'],
	['approve, past', 'Steps are approved in the present only.'],
	['peek, past', 'Its key plays the past there.'],
]);

const everyPair = (): Pairs =>
	new Map(
		contexts.flatMap(context =>
			(withPast.has(context) ? [false, true] : [false]).map(inPast => {
				const actions = actionsIn(builtInKeys, context, inPast).filter(({keys}) => keys.length > 0);
				return [placeOf(context, inPast), new Map(actions.map(({id, keys}) => [id, keys]))] as const;
			}),
		),
	);

/** How often a key of a view was pressed, how often since it led anywhere, and how often it led to each view. */
type Way = {tried: number; idle: number; readonly led: Map<string, number>};

type Step = {readonly key: string; readonly to: string; readonly cost: number};

const roundsMax = 200;
/** How much less a guess is worth than what was seen. */
const guessFactor = 3;
/** A way that led somewhere before and does not now is soon left alone. */
const idleFactor = 2;
/** So often another key is pressed than the one on the way, for there may be ways that nobody has seen. */
const strayPart = 0.2;

export const createCoverage = (): Coverage => {
	const all = everyPair();
	const pairs: Pairs = new Map([...all].filter(([place]) => !outOfReach.has(place)));
	const open = new Map([...pairs].map(([place, actions]) => [place, new Map(actions)]));
	const ways = new Map<string, Map<string, Way>>();
	let here: string | undefined;
	let came: {readonly from: string; readonly key: string} | undefined;
	let keys = 0;

	const wayOf = (from: string, key: string): Way => {
		const known = ways.get(from) ?? new Map<string, Way>();
		ways.set(from, known);
		const way = known.get(key) ?? {tried: 0, idle: 0, led: new Map()};
		known.set(key, way);
		return way;
	};

	const arrive = (place: string): void => {
		if (came !== undefined && place !== came.from) {
			const way = wayOf(came.from, came.key);
			way.idle = 0;
			way.led.set(place, (way.led.get(place) ?? 0) + 1);
		}
		came = undefined;
		here = place;
	};

	/** What a key costs, in presses, that led there so often; what leads there in the present may do so in the past. */
	const stepsFrom = (from: string): readonly Step[] => {
		const known = ways.get(from) ?? new Map<string, Way>();
		const seen = [...known].flatMap(([key, {tried, idle, led}]) =>
			[...led].map(([to, times]) => ({key, to, cost: Math.max(1, tried) / times + idleFactor * idle})),
		);
		const present = presentOf(from);
		if (present === undefined) return seen;
		const guessed = stepsFrom(present).flatMap(({key, to, cost}) => {
			const then = pastOf(to);
			const isNew = then !== undefined && !known.get(key)?.led.has(then);
			return isNew ? [{key, to: then, cost: guessFactor * cost + (known.get(key)?.tried ?? 0)}] : [];
		});
		return [...seen, ...guessed];
	};

	/** How many presses each view is away from one where something is left to press, as far as is known. */
	const distances = (): ReadonlyMap<string, number> => {
		const steps = [...all.keys()].map(from => ({from, steps: stepsFrom(from)}));
		const far = new Map<string, number>();
		for (const [place, actions] of open) if (actions.size > 0) far.set(place, 0);
		for (let round = 0, moved = true; moved && round < roundsMax; round++) {
			moved = false;
			for (const {from, steps: its} of steps)
				for (const {to, cost} of its) {
					const through = (far.get(to) ?? Number.POSITIVE_INFINITY) + cost;
					if (through >= (far.get(from) ?? Number.POSITIVE_INFINITY)) continue;
					far.set(from, through);
					moved = true;
				}
		}
		return far;
	};

	const onTheWay = (from: string): string | undefined => {
		const far = distances();
		let best: {readonly key: string; readonly cost: number} | undefined;
		for (const {key, to, cost} of stepsFrom(from)) {
			const through = (far.get(to) ?? Number.POSITIVE_INFINITY) + cost;
			if (through < (best?.cost ?? Number.POSITIVE_INFINITY)) best = {key, cost: through};
		}
		return best?.key;
	};

	return {
		hear: line => {
			const {context, inPast, key} = told.parse(JSON.parse(line));
			const place = placeOf(context, inPast);
			arrive(place);
			if (key === undefined) return;
			keys++;
			const way = wayOf(place, key);
			way.tried++;
			way.idle++;
			came = {from: place, key};
			const left = open.get(place);
			for (const [id, its] of left ?? []) if (its.includes(key)) left?.delete(id);
		},
		hint: (from, key, to) => {
			const known = ways.get(from) ?? new Map<string, Way>();
			ways.set(from, known.set(key, {tried: 1, idle: 0, led: new Map([[to, 1]])}));
		},
		breakOff: () => {
			came = undefined;
			here = undefined;
		},
		next: random => {
			if (here === undefined) return undefined;
			const left = [...(open.get(here)?.values() ?? [])];
			if (left.length > 0) return random.oneOf(random.oneOf(left) ?? []);
			const stray = random.oneOf(random.oneOf([...(all.get(here)?.values() ?? [])]) ?? []);
			return random.chance(strayPart) ? stray : (onTheWay(here) ?? stray);
		},
		pressed: () => [...pairs].reduce((sum, [place, {size}]) => sum + size - (open.get(place)?.size ?? 0), 0),
		all: [...pairs.values()].reduce((sum, {size}) => sum + size, 0),
		keys: () => keys,
		missing: (without = []) =>
			[...open]
				.filter(([place, actions]) => actions.size > 0 && !without.includes(place))
				.map(([place, actions]) => `${place}: ${[...actions.keys()].join(', ')}`),
	};
};
