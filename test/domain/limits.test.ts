import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Agent, isEnded} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import {type Allowance, type Limits, noLimits, noSpend} from '../../source/domain/limits.ts';
import {costOf, type ModelFacts, type Price} from '../../source/domain/model.ts';
import type {Reply} from '../../source/domain/report.ts';
import {agentIn, openRequests, type Run} from '../../source/domain/run.ts';
import {totalTokens, type Usage} from '../../source/domain/usage.ts';
import {createRandom, type Random} from '../simulation/random.ts';
import {draftOf, drive, fails, runId, settings, stepDraft, uses} from './drive.ts';

type Sums = {readonly money: number; readonly tokens: number; readonly turns: number; readonly calls: number};

const sumsOf = (agents: readonly Agent[]): Sums =>
	agents.reduce(
		(sums, {settled, estimated, usage, turns, callsMade, turn}) => ({
			money: sums.money + settled + estimated + (turn?.reserved ?? 0),
			tokens: sums.tokens + totalTokens(usage) + (turn?.reservedTokens ?? 0),
			turns: sums.turns + turns + (turn === undefined ? 0 : 1),
			calls: sums.calls + callsMade,
		}),
		{money: 0, tokens: 0, turns: 0, calls: 0},
	);

const passed = ({money, tokens, turns, calls}: Sums, allowance: Allowance): boolean =>
	money > (allowance.money ?? Number.POSITIVE_INFINITY) ||
	tokens > (allowance.tokens ?? Number.POSITIVE_INFINITY) ||
	turns > (allowance.turns ?? Number.POSITIVE_INFINITY) ||
	calls > (allowance.calls ?? Number.POSITIVE_INFINITY);

/** The scopes whose limit is passed by what is used up and set aside together. */
const overdrawn = (run: Run): readonly string[] => {
	const {limits} = run.settings;
	const agents = run.agents;
	const worksFor = (agent: Agent | undefined, head: AgentId): boolean =>
		agent !== undefined &&
		(agent.id === head || (agent.parent !== undefined && worksFor(agentIn(run, agent.parent.agentId), head)));
	const over = agents
		.filter(({id, limits: own}) =>
			passed(sumsOf(agents.filter(agent => worksFor(agent, id))), {...limits.agent, ...own.agent}),
		)
		.map(({id}) => id as string);
	for (const step of Object.values(run.plan?.steps ?? {}))
		if (passed(sumsOf(agents.filter(({stepId}) => stepId === step.id)), {...limits.step, ...step.allowance}))
			over.push(step.id);
	if (passed(sumsOf(agents), limits.run)) over.push('run');
	if (passed(sumsOf(agents), limits.day)) over.push('day');
	return over;
};

const rate = fc.nat({max: 75_000}).map(n => n / 1000);

/** Published rates have at most three decimals, and reading from the cache is never dearer than reading anew. */
const prices: fc.Arbitrary<Price> = fc.record({
	rates: fc
		.record({input: rate, output: rate, cacheWrite5m: rate, cacheWrite1h: rate, cacheRead: rate})
		.map(rates => ({...rates, cacheRead: Math.min(rates.cacheRead, rates.input)})),
	largePrompt: fc.option(fc.record({aboveTokens: fc.nat({max: 60_000}), factor: fc.constantFrom(1.5, 2)}), {
		nil: undefined,
	}),
	since: fc.constant('2026-11-01'),
});

const allowances = (scale: number): fc.Arbitrary<Allowance> =>
	fc.record(
		{
			money: fc.integer({min: 1, max: 4_000_000_000}).map(n => n * scale),
			tokens: fc.integer({min: 10_000, max: 400_000}).map(n => n * scale),
			turns: fc.integer({min: 1, max: 9}).map(n => n * scale),
			calls: fc.integer({min: 1, max: 9}).map(n => n * scale),
		},
		{requiredKeys: []},
	);

const limits: fc.Arbitrary<Limits> = fc.record({
	turn: fc.constant({}),
	agent: allowances(1),
	step: allowances(2),
	run: allowances(10),
	day: allowances(12),
});

/** What a provider could count for a prompt of so many tokens at most. */
const drawUsage = (random: Random, promptAtMost: number, outputAtMost: number): Usage => {
	const prompt = random.chance(0.2) ? promptAtMost : random.between(1, promptAtMost);
	const written = random.below(prompt + 1);
	const cached = random.below(prompt - written + 1);
	return {
		input: prompt - written - cached,
		output: random.between(1, outputAtMost),
		cacheWrite5m: random.chance(0.5) ? written : 0,
		cacheWrite1h: 0,
		cacheRead: cached,
		thinking: 0,
	};
};

describe('no limit is ever passed', () => {
	test('with 20 agents at work, whatever turns cost, whoever works for whom, and whatever fails', () => {
		fc.assert(
			fc.property(fc.array(prices, {minLength: 4, maxLength: 4}), limits, fc.nat(), (fourPrices, drawn, seed) => {
				const random = createRandom(seed);
				const model = (i: number): ModelFacts => ({
					id: `m${i}`,
					provider: 'false',
					price: fourPrices[i],
					contextTokens: 200_000,
					maxOutputTokens: 8000,
				});
				const driven = drive({
					maxParallel: 20,
					limits: drawn,
					models: {haiku: model(0), sonnet: model(1), opus: model(2), frontier: model(3)},
				});
				const {run, take} = driven;
				let settled = 0;
				let truly = 0;
				const holds = (): void => {
					const {ledger} = run();
					expect(overdrawn(run())).toEqual([]);
					expect(ledger.reserved).toBeGreaterThanOrEqual(0);
					expect(ledger.reserved).toBe(run().agents.reduce((sum, {turn}) => sum + (turn?.reserved ?? 0), 0));
					expect(ledger.settled).toBe(settled);
					expect(ledger.settled + ledger.estimated).toBeGreaterThanOrEqual(truly);
				};
				const reply = (agent: Agent): void => {
					const {turn} = agent;
					if (turn === undefined) return;
					const {maxOutputTokens} = agent.assignment;
					const usage = drawUsage(random, turn.reservedTokens - maxOutputTokens, maxOutputTokens);
					const tool = random.pick(['read_file', 'read_file', 'finish_step', 'delegate'] as const);
					const good: Reply = {
						kind: 'done',
						content: [{type: 'tool_use', useId: `u${settled}`, name: tool, input: {n: random.below(1e9)}}],
						stopReason: 'tool_use',
						usage,
					};
					const failed = random.chance(0.25);
					const told = failed && random.chance(0.5);
					const words = fails(random.pick(['dropped', 'stalled', 'malformed', 'server'] as const));
					const cost = costOf(usage, turn.model.price) ?? 0;
					const answer = failed && words.kind === 'failed' ? {...words, usage: told ? usage : undefined} : good;
					if (!failed) settled += cost;
					if (!failed || told) truly += cost;
					const about = {agentId: agent.id, turnId: turn.id};
					if (agent.assignment.kind === 'plan') {
						const steps = Array.from({length: 20}, (_, i) =>
							stepDraft(`s${i}`, [], {tier: random.pick(['haiku', 'sonnet', 'opus', 'frontier'])}),
						);
						const draft = draftOf(...steps);
						take({type: 'plan.drafted', ...about, reply: answer, draft, problems: [], template: draft});
					} else take({type: 'turn.replied', ...about, reply: answer});
					for (const call of agentIn(run(), agent.id)?.calls ?? []) {
						if (call.status.kind !== 'proposed') continue;
						take({
							type: 'call.weighed',
							agentId: agent.id,
							callId: call.id,
							effect: call.tool === 'read_file' ? 'read' : 'control',
							verdict: {kind: 'allow', rule: ''},
							preview: {title: '', body: '', format: 'text'},
							control:
								call.tool === 'delegate'
									? {kind: 'delegate', role: 'scout', title: 'A part', objective: 'Do it.'}
									: call.tool === 'finish_step'
										? {
												kind: 'finish',
												packet: {status: 'UNVERIFIED', summary: '.', findings: [], produced: [], risks: []},
											}
										: undefined,
						});
					}
				};
				for (let i = 0; i < 150 && run().status.kind !== 'ended'; i++) {
					driven.later(random.below(20_000));
					take({type: 'tick'});
					const busy = random.oneOf(run().agents.filter(({turn}) => turn !== undefined));
					if (busy !== undefined) reply(busy);
					for (const agent of run().agents)
						for (const call of agent.calls)
							if (call.status.kind === 'running')
								take({
									type: 'call.ended',
									agentId: agent.id,
									callId: call.id,
									isError: false,
									output: 'ö'.repeat(random.below(900)),
									touched: [],
								});
					const request = random.oneOf(openRequests(run()));
					if (request?.ask.kind === 'budget' && random.chance(0.5))
						take({
							type: 'request.answer',
							runId,
							requestId: request.id,
							answer: random.pick([
								{kind: 'raise', limit: request.ask.needed},
								{kind: 'raise', limit: request.ask.needed * 2},
								{kind: 'finish'},
								{kind: 'deny', reason: ''},
							]),
						});
					holds();
				}
			}),
			{numRuns: 40},
		);
	});
});

const limited = (over: Partial<Limits>) => {
	const driven = drive({limits: {...noLimits, ...over}});
	driven.plan(draftOf(stepDraft('a'), stepDraft('b')));
	return driven;
};

const read = (driven: ReturnType<typeof drive>, name: string, output = 'done'): void => {
	driven.reply(name, uses('read_file'));
	driven.weigh(name, 0, 'read');
	driven.endCall(name, 0, `${output}`);
};

describe('a person is warned and asked', () => {
	test('once for each limit, when four fifths of it are used up, and again for a new one', () => {
		const driven = limited({run: {turns: 5}});
		const warnings = () => driven.events.flatMap(event => (event.type === 'budget.warned' ? [event.used] : []));
		read(driven, 'scout-1');
		read(driven, 'scout-1');
		expect(warnings()).toEqual([]);
		read(driven, 'scout-2');
		expect(warnings()).toEqual([4]);
		driven.finish('scout-1');
		expect(warnings()).toEqual([4]);
		driven.take({type: 'budget.set', runId, scope: 'run', what: 'turns', limit: 6});
		driven.finish('scout-2');
		expect(warnings()).toEqual([4, 6]);
	});

	test('raising the limit of an agent lets that agent go on, and nobody else was held up', () => {
		const driven = limited({agent: {turns: 1}});
		read(driven, 'scout-1');
		expect(driven.agent('scout-1').status.kind).toBe('limited');
		expect(driven.agent('scout-2').status.kind).toBe('thinking');
		expect(driven.asked('budget').ask).toMatchObject({scope: 'agent', what: 'turns', limit: 1, needed: 2});
		driven.answer('budget', {kind: 'raise', limit: 5});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
		expect(driven.agent('scout-1').turn?.last).toBe(false);
		expect(driven.run().status.kind).toBe('active');
	});

	test('an agent that is to finish gets one turn more, to report', () => {
		const driven = limited({agent: {turns: 1}});
		read(driven, 'scout-1');
		driven.answer('budget', {kind: 'finish'});
		expect(driven.agent('scout-1').turn?.last).toBe(true);
		driven.finish('scout-1');
		expect(driven.step('a').status.kind).toBe('done');
	});

	test('an agent whose limit is not raised fails with the limit in words', () => {
		const driven = limited({step: {tokens: 60_000}});
		read(driven, 'scout-1', 'x'.repeat(60_000));
		driven.answer('budget', {kind: 'deny', reason: ''});
		expect(driven.step('a').status).toMatchObject({
			kind: 'failed',
			failure: {
				kind: 'budget',
				message: expect.stringContaining('had no room left in its limit of 60,000 tokens (step)'),
			},
		});
	});

	test('a limit that grows by hand lets everybody go on who waited for it', () => {
		const driven = limited({step: {turns: 1}});
		read(driven, 'scout-1');
		read(driven, 'scout-2');
		expect(openRequests(driven.run())).toHaveLength(2);
		for (const {id} of openRequests(driven.run()))
			driven.take({type: 'request.answer', runId, requestId: id, answer: {kind: 'raise', limit: 2}});
		expect([driven.agent('scout-1').status.kind, driven.agent('scout-2').status.kind]).toEqual([
			'thinking',
			'thinking',
		]);
	});

	test('when those at work are to finish, they report, nothing more begins, and the run is not called done', () => {
		const driven = drive({limits: {...noLimits, run: {turns: 3}}, maxParallel: 2});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('c')));
		read(driven, 'scout-1');
		expect(driven.run().status.kind).toBe('active');
		read(driven, 'scout-2');
		expect(driven.run().status.kind).toBe('paused');
		driven.answer('budget', {kind: 'finish'});
		expect(driven.run().settings.limits.run.turns).toBe(5);
		expect(
			driven.refuse({type: 'agent.create', runId, role: 'scout', objective: 'Count.', tier: undefined})?.code,
		).toBe('not_now');
		expect(driven.agent('scout-1').turn?.last).toBe(true);
		driven.finish('scout-1');
		driven.finish('scout-2');
		expect(driven.step('c').status.kind).toBe('approved');
		expect(driven.run().status).toMatchObject({
			kind: 'ended',
			outcome: 'stopped',
			reason: 'a limit was reached; not begun: c',
		});
	});

	test('a pause of the person does not end the finishing', () => {
		const driven = drive({limits: {...noLimits, run: {turns: 3}}, maxParallel: 2});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('c')));
		read(driven, 'scout-1');
		read(driven, 'scout-2');
		driven.answer('budget', {kind: 'finish'});
		driven.take({type: 'run.pause', runId});
		driven.take({type: 'run.resume', runId});
		driven.finish('scout-1');
		expect(driven.run().windsUp).toBe(true);
		expect(driven.step('c').status.kind).toBe('approved');
	});

	test('resuming a run whose limit is reached is refused with the sum that is needed', () => {
		const driven = limited({run: {turns: 3}});
		read(driven, 'scout-1');
		read(driven, 'scout-2');
		expect(driven.refuse({type: 'run.resume', runId})?.message).toContain('up to 4 turns in all. Raise it first.');
		driven.take({type: 'run.permit', runId, standing: settings.standing, budget: undefined});
		driven.take({type: 'budget.set', runId, scope: 'run', what: 'turns', limit: undefined});
		expect(driven.run().status.kind).toBe('active');
		expect(openRequests(driven.run())).toEqual([]);
	});
});

describe('calls', () => {
	test('are counted as they are made; what is over the budget ends at once and is not counted', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a', [], {toolBudget: 2})));
		driven.reply('scout-1', uses('read_file', 'read_file', 'write_file', 'finish_step'));
		expect(driven.agent('scout-1').callsMade).toBe(2);
		expect(driven.run().spent.calls).toBe(2);
		expect(driven.agent('scout-1').calls.map(({status}) => status.kind)).toEqual([
			'proposed',
			'proposed',
			'ended',
			'proposed',
		]);
	});

	test('of a helper draw from the limit of whom it works for', () => {
		const driven = limited({agent: {turns: 2}});
		driven.reply('scout-1', uses('delegate'));
		driven.weigh('scout-1', 0, 'control', undefined, {
			kind: 'delegate',
			role: 'writer',
			title: 'A',
			objective: 'Do A.',
		});
		expect(driven.agent('writer-1').turn?.last).toBe(false);
		driven.reply('writer-1', uses('read_file'));
		driven.weigh('writer-1', 0, 'read');
		driven.endCall('writer-1', 0);
		expect(driven.agent('writer-1').status.kind).toBe('limited');
		expect(driven.asked('budget').ask).toMatchObject({scope: 'agent', of: driven.agent('scout-1').id, limit: 2});
	});
});

describe('the limit of a day', () => {
	test('counts what other runs have used up and hold, and begins anew at midnight', () => {
		const driven = drive({limits: {...noLimits, day: {turns: 10}}});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
		driven.others({used: {...noSpend, turns: 5}, held: {...noSpend, turns: 3}});
		driven.finish('scout-1');
		expect(driven.run().status).toEqual({kind: 'paused', by: 'budget'});
		expect(driven.refuse({type: 'run.resume', runId})?.code).toBe('not_now');
		driven.later(86_400_000);
		driven.others({used: noSpend, held: noSpend});
		driven.take({type: 'run.resume', runId});
		expect(driven.agent('scout-2').status.kind).toBe('thinking');
		expect(driven.run().agents.filter(agent => !isEnded(agent))).toHaveLength(1);
	});
});
