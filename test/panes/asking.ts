import type {Agent} from '../../source/domain/agent.ts';
import {fromUsd} from '../../source/domain/money.ts';
import type {Ask, Request} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';

const preview = {title: 'run npm test', body: 'npm test', format: 'command'} as const;

/** One of each kind, and of each variant that is drawn otherwise. */
export const everyAsk: readonly Ask[] = [
	{kind: 'plan'},
	{
		kind: 'call',
		callId: 'call_x_1',
		tool: 'bash',
		preview,
		rule: 'commands ask in mode ask',
		grant: 'bash(npm test:*)',
	},
	{kind: 'call', callId: 'call_x_2', tool: 'bash', preview: {...preview, title: 'run rm -r x'}, rule: 'rm always asks'},
	{kind: 'question', callId: 'call_x_3', question: 'Which harbour?', choices: ['the old one', 'the new one']},
	{kind: 'question', callId: 'call_x_4', question: 'What is it for?', choices: []},
	{kind: 'blocker', callId: undefined, problem: 'the tests need a key', tried: 'I looked in .env.example'},
	{kind: 'budget', scope: 'run', what: 'money', limit: fromUsd(5), needed: fromUsd(5.213), of: undefined},
	{kind: 'budget', scope: 'step', what: 'time', limit: 600_000, needed: 660_000, of: undefined},
	{kind: 'unknown', callId: 'call_x_5', tool: 'bash', preview},
	{kind: 'network', callId: 'call_x_6', host: 'packages.example.com', grant: 'fetch(packages.example.com)'},
	{kind: 'lane', lane: 'anthropic', failure: {kind: 'quota', message: 'The credit is used up (400).'}},
];

/** Those that the run as a whole asks. */
const ofRun = (ask: Ask): boolean =>
	ask.kind === 'plan' || ask.kind === 'lane' || (ask.kind === 'budget' && ask.scope === 'run');

export const requestOf = (run: Run, ask: Ask, n: number, agent?: Agent): Request => ({
	id: `request_x_${n}`,
	openedAt: run.lastEventAt - 60_000 * (20 - n),
	seenAt: n % 2 === 0 ? undefined : run.lastEventAt - 1000,
	overdueAt: undefined,
	agentId: ofRun(ask) ? undefined : agent?.id,
	stepId: ofRun(ask) ? undefined : agent?.stepId,
	ask,
	status: {kind: 'open'},
});

/** The run with everything that can be asked open at once, and nothing else. */
export const asking = (run: Run, agent = run.agents.at(-1)): Run => ({
	...run,
	requests: everyAsk.map((ask, n) => requestOf(run, ask, n, agent)),
});
