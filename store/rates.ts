import {guessTokens} from '../source/domain/message.ts';
import type {NanoUsd} from '../source/domain/money.ts';

/** How fast the fleet works and spends. */
export type Rates = {
	/** Undefined until there are two measurements. */
	readonly perMinute: NanoUsd | undefined;
	/** Guessed from what is written just now: the provider counts only when a turn is over. */
	readonly tokensPerSecond: number;
	/** Tokens per second, one value a second, newest last. */
	readonly history: readonly number[];
};

export const noRates: Rates = {perMinute: undefined, tokensPerSecond: 0, history: []};

type Sample = {readonly at: number; readonly characters: number; readonly spent: NanoUsd};

const historyMax = 120;
const spendWindowMs = 60_000;
/** Models write in bursts: a rate of the last second would come and go before it is read. */
const writeWindowMs = 5_000;

/** Measures once a second or less often. Time is handed in, ms since 1970. */
type RateMeter = {readonly sample: (now: number, characters: number, spent: NanoUsd) => Rates};

export const createRateMeter = (): RateMeter => {
	let samples: readonly Sample[] = [];
	let rates = noRates;
	return {
		sample: (now, characters, spent) => {
			const last = samples.at(-1);
			const elapsed = last === undefined ? 0 : now - last.at;
			if (last !== undefined && elapsed < 1000) return rates;
			samples = [...samples.filter(({at}) => at >= now - spendWindowMs), {at: now, characters, spent}];
			if (last === undefined) return rates;
			const [first = last] = samples;
			const written = (from: Sample): number => (guessTokens(characters - from.characters) * 1000) / (now - from.at);
			rates = {
				perMinute: now > first.at ? Math.round(((spent - first.spent) * 60_000) / (now - first.at)) : undefined,
				tokensPerSecond: written(samples.find(({at}) => at >= now - writeWindowMs && at < now) ?? last),
				history: [...rates.history, written(last)].slice(-historyMax),
			};
			return rates;
		},
	};
};
