import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {noLimits} from '../../source/domain/limits.ts';
import {costOf, largestCostOf, type ModelFacts, type Price} from '../../source/domain/model.ts';
import {fromUsd} from '../../source/domain/money.ts';
import {promptTokens, totalTokens, type Usage} from '../../source/domain/usage.ts';
import {draftOf, drive, fails, runId, says, type settings, stepDraft} from './drive.ts';

const tokens = fc.nat({max: 100_000});

const usages: fc.Arbitrary<Usage> = fc.record({
	input: tokens,
	output: tokens,
	cacheWrite5m: tokens,
	cacheWrite1h: tokens,
	cacheRead: tokens,
	thinking: fc.constant(0),
});

/** Published rates have at most three decimals. */
const rate = fc.nat({max: 75_000}).map(n => n / 1000);

const prices: fc.Arbitrary<Price> = fc.record({
	rates: fc.record({input: rate, output: rate, cacheWrite5m: rate, cacheWrite1h: rate, cacheRead: rate}),
	largePrompt: fc.option(fc.record({aboveTokens: tokens, factor: fc.constantFrom(1.5, 2)}), {nil: undefined}),
	since: fc.constant('2026-11-01'),
});

const priced = (price: Price | undefined): typeof settings.models => {
	const model: ModelFacts = {id: 'm', provider: 'false', price, contextTokens: 10_000_000, maxOutputTokens: 100_000};
	return {haiku: model, sonnet: model, opus: model, frontier: model};
};

describe('money adds up', () => {
	test('the ledger is the exact sum of its turns, whatever they cost', () => {
		fc.assert(
			fc.property(prices, fc.array(usages, {minLength: 1, maxLength: 4}), (price, turns) => {
				const {plan, reply, run} = drive({models: priced(price)});
				plan(draftOf(...turns.map((_, i) => stepDraft(`s${i}`))));
				const before = run().ledger.settled;
				for (const [i, usage] of turns.entries()) {
					const words = says('Done.');
					reply(`scout-${i + 1}`, words.kind === 'done' ? {...words, usage} : words);
				}
				const costs = turns.map(usage => costOf(usage, price) ?? 0);
				expect(run().ledger.settled - before).toBe(costs.reduce((a, b) => a + b, 0));
				expect(run().agents.reduce((sum, agent) => sum + agent.settled, 0)).toBe(run().ledger.settled);
				const all = turns.reduce((sum, usage) => sum + totalTokens(usage), 0);
				expect(totalTokens(run().ledger.usage)).toBe(all + 1100);
			}),
			{numRuns: 50},
		);
	});

	test('what is reserved is never less than what a request of that size can cost', () => {
		// Reading from the cache is never dearer than reading anew.
		const sane = prices.filter(({rates}) => rates.cacheRead <= rates.input);
		fc.assert(
			fc.property(sane, usages, (price, usage) => {
				const reserve = largestCostOf(promptTokens(usage), usage.output, price);
				expect(reserve).toBeGreaterThanOrEqual(costOf(usage, price) ?? 0);
			}),
		);
	});

	test('a model without a price is counted as unpriced, never as free', () => {
		const {plan, run, agent} = drive({models: priced(undefined)});
		plan(draftOf(stepDraft('a')));
		expect(run().ledger).toMatchObject({settled: 0, reserved: 0, unpricedTurns: 1});
		expect(agent('planner-1').unpriced).toBe(true);
	});
});

describe('a limit holds before money is spent', () => {
	/** Every turn costs 4.5 thousandths of a dollar, and may beforehand need sixty times that. */
	const tight = () => {
		const driven = drive({limits: {...noLimits, run: {money: fromUsd(0.275)}}});
		driven.plan(draftOf(...['a', 'b', 'c', 'd', 'e'].map(key => stepDraft(key))));
		return driven;
	};

	test('a turn that fits only once others are settled waits for them, and nobody is asked', () => {
		const {run, agent} = tight();
		expect(agent('scout-1').status.kind).toBe('thinking');
		expect(agent('scout-2').status.kind).toBe('queued');
		expect(run().status.kind).toBe('active');
	});

	test('when nothing under way can free enough, the run pauses and asks for what is needed', () => {
		const {run, finish} = tight();
		for (let i = 1; run().status.kind === 'active'; i++) finish(`scout-${i}`);
		const [request] = run().requests;
		expect(run().status).toEqual({kind: 'paused', by: 'budget'});
		expect(request?.ask).toMatchObject({kind: 'budget', limit: fromUsd(0.275)});
	});

	test('raising it too little is refused with the sum that is needed, raising it enough goes on', () => {
		const {run, finish, take, refuse} = tight();
		for (let i = 1; run().status.kind === 'active'; i++) finish(`scout-${i}`);
		const [request] = run().requests;
		if (request?.ask.kind !== 'budget') throw new Error('The run did not ask for money.');
		const answer = (limit: number) =>
			({type: 'request.answer', runId, requestId: request.id, answer: {kind: 'raise', limit}}) as const;
		expect(refuse(answer(request.ask.needed - 1))?.message).toMatch(
			/^The next turn may need up to \$0\.\d\d in all; raise the limit to at least that\.$/,
		);
		expect(refuse(answer(Number.NaN))?.code).toBe('invalid');
		take(answer(request.ask.needed));
		expect(run().status.kind).toBe('active');
		expect(run().ledger.reserved).toBeGreaterThan(0);
	});

	test('raising it too little by itself leaves the question open, about the limit there is now', () => {
		const {run, finish, take} = tight();
		for (let i = 1; run().status.kind === 'active'; i++) finish(`scout-${i}`);
		const [request] = run().requests;
		if (request?.ask.kind !== 'budget') throw new Error('The run did not ask for money.');
		const {needed} = request.ask;
		const set = (limit: number) => take({type: 'budget.set', runId, scope: 'run', what: 'money', limit});
		set(needed - 1);
		expect(run().requests[0]).toMatchObject({status: {kind: 'open'}, ask: {limit: needed - 1, needed}});
		take({type: 'budget.set', runId, scope: 'run', what: 'tokens', limit: 900_000});
		expect(run().requests[0]?.ask).toMatchObject({limit: needed - 1});
		set(needed);
		expect(run().requests[0]).toMatchObject({status: {kind: 'withdrawn'}});
	});

	test('saying no to more money stops the run', () => {
		const {run, finish, take} = tight();
		for (let i = 1; run().status.kind === 'active'; i++) finish(`scout-${i}`);
		const [request] = run().requests;
		if (request === undefined) throw new Error('The run did not ask for money.');
		take({type: 'request.answer', runId, requestId: request.id, answer: {kind: 'deny', reason: ''}});
		expect(run().status).toMatchObject({
			kind: 'ended',
			outcome: 'stopped',
			reason: expect.stringContaining('not raised'),
		});
	});

	test('a request that the provider refused before any work costs nothing', () => {
		const {plan, reply, run} = drive();
		plan(draftOf(stepDraft('a')));
		const before = run().ledger;
		reply('scout-1', fails('overloaded'));
		expect(run().ledger).toEqual({...before, reserved: 0});
	});

	test('a turn that broke off without a word about its usage is counted as an estimate', () => {
		const {plan, reply, run, agent} = drive();
		plan(draftOf(stepDraft('a')));
		const {reserved = 0} = agent('scout-1').turn ?? {};
		reply('scout-1', fails('dropped'));
		// No word had come: the prompt may have been read, and nothing was written.
		expect(run().ledger.estimated).toBe(reserved - 1000 * 15_000);
		expect(run().ledger.reserved).toBe(0);
	});
});
