import {expect, test} from 'vitest';
import {costOf, tiers} from '../../source/domain/model.ts';
import {noUsage, type Usage} from '../../source/domain/usage.ts';
import {findModel, listModels, modelOfTier} from '../../source/providers/catalog.ts';

/** A million tokens of one class cost the published rate. */
const million = (kind: Exclude<keyof Usage, 'thinking'>) => ({...noUsage, [kind]: 1_000_000});
const usd = (amount: number) => Math.round(amount * 1_000_000_000);

test.each([
	['claude-fable-5-2', 8, 40, 10, 16, 0.2],
	['claude-fable-5-1', 10, 50, 12.5, 20, 0.25],
	['claude-opus-5-5', 4, 20, 5, 8, 0.2],
	['claude-opus-5', 5, 25, 6.25, 10, 0.5],
	['claude-opus-4-8', 5, 25, 6.25, 10, 0.5],
	['claude-sonnet-5-5', 2, 10, 2.5, 4, 0.1],
	['claude-sonnet-5', 2, 10, 2.5, 4, 0.2],
	['claude-sonnet-4-6', 3, 15, 3.75, 6, 0.3],
	// A million tokens of prompt are above 100,000: five times 0.10, 0.125, 0.20 and 0.01.
	['claude-haiku-5-5', 0.5, 0.5, 0.625, 1, 0.05],
	['claude-haiku-4-5', 1, 5, 1.25, 2, 0.1],
])('%s costs what is published', (id, input, output, write5m, write1h, read) => {
	const {price} = findModel(id);
	expect(costOf(million('input'), price)).toBe(usd(input));
	expect(costOf(million('output'), price)).toBe(usd(output));
	expect(costOf(million('cacheWrite5m'), price)).toBe(usd(write5m));
	expect(costOf(million('cacheWrite1h'), price)).toBe(usd(write1h));
	expect(costOf(million('cacheRead'), price)).toBe(usd(read));
});

test('the larger price begins above 100,000 tokens of prompt, however they are classed', () => {
	const {price} = findModel('claude-haiku-5-5');
	expect(costOf({...noUsage, input: 60_000, cacheRead: 40_000}, price)).toBe(60_000 * 100 + 40_000 * 10);
	expect(costOf({...noUsage, input: 60_000, cacheRead: 40_001}, price)).toBe(5 * (60_000 * 100 + 40_001 * 10));
});

test('every tier has a model with a price', () => {
	for (const tier of tiers) expect(findModel(modelOfTier[tier]).price).toBeDefined();
	expect(listModels()).toHaveLength(10);
});

test('the windows are those of the line', () => {
	expect(findModel('claude-opus-5-5')).toMatchObject({contextTokens: 1_000_000, maxOutputTokens: 128_000});
	expect(findModel('claude-haiku-4-5')).toMatchObject({contextTokens: 200_000, maxOutputTokens: 64_000});
});

test('a dated name is the same model', () => {
	expect(findModel('claude-haiku-4-5-20251001').price).toEqual(findModel('claude-haiku-4-5').price);
});

test('an unknown model has no price and a small window, and the person can give it a price', () => {
	const unknown = findModel('claude-next-6');
	expect(unknown).toMatchObject({price: undefined, contextTokens: 200_000});
	expect(costOf(million('input'), unknown.price)).toBeUndefined();
	const own = {
		rates: {input: 1, output: 2, cacheWrite5m: 3, cacheWrite1h: 4, cacheRead: 5},
		largePrompt: undefined,
		since: '2026-12-01',
	};
	expect(findModel('claude-next-6', {'claude-next-6': own}).price).toBe(own);
	expect(findModel('claude-opus-5-5', {'claude-opus-5-5': own}).price).toBe(own);
});
