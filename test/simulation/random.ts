/** Chance from a seed: the same seed always draws the same numbers, on every machine. */
export type Random = {
	/** A whole number from 0 to one below `n`. */
	readonly below: (n: number) => number;
	/** A whole number from `least` to `most`, both included. */
	readonly between: (least: number, most: number) => number;
	readonly chance: (probability: number) => boolean;
	readonly pick: <T>(from: readonly [T, ...T[]]) => T;
	/** One of a list that may be empty. */
	readonly oneOf: <T>(from: readonly T[]) => T | undefined;
};

/** Mulberry32: 32 bits of state are plenty for a story of some thousand draws. */
export const createRandom = (seed: number): Random => {
	let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let word = Math.imul(state ^ (state >>> 15), state | 1);
		word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
		return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (n: number): number => Math.floor(next() * n);
	return {
		below,
		between: (least, most) => least + below(most - least + 1),
		chance: probability => next() < probability,
		pick: from => from[below(from.length)] ?? from[0],
		oneOf: from => from[below(from.length)],
	};
};
