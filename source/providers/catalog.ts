import type {ModelFacts, Price, Rates, Tier} from '../domain/model.ts';

type Row = {
	readonly rates: Rates;
	readonly since: string;
	readonly contextTokens: number;
	readonly maxOutputTokens: number;
	readonly largePrompt?: {readonly aboveTokens: number; readonly factor: number};
	/** Whether the model takes `thinking: adaptive`; an older one answers it with 400. */
	readonly adaptiveThinking: boolean;
};

/** Input, output, cache write for 5 minutes, for 1 hour, cache read; US dollars per million tokens. */
const rates = (
	input: number,
	output: number,
	cacheWrite5m: number,
	cacheWrite1h: number,
	cacheRead: number,
): Rates => ({
	input,
	output,
	cacheWrite5m,
	cacheWrite1h,
	cacheRead,
});

/** The day on which the whole table was last checked; the `since` of prices whose first day is not known. */
const checkedOn = '2026-11-21';

const million = {contextTokens: 1_000_000, maxOutputTokens: 128_000, adaptiveThinking: true};

/**
 * The window for what nobody told us: the smallest of the models still served, so that neither a prompt nor a reply
 * is ever planned larger than the vendor takes.
 */
const cautious = {contextTokens: 200_000, maxOutputTokens: 32_000};

/**
 * Every rate is written out, because the ratios differ by model: reading from the cache costs 0.025, 0.05 or 0.1 of
 * the input rate. The vendor publishes no prices over its API, so this table is checked by hand.
 */
const rows: Readonly<Record<string, Row>> = {
	'claude-fable-5-2': {...million, since: '2026-11-09', rates: rates(8, 40, 10, 16, 0.2)},
	'claude-fable-5-1': {...million, since: checkedOn, rates: rates(10, 50, 12.5, 20, 0.25)},
	'claude-opus-5-5': {...million, since: checkedOn, rates: rates(4, 20, 5, 8, 0.2)},
	'claude-opus-5': {...million, since: checkedOn, rates: rates(5, 25, 6.25, 10, 0.5)},
	'claude-opus-4-8': {...million, maxOutputTokens: 64_000, since: checkedOn, rates: rates(5, 25, 6.25, 10, 0.5)},
	'claude-sonnet-5-5': {...million, since: '2026-09-28', rates: rates(2, 10, 2.5, 4, 0.1)},
	'claude-sonnet-5': {...million, since: checkedOn, rates: rates(2, 10, 2.5, 4, 0.2)},
	'claude-sonnet-4-6': {
		contextTokens: cautious.contextTokens,
		maxOutputTokens: 64_000,
		adaptiveThinking: true,
		since: checkedOn,
		rates: rates(3, 15, 3.75, 6, 0.3),
	},
	'claude-haiku-5-5': {
		...million,
		since: '2026-10-07',
		rates: rates(0.1, 0.5, 0.125, 0.2, 0.01),
		largePrompt: {aboveTokens: 100_000, factor: 5},
	},
	'claude-haiku-4-5': {
		contextTokens: 200_000,
		maxOutputTokens: 64_000,
		adaptiveThinking: false,
		since: checkedOn,
		rates: rates(1, 5, 1.25, 2, 0.1),
	},
};

/** The model that a tier means when the person names none. */
export const modelOfTier: Readonly<Record<Tier, string>> = {
	haiku: 'claude-haiku-5-5',
	sonnet: 'claude-sonnet-5-5',
	opus: 'claude-opus-5-5',
	frontier: 'claude-fable-5-2',
};

/** Prices a person set, by model id; they win over the table. */
export type PriceOverrides = Readonly<Record<string, Price>>;

/** A dated snapshot (`claude-haiku-4-5-20251001`) is the same model at the same price. */
const rowOf = (id: string): Row | undefined => rows[id] ?? rows[id.replace(/-\d{8}$/, '')];

/** Facts of a model of this vendor. One the table does not know has no price and cautious windows. */
export const findModel = (id: string, overrides: PriceOverrides = {}): ModelFacts => {
	const row = rowOf(id);
	const listed = row && {rates: row.rates, largePrompt: row.largePrompt, since: row.since};
	const {contextTokens, maxOutputTokens} = row ?? cautious;
	return {id, provider: 'anthropic', price: overrides[id] ?? listed, contextTokens, maxOutputTokens};
};

export const listModels = (overrides: PriceOverrides = {}): readonly ModelFacts[] =>
	Object.keys(rows).map(id => findModel(id, overrides));

export const thinksAdaptively = (id: string): boolean => rowOf(id)?.adaptiveThinking ?? false;
