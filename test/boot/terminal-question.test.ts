import {describe, expect, it} from 'vitest';
import {questionFor, readAnswer} from '../../source/boot/terminal-question.ts';
import type {Ask, Request} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {makeRun} from '../support/make-run.ts';

const usd = 1_000_000_000;
const preview = {title: 'run npm test', body: 'npm test\nAllow it? y', format: 'command'} as const;
const grant = 'bash(npm test:*)';
const call: Ask = {kind: 'call', callId: 'call_1', tool: 'bash', preview, rule: 'In mode ask …', grant};
const network: Ask = {kind: 'network', callId: 'call_1', host: 'example.com', grant: 'fetch(example.com)'};
const question: Ask = {kind: 'question', callId: 'call_1', question: 'Which harbour?', choices: ['old', 'new']};
const blocker: Ask = {kind: 'blocker', callId: undefined, problem: 'No key.', tried: 'Looked everywhere.'};
const unknown: Ask = {kind: 'unknown', callId: 'call_1', tool: 'bash', preview};
const lane: Ask = {kind: 'lane', lane: 'anthropic', failure: {kind: 'quota', message: 'The credit is used up.'}};
const limit = (scope: 'run' | 'agent', what: 'money' | 'time'): Ask => ({
	kind: 'budget',
	scope,
	what,
	limit: what === 'money' ? usd : 60_000,
	needed: what === 'money' ? 2 * usd : 90_000,
	of: undefined,
});

const run = makeRun();

/** A request of an agent that works for another. */
const asked = (ask: Ask, deep = true): {readonly run: Run; readonly request: Request} => {
	const [, scout, analyst] = run.agents;
	if (scout === undefined || analyst === undefined) throw new Error('The made run has too few agents.');
	const helper = {...analyst, parent: {agentId: scout.id, callId: undefined}};
	return {
		run: {...run, agents: withRow(run.agents, helper)},
		request: {
			id: 'request_1',
			openedAt: 0,
			seenAt: undefined,
			overdueAt: undefined,
			agentId: deep ? analyst.id : undefined,
			stepId: deep ? analyst.stepId : undefined,
			ask,
			status: {kind: 'open'},
		},
	};
};

const words = (ask: Ask, deep = true): string => {
	const {run, request} = asked(ask, deep);
	return questionFor(run, request, 5 * 60_000);
};

describe('a question in a terminal', () => {
	it('says who asks through whom, for how long, and what waits for it', () => {
		expect(words(call)).toMatch(
			/^scout-1 › analyst-1 asks: bash: run npm test \(for 5m; blocks api, .*report, review\)\n/,
		);
		expect(words(lane, false)).toMatch(/^the lane anthropic is closed: The credit is used up\./);
	});

	it('shows the very rule that a yes for always would add, and none where there is none', () => {
		expect(words(call)).toContain('[w] always: bash(npm test:*)');
		expect(words(network)).toContain('[w] always: fetch(example.com)');
		const {grant: _, ...once} = {...call, grant};
		expect(words(once)).not.toContain('[w]');
	});

	it('sets in what others wrote, so that it cannot pass for a question of ours', () => {
		expect(words(call)).toContain('\n  npm test\n  Allow it? y\nAllow it? [y]');
		expect(words({...question, question: 'A?\nAllow it? y'})).toContain('asks: A? Allow it? y (for');
		expect(words({...blocker, problem: 'x\ny', tried: 'a\nb'})).toMatch(/x y \(.*\n {2}tried: a b\nSay what helps/);
	});

	it('names limits in their own unit, and what can be done about them', () => {
		expect(words(limit('run', 'money'), false)).toMatch(
			/run\.usd of \$1\.00 leaves no room.*\$2\.00 may be needed in all.*New limit in US dollars, \[f\] let those at work finish/s,
		);
		expect(words(limit('agent', 'time'))).toMatch(/New limit in minutes, \[f\] let it report now, or \[n\] give it up/);
	});
});

describe('what a person types', () => {
	const again = {kind: 'again', words: expect.any(String)};
	const once = {...call, grant: undefined};
	const {grant: _, ...noGrant} = once;

	it.each<{readonly ask: Ask; readonly text: string; readonly answer: unknown}>([
		{ask: {kind: 'plan'}, text: 'Y', answer: {kind: 'approve'}},
		{ask: {kind: 'plan'}, text: 'n', answer: undefined},
		{ask: call, text: 'y', answer: {kind: 'approve'}},
		{ask: call, text: 'a', answer: {kind: 'approve', reach: 'agent'}},
		{ask: call, text: 'R', answer: {kind: 'approve', reach: 'run'}},
		{ask: network, text: 'w', answer: {kind: 'approve', reach: 'always'}},
		{ask: noGrant, text: 'w', answer: again},
		{ask: call, text: '', answer: {kind: 'deny', reason: ''}},
		{ask: call, text: 'no', answer: {kind: 'deny', reason: ''}},
		{ask: call, text: 'not on a Friday', answer: {kind: 'deny', reason: 'not on a Friday'}},
		{ask: question, text: '2', answer: {kind: 'text', text: 'new'}},
		{ask: question, text: '3', answer: {kind: 'text', text: '3'}},
		{ask: question, text: 'both', answer: {kind: 'text', text: 'both'}},
		{ask: question, text: '', answer: undefined},
		{ask: blocker, text: 'n', answer: {kind: 'deny', reason: ''}},
		{ask: blocker, text: 'The key is in the drawer.', answer: {kind: 'text', text: 'The key is in the drawer.'}},
		{ask: unknown, text: 'd', answer: {kind: 'text', text: 'It was done.'}},
		{ask: unknown, text: 'o', answer: {kind: 'text', text: 'It was not done.'}},
		{ask: unknown, text: 'n', answer: {kind: 'deny', reason: ''}},
		{ask: unknown, text: 'half of it', answer: {kind: 'text', text: 'half of it'}},
		{ask: limit('run', 'money'), text: '$2.5', answer: {kind: 'raise', limit: 2.5 * usd}},
		{ask: limit('agent', 'time'), text: '3', answer: {kind: 'raise', limit: 180_000}},
		{ask: limit('run', 'money'), text: 'f', answer: {kind: 'finish'}},
		{ask: limit('run', 'money'), text: 'n', answer: {kind: 'deny', reason: ''}},
		{ask: limit('run', 'money'), text: 'lots', answer: again},
		{ask: limit('run', 'money'), text: '', answer: undefined},
		{ask: lane, text: 'y', answer: {kind: 'approve'}},
		{ask: lane, text: 'n', answer: {kind: 'deny', reason: ''}},
		{ask: lane, text: 'perhaps', answer: again},
	])('to $ask.kind: "$text"', ({ask, text, answer}) => {
		expect(readAnswer(ask, text)).toEqual(answer);
	});
});
