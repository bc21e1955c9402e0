import {expect, test} from 'vitest';
import {agentRows} from '../../components/panes/agent-order.ts';
import {limitLines} from '../../components/panes/cost-lines.ts';
import {drawHeader} from '../../components/panes/header.ts';
import {requestCard} from '../../components/panes/request-card.ts';
import {agentActivity} from '../../components/parts/agent-activity.ts';
import {agentState} from '../../components/parts/agent-state.ts';
import {askWords} from '../../components/parts/ask-words.ts';
import {estimateWords} from '../../components/parts/estimate.ts';
import {limitUses} from '../../components/parts/limit-use.ts';
import {stepCostWords} from '../../components/parts/step-costs.ts';
import {stepsBehind} from '../../components/parts/steps-behind.ts';
import type {Agent} from '../../source/domain/agent.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {makeRun} from '../support/make-run.ts';
import {asking} from './asking.ts';
import {agentNamed, rate, sceneOf} from './views.ts';

const proposed = makeRun({stage: 'proposed', steps: 5});

const withHistory = (roles: readonly string[]): Run => ({
	...proposed,
	settings: {
		...proposed.settings,
		history: roles.map(role => ({role, model: 'claude-sonnet-5-5', steps: 6, cost: 1000, error: undefined})),
	},
});

test('an estimate says where it comes from', () => {
	expect(estimateWords(proposed)).toMatch(/^estimated \$0\.\d{4}, a first guess$/);
	expect(estimateWords(withHistory(['analyst', 'writer']))).toMatch(/, from 12 earlier steps and first guesses$/);
	expect(estimateWords(makeRun({stage: 'done'}))).toBe('');
});

test('a step that is done says how far the guess was off', () => {
	const run = makeRun();
	const [scout] = stepsOf(run.plan);
	if (scout === undefined) throw new Error('The made run has steps.');
	const cost = agentNamed(run, 'scout-1').settled;
	expect(stepCostWords(run, {...scout, estimate: cost})).toContain(', as guessed');
	expect(stepCostWords(run, {...scout, estimate: cost / 2})).toContain('100% more than guessed');
	expect(stepCostWords(run, {...scout, estimate: cost * 2})).toContain('50% less than guessed');
	expect(stepCostWords(run, {...scout, estimate: undefined})).toContain('no guess');
});

test('the steps behind a step are those that wait for it, directly or not', () => {
	const {plan} = proposed;
	const behind = (key: string): number => {
		const step = stepsOf(plan).find(one => one.key === key);
		return plan === undefined || step === undefined ? -1 : stepsBehind(plan, step.id);
	};
	expect([behind('scout'), behind('api'), behind('report'), behind('review')]).toEqual([4, 2, 1, 0]);
});

test.each([
	[0.9, ' ! near'],
	[1, ' ! reached'],
	[1.2, ' ! reached'],
])('a limit of which %d is used is called so', (share, words) => {
	const run = makeRun({steps: 3});
	const limits = {...run.settings.limits, run: {tokens: 10_000}};
	const used = {...run, settings: {...run.settings, limits}, spent: {...run.spent, tokens: share * 10_000}};
	const lines = limitLines(used, {elsewhere: noSpend}, 60).map(line => line.map(({text}) => text).join(''));
	expect(lines.join()).toMatch(new RegExp(`${words}$`));
});

test('a limit that leaves no room for the next turn is told so, though hardly any of it is used', () => {
	const made = makeRun({steps: 3});
	const ask = {kind: 'budget', scope: 'run', what: 'tokens', limit: 30_000, needed: 31_000, of: undefined} as const;
	const limits = {...made.settings.limits, run: {tokens: 30_000}};
	const run = evolve(
		{...made, settings: {...made.settings, limits}, spent: {...made.spent, tokens: 300}},
		{
			runId: made.id,
			at: made.lastEventAt,
			event: {type: 'request.opened', requestId: 'request_made01_90', agentId: undefined, stepId: undefined, ask},
		},
	);
	expect(askWords(run, ask)).toBe(
		'the limit of the run in tokens, 30.0k tokens (300 tokens used), leaves no room for the next turn: with it 31.0k tokens may be needed in all',
	);
	const told = (width: number) =>
		limitLines(run, {elsewhere: noSpend}, width)
			.map(line => line.map(({text}) => text).join(''))
			.join();
	expect(told(60)).toMatch(/1% of 30\.0k tokens ! no room for a turn$/);
	// One cell of a short bar would be a third of it.
	expect(told(46)).not.toContain('█');
});

test('limits count what is used, what is held, and for the day what other runs have used', () => {
	const run = makeRun({steps: 3});
	const limits = {
		...run.settings.limits,
		run: {money: run.spent.money * 2, turns: 3},
		day: {money: run.spent.money * 2},
	};
	const limited = {...run, settings: {...run.settings, limits}};
	const uses = limitUses(limited, {...noSpend, money: run.spent.money * 0.7});
	expect(uses.map(({scope, what, isNear}) => [scope, what, isNear])).toEqual([
		['run', 'money', false],
		['run', 'turns', true],
		['day', 'money', true],
	]);
	expect(uses[0]?.held).toBe(run.ledger.reserved);
	const [line] = drawHeader({...sceneOf(limited, false), run: limited, elsewhere: noSpend, rate}, 200, 1);
	expect(line).toMatch(/! \d+% of run turns/);
});

test('an agent that waits for the person says so once, with its key, where it has no column for its state', () => {
	const run = makeRun({steps: 6});
	const agent = {...agentNamed(run, 'analyst-1'), turn: undefined, calls: []};
	const told = (changed: Agent): string => agentActivity(run, changed, agentState(run, changed, 0), 0, false);
	expect(told({...agent, status: {kind: 'queued'}, paused: true})).toBe('paused (p)');
	expect(told({...agent, status: {kind: 'limited'}})).toBe('at its limit (w)');
	expect(told({...agent, status: {kind: 'interrupted'}})).toBe('interrupted (m, or c)');
	expect(told(agentNamed(run, 'analyst-2'))).toMatch(/^needs you: edit /);
});

test('what an agent asks is told in one form, also when another of its calls went on meanwhile', () => {
	const run = makeRun({steps: 6});
	const asker = agentNamed(run, 'analyst-2');
	const meanwhile = {...asker, activity: 'Read source/harbour.ts'};
	const told = (agent: Agent): string => agentActivity(run, agent, agentState(run, agent, 0), 0, true);
	expect(told(asker)).toBe('asks: edit source/harbour.ts');
	expect(told(meanwhile)).toBe('asks: edit source/harbour.ts');
});

test('helpers stand below those they work for, and a family where its most pressing member would', () => {
	const run = makeRun({steps: 6});
	const parent = agentNamed(run, 'analyst-1');
	const asker = agentNamed(run, 'analyst-2');
	const helped: Run = {
		...run,
		agents: withRow(run.agents, {...asker, parent: {agentId: parent.id, callId: undefined}, depth: 2}),
	};
	const rows = agentRows(helped, false).map(({agent, branches}) => `${branches}${agent.name}`);
	expect(rows.slice(0, 2)).toEqual(['analyst-1', '└ analyst-2']);
	const retired = {...helped, agents: withRow(helped.agents, {...parent, retired: true})};
	// Somebody still works for it.
	expect(agentRows(retired, false).map(({agent}) => agent.name)).toContain('analyst-1');
});

test('a card says for every kind of ask what it is about and which keys answer it', () => {
	const run = asking(makeRun());
	const cards = run.requests.map(request =>
		requestCard(run, request, run.lastEventAt, 100)
			.map(line => line.map(({text}) => text).join(''))
			.join('\n'),
	);
	for (const card of cards) {
		expect(card).toMatch(/Blocks /);
		expect(card).toMatch(/asked \d+m ago/);
		expect(card).not.toMatch(/undefined|(agent|step|call|request)_/);
	}
	expect(cards.filter(card => card.includes('A would add: '))).toHaveLength(2);
	expect(cards.filter(card => card.includes('first seen 1s ago'))).toHaveLength(5);
});
