import {expect, test} from 'vitest';
import {waitsFor} from '../../components/parts/waits-for.ts';
import type {Agent} from '../../source/domain/agent.ts';
import {type Call, checkTool} from '../../source/domain/call.ts';
import {openLane} from '../../source/domain/lane.ts';
import type {Run} from '../../source/domain/run.ts';
import {withRow} from '../../source/domain/table.ts';
import {makeRun} from '../support/make-run.ts';
import {agentNamed} from './views.ts';

const run = makeRun({steps: 3});
const now = run.lastEventAt;
const writer: Agent = {...agentNamed(run, 'writer-1'), turn: undefined, status: {kind: 'queued'}, calls: []};

const withAgent = (agent: Agent, over: Partial<Run> = {}): Run => ({
	...run,
	...over,
	agents: withRow(run.agents, agent),
});

const call = (status: Call['status'], over: Partial<Call> = {}): Call => ({
	id: 'call_x_1',
	useId: 'use',
	agentId: writer.id,
	turnId: 'turn_x_1',
	tool: 'bash',
	input: {},
	effect: 'run',
	preview: undefined,
	status,
	...over,
});

const acting = (...calls: readonly Call[]): Agent => ({...writer, status: {kind: 'acting'}, calls});

const helper: Agent = {
	...writer,
	id: 'agent_made01_9',
	name: 'scout-9',
	parent: {agentId: writer.id, callId: 'call_x_1'},
	status: {kind: 'thinking'},
};

const failure = {kind: 'throttled', message: 'Too much at once (429).'} as const;
const until = now + 34_000;
const lane = {...openLane('anthropic'), failures: 1};

const cases: readonly (readonly [string, Agent, Partial<Run>, string | undefined])[] = [
	['nothing while it thinks', agentNamed(run, 'writer-1'), {}, undefined],
	['nothing when it has ended', agentNamed(run, 'scout-1'), {}, undefined],
	['a place', writer, {settings: {...run.settings, maxParallel: 0}}, 'a place'],
	[
		'its lane, with a countdown',
		writer,
		{lanes: {anthropic: {...lane, state: {kind: 'paused', since: now, until, failure}}}},
		'anthropic 34s',
	],
	[
		'a closed lane',
		writer,
		{lanes: {anthropic: {...lane, state: {kind: 'closed', since: now, failure}}}},
		'anthropic, closed (w)',
	],
	['a limit', writer, {settings: {...run.settings, limits: {...run.settings.limits, run: {money: 1}}}}, 'a limit'],
	['the person who paused it', {...writer, paused: true}, {}, 'you (p)'],
	['the run that is paused', writer, {status: {kind: 'paused', by: 'person'}}, 'the run (P)'],
	['the limit of the run', writer, {status: {kind: 'paused', by: 'budget'}}, 'a limit of the run (w)'],
	['its own limit', {...writer, status: {kind: 'limited'}}, {}, 'you (w)'],
	['a message', {...writer, status: {kind: 'interrupted'}}, {}, 'your message (m, or c)'],
	['another try', {...writer, status: {kind: 'backoff', since: now, until: now + 5000, failure}}, {}, 'another try 5s'],
	['an answer', acting(call({kind: 'asked', requestId: 'request_x_1'})), {}, 'you (w)'],
	['what came of a lost call', acting(call({kind: 'lost'})), {}, 'you (w)'],
	['nothing while a call runs', acting(call({kind: 'running', startedAt: now, isCut: false})), {}, undefined],
	[
		'a check',
		acting(
			call({kind: 'checking', packet: {status: 'UNVERIFIED', summary: '', findings: [], produced: [], risks: []}}),
			call({kind: 'running', startedAt: now, isCut: false}, {tool: checkTool, input: {name: 'lint'}}),
		),
		{},
		'check lint',
	],
	['help', {...writer, status: {kind: 'blocked', problem: 'lost'}}, {}, 'help (w)'],
];

test.each(cases)('an agent waits for %s', (_, agent, over, words) => {
	expect(waitsFor(withAgent(agent, over), agent, now)).toBe(words);
});

test('an agent waits for the one who helps it', () => {
	const delegating = acting(call({kind: 'delegated'}));
	const family = withAgent(delegating);
	const helped = {...family, agents: withRow(family.agents, helper)};
	expect(waitsFor(helped, delegating, now)).toBe('scout-9');
	const blocked: Agent = {...writer, status: {kind: 'blocked', problem: 'lost'}};
	expect(waitsFor({...helped, agents: withRow(helped.agents, blocked)}, blocked, now)).toBe('scout-9');
});

test('an agent waits for budget that others hold', () => {
	const reserved = 40_000_000;
	const other: Agent = {...agentNamed(run, 'writer-1'), id: 'agent_made01_8'};
	const turn = other.turn === undefined ? undefined : {...other.turn, reserved};
	const limit = run.spent.money + reserved + 60_000_000;
	const held = withAgent(writer, {settings: {...run.settings, limits: {...run.settings.limits, run: {money: limit}}}});
	expect(waitsFor({...held, agents: withRow(held.agents, {...other, turn})}, writer, now)).toBe(
		'budget that others hold',
	);
});
