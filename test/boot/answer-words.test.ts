import {describe, expect, it} from 'vitest';
import {replyTo, takesYes, yesTo} from '../../source/boot/answer-words.ts';
import type {Quantity} from '../../source/domain/limits.ts';
import type {Ask, Request} from '../../source/domain/request.ts';

const usd = 1_000_000_000;
const preview = {title: 'run npm test', body: 'npm test', format: 'command'} as const;
const call: Ask = {kind: 'call', callId: 'call_1', tool: 'bash', preview, rule: 'asks', grant: 'bash(npm test:*)'};
const network: Ask = {kind: 'network', callId: 'call_1', host: 'example.com', grant: 'fetch(example.com)'};
const question: Ask = {kind: 'question', callId: 'call_1', question: 'Which harbour?', choices: ['old', 'New One']};
const blocker: Ask = {kind: 'blocker', callId: undefined, problem: 'No key.', tried: ''};
const unknown: Ask = {kind: 'unknown', callId: 'call_1', tool: 'bash', preview};
const lane: Ask = {kind: 'lane', lane: 'anthropic', failure: {kind: 'quota', message: 'The credit is used up.'}};
const plan: Ask = {kind: 'plan'};
const limit = (what: Quantity, at: number, needed: number): Ask => ({
	kind: 'budget',
	scope: 'run',
	what,
	limit: at,
	needed,
	of: undefined,
});
const money = limit('money', usd, 1.2 * usd);

const asked = (ask: Ask): Request => ({
	id: 'request_t_1',
	openedAt: 0,
	seenAt: undefined,
	overdueAt: undefined,
	agentId: undefined,
	stepId: undefined,
	ask,
	status: {kind: 'open'},
});

describe('a yes', () => {
	it('approves a plan, a call, a host and a lane', () => {
		for (const ask of [plan, call, network, lane]) expect(yesTo(asked(ask), undefined)).toEqual({kind: 'approve'});
	});

	it('of a call or a host may reach further', () => {
		for (const ask of [call, network]) expect(yesTo(asked(ask), 'run')).toEqual({kind: 'approve', reach: 'run'});
		expect(() => yesTo(asked(plan), 'run')).toThrow(/--reach goes with calls and hosts/);
		expect(yesTo(asked(plan), 'once')).toEqual({kind: 'approve'});
	});

	it('raises a limit as far as the window proposes: by half, or to what is needed', () => {
		expect(yesTo(asked(money), undefined)).toEqual({kind: 'raise', limit: 1.5 * usd});
		expect(yesTo(asked(limit('turns', 10, 40)), undefined)).toEqual({kind: 'raise', limit: 40});
	});

	it('is no answer where words are wanted, and the words to type are named', () => {
		expect(() => yesTo(asked(question), undefined)).toThrow(/flotilla reply request_t_1 "<text>"/);
		expect(() => yesTo(asked(blocker), undefined)).toThrow(/flotilla reply request_t_1/);
		expect(() => yesTo(asked(unknown), undefined)).toThrow(/1 \(it was done\), 2 \(it was not\)/);
	});

	it('to everything at once spends no money and makes up no words', () => {
		expect([plan, call, network, lane, question, blocker, unknown, money].filter(takesYes)).toEqual([
			plan,
			call,
			network,
			lane,
		]);
	});
});

describe('a reply', () => {
	it.each([
		['1', 'old'],
		['2', 'New One'],
		['new one', 'New One'],
		['3', '3'],
		['neither, the third', 'neither, the third'],
	])('to a question: %j says %j', (typed, text) => {
		expect(replyTo(asked(question), typed)).toEqual({kind: 'text', text});
	});

	it('to a question without choices is said as it is, also a number', () => {
		expect(replyTo(asked({...question, choices: []}), '1')).toEqual({kind: 'text', text: '1'});
	});

	it('to what nobody knows is one of the two ready answers, or words', () => {
		expect(replyTo(asked(unknown), '1')).toEqual({kind: 'text', text: 'It was done. Do not repeat it.'});
		expect(replyTo(asked(unknown), '2')).toEqual({kind: 'text', text: 'It was not done. Do it again.'});
		expect(replyTo(asked(unknown), 'by half')).toEqual({kind: 'text', text: 'by half'});
	});

	it('to a blocker is words', () => {
		expect(replyTo(asked(blocker), 'The key is in vault.')).toEqual({kind: 'text', text: 'The key is in vault.'});
	});

	it.each([
		['5', money, 5 * usd],
		['$2.50', money, 2.5 * usd],
		['5usd', money, 5 * usd],
		['5 USD', money, 5 * usd],
		['1,000,000', limit('tokens', 10, 20), 1_000_000],
		['20 turns', limit('turns', 10, 11), 20],
		['1.5 min', limit('time', 60_000, 61_000), 90_000],
	] as const)('to a limit: %j is the new one', (typed, ask, amount) => {
		expect(replyTo(asked(ask), typed)).toEqual({kind: 'raise', limit: amount});
	});

	it('to a limit may let those at work finish', () => {
		expect(replyTo(asked(money), 'finish')).toEqual({kind: 'finish'});
	});

	it.each(['more', '0', '-5', '5 euro'])('to a limit is not %j', typed => {
		expect(() => replyTo(asked(money), typed)).toThrow(/Say the new one in US dollars, or `finish`/);
	});

	it('is no answer to a call, a host, a lane or a plan', () => {
		for (const ask of [call, network, lane, plan])
			expect(() => replyTo(asked(ask), 'yes')).toThrow(/flotilla approve request_t_1, or flotilla deny request_t_1/);
	});
});
