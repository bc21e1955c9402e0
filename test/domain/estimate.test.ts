import {expect, test} from 'vitest';
import {estimateStep} from '../../source/domain/estimate.ts';
import {settings} from './drive.ts';

const {sonnet: model} = settings.models;
const role = {name: 'scout', tier: 'sonnet', tools: [], maxTurns: 6, toolBudget: 10, maxOutputTokens: 1000} as const;
const of = (name: string, cost: number) => ({role: name, model: model.id, steps: 3, cost, error: 0.2});

test('a step is guessed to cost what steps of the same role on the same model have cost', () => {
	const history = [of('writer', 1), of('scout', 7_000_000.4)];
	expect(estimateStep({role, toolBudget: 10, model, history})).toBe(7_000_000);
});

test('without such steps the guess grows with the tool budget', () => {
	const guess = (toolBudget: number) => estimateStep({role, toolBudget, model, history: [of('writer', 1)]}) ?? 0;
	expect(guess(12)).toBeGreaterThan(guess(0));
	expect(guess(0)).toBeGreaterThan(0);
});

test('a model without a price gives no estimate, whatever the history says', () => {
	const unpriced = {...model, price: undefined};
	expect(estimateStep({role, toolBudget: 10, model: unpriced, history: [of('scout', 7)]})).toBeUndefined();
});
