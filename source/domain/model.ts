import type {NanoUsd} from './money.ts';
import {promptTokens, type Usage} from './usage.ts';

/** Classes of models by price and ability, cheapest first. */
export const tiers = ['haiku', 'sonnet', 'opus', 'frontier'] as const;
export type Tier = (typeof tiers)[number];

/** US dollars per million tokens. */
export type Rates = {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly cacheRead: number;
};

/** A price as published: a large prompt may multiply every rate of the request. */
export type Price = {
	readonly rates: Rates;
	readonly largePrompt: {readonly aboveTokens: number; readonly factor: number} | undefined;
	/** The day from which the price holds, ISO 8601. */
	readonly since: string;
};

/** What a run needs to know of a model. It is stored with the run, so that old runs keep their old prices. */
export type ModelFacts = {
	readonly id: string;
	readonly provider: string;
	/** Undefined when nobody told us: the cost is then shown as unpriced, never as 0. */
	readonly price: Price | undefined;
	readonly contextTokens: number;
	readonly maxOutputTokens: number;
};

/** The cost of one request; undefined when the model has no known price. */
export const costOf = (usage: Usage, price: Price | undefined): NanoUsd | undefined => {
	if (price === undefined) return undefined;
	const {rates, largePrompt} = price;
	const factor = largePrompt !== undefined && promptTokens(usage) > largePrompt.aboveTokens ? largePrompt.factor : 1;
	// A rate of 1 dollar per million tokens is 1,000 nano-dollars per token.
	return Math.round(
		factor *
			1000 *
			(usage.input * rates.input +
				usage.output * rates.output +
				usage.cacheWrite5m * rates.cacheWrite5m +
				usage.cacheWrite1h * rates.cacheWrite1h +
				usage.cacheRead * rates.cacheRead),
	);
};

/** The largest cost a request can reach: nothing read from the cache, everything written to it, all output used. */
export const largestCostOf = (
	promptTokensAtMost: number,
	outputTokensAtMost: number,
	price: Price | undefined,
): NanoUsd => {
	if (price === undefined) return 0;
	const {rates, largePrompt} = price;
	const factor = largePrompt !== undefined && promptTokensAtMost > largePrompt.aboveTokens ? largePrompt.factor : 1;
	const inputRate = Math.max(rates.input, rates.cacheWrite5m, rates.cacheWrite1h);
	return Math.ceil(factor * 1000 * (promptTokensAtMost * inputRate + outputTokensAtMost * rates.output));
};
