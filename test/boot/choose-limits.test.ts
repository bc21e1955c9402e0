import {describe, expect, it} from 'vitest';
import {chooseLimits, refuseUnpriced} from '../../source/boot/choose-limits.ts';
import {readBudget, readLimit} from '../../source/boot/limit-unit.ts';
import {settleChoices} from '../../source/boot/settle-settings.ts';
import type {Sources} from '../../source/boot/sources.ts';
import {noLimits} from '../../source/domain/limits.ts';
import {makeSources} from './make-sources.ts';

const usd = 1_000_000_000;

describe('choosing limits', () => {
	it('takes a flag before the files, those before the environment', () => {
		const user = {limits: {run: {usd: 2, minutes: 30}, agent: {turns: 7}}};
		const env = {FLOTILLA_BUDGET: '9', ORCHESTRATOR_AGENT__DEFAULT_TIMEOUT: '300'};
		const settle = (...argv: readonly string[]) => chooseLimits(makeSources(argv, env, {user}));
		expect(settle()).toEqual({
			...noLimits,
			run: {money: 2 * usd, time: 30 * 60_000},
			agent: {turns: 7, time: 300_000},
		});
		expect(settle('--limit', 'run.usd=5', '--limit', 'day.tokens=1000')).toMatchObject({
			run: {money: 5 * usd},
			day: {tokens: 1000},
		});
		expect(settle('--limit', 'run.minutes=none').run).toEqual({money: 2 * usd});
		expect(chooseLimits(makeSources([], env)).run).toEqual({money: 9 * usd});
	});

	it('understands budgetUsd and --budget as the money of the run', () => {
		expect(chooseLimits(makeSources([], {}, {user: {budgetUsd: 3}})).run).toEqual({money: 3 * usd});
		expect(chooseLimits(makeSources(['--budget', '$2.50'])).run).toEqual({money: 2.5 * usd});
		const both = {budgetUsd: 3, limits: {run: {usd: 1}}};
		expect(chooseLimits(makeSources([], {}, {user: both})).run).toEqual({money: usd});
	});

	it('lets a project lower a limit or add one, and never raise one', () => {
		const user = {limits: {run: {usd: 2}, step: {calls: 50}}};
		const project = {limits: {run: {usd: 5}, step: {calls: 5}, day: {minutes: 10}}};
		expect(chooseLimits(makeSources([], {}, {user, project}))).toMatchObject({
			run: {money: 2 * usd},
			step: {calls: 5},
			day: {time: 600_000},
		});
		expect(chooseLimits(makeSources([], {FLOTILLA_BUDGET: '1'}, {project})).run).toEqual({money: usd});
		expect(chooseLimits(makeSources(['--budget', '9'], {}, {user, project})).run).toEqual({money: 9 * usd});
	});

	it.each([
		{text: 'day.usd', says: /<scope>\.<unit>=<amount>.*day\.usd=5/},
		{text: 'week.usd=5', says: /Scopes: turn, agent, step, run, day/},
		{text: 'run.euro=5', says: /Units: usd, tokens, turns, calls, minutes/},
		{text: 'run.usd=much', says: /"much" is not an amount of US dollars/},
		{text: 'run.usd=-1', says: /more than nothing/},
		{text: 'agent.turns=2.5', says: /"2\.5" is not an amount of turns/},
		{text: 'agent.turns=', says: /"" is not an amount/},
		{text: 'turn.turns=3', says: /A turn is one turn/},
	])('refuses --limit $text in words', ({text, says}) => {
		expect(() => chooseLimits(makeSources([`--limit=${text}`]))).toThrow(says);
	});

	it.each(['0', '-2', 'much', ' '])('refuses the budget "%s" in words', value => {
		expect(() => chooseLimits(makeSources([`--budget=${value}`]))).toThrow(/US dollars/);
	});

	it('refuses the same limit twice, and a variable that is no amount', () => {
		expect(() => chooseLimits(makeSources(['--limit', 'run.usd=5', '--budget', '4']))).toThrow(
			/run\.usd is given more than once \(--budget is run\.usd\)/,
		);
		const env = {ORCHESTRATOR_AGENT__DEFAULT_TIMEOUT: 'soon'};
		expect(() => chooseLimits(makeSources([], env))).toThrow(/ORCHESTRATOR_AGENT__DEFAULT_TIMEOUT.*seconds.*"soon"/);
	});

	it('reads an amount as the window does', () => {
		expect(readLimit('day.tokens=1,000').limit).toBe(1000);
		for (const text of ['day.tokens=1e9', 'day.tokens=0x10', 'run.usd=0,500'])
			expect(() => readLimit(text), text).toThrow(/is not an amount/);
		expect(() => readBudget('1e9')).toThrow(/US dollars/);
	});
});

describe('a limit of money for a model without a price', () => {
	const settle = (argv: readonly string[], user: Sources['user'] = {}) =>
		settleChoices(makeSources(['--model', 'my-model', ...argv], {ANTHROPIC_API_KEY: 'k'}, {user}), true);

	it('is refused, for it could not be kept', () => {
		const rates = {input: 1, output: 2, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 0};
		const refuse = ({limits, models}: ReturnType<typeof settle>) => refuseUnpriced(limits, models);
		expect(() => refuse(settle(['--budget', '1']))).toThrow(/no known price for my-model.*--budget/);
		expect(() => refuse(settle(['--limit', 'day.usd=1']))).toThrow(/day\.usd cannot be kept/);
		expect(() => refuse(settle(['--limit', 'day.turns=1']))).not.toThrow();
		expect(() => refuse(settle(['--budget', '1'], {prices: {'my-model': rates}}))).not.toThrow();
	});
});
