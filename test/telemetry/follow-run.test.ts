import {describe, expect, test} from 'vitest';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {Fact} from '../../source/telemetry/fact.ts';
import {followRun} from '../../source/telemetry/follow-run.ts';
import {makeEvents} from '../support/make-run.ts';

const done = makeEvents({stage: 'done', steps: 3});
const [first] = done;
if (first === undefined) throw new Error('The story is empty.');

/** Tells the story of a run and what more happened, a second apart, and returns what is told of the latter. */
const toldOf = (story: readonly Stamped[], ...more: readonly RunEvent[]): readonly Fact[] => {
	const follower = followRun(first.runId, first.at);
	for (const stamped of story) follower.take(stamped);
	const last = story.at(-1) ?? first;
	return more.flatMap((event, i) =>
		follower.take({...last, seq: last.seq + 1 + i, at: last.at + 1000 * (1 + i), event}),
	);
};

const find = <T extends RunEvent['type']>(type: T, nth = 0): Extract<RunEvent, {type: T}> => {
	const found = done.map(({event}) => event).filter(event => event.type === type)[nth];
	const isIt = (event: RunEvent): event is Extract<RunEvent, {type: T}> => event.type === type;
	if (found === undefined || !isIt(found)) throw new Error(`The story has no ${type}.`);
	return found;
};

const scout = find('agent.created', 1);
const stepStarted = find('step.started');
const {content: _, ...turnFinished} = find('turn.finished');
const beginTurn = {...find('turn.started'), turnId: 'turn_x'} as const;
const endTurn = {...turnFinished, content: [], turnId: 'turn_x'} as const;

describe('what goes on after its end', () => {
	test('a run is told as a part of its first stretch, with sums of its own', () => {
		const facts = toldOf(
			done,
			{type: 'run.resumed'},
			{...beginTurn, agentId: scout.agentId},
			{...endTurn, agentId: scout.agentId},
			find('run.ended'),
		);
		expect(facts).toMatchObject([
			{kind: 'turn'},
			{kind: 'run', parent: first.runId, start: (done.at(-1)?.at ?? 0) + 1000, tally: {turns: 1, calls: 0}},
		]);
		expect(facts[1]).not.toMatchObject({key: first.runId});
	});

	test('a step that is tried again is told once for each attempt', () => {
		const again = {...scout, agentId: 'agent_again'} as const;
		const [fact] = toldOf(done, {type: 'run.resumed'}, {...stepStarted, agentId: again.agentId}, again, {
			...find('step.finished'),
			agentId: again.agentId,
		});
		const [former] = toldOf(
			done.slice(
				0,
				done.findIndex(({event}) => event.type === 'step.finished'),
			),
			find('step.finished'),
		);
		expect(fact).toMatchObject({kind: 'step', step: 'scout'});
		expect(former).toMatchObject({kind: 'step', step: 'scout'});
		if (fact?.kind !== 'step' || former?.kind !== 'step') throw new Error('No step is told.');
		expect(fact.key).not.toBe(former.key);
	});

	test('an agent is told again when it reports again', () => {
		const facts = toldOf(
			done,
			{type: 'agent.continued', agentId: scout.agentId},
			{...beginTurn, agentId: scout.agentId},
			{...endTurn, agentId: scout.agentId},
			{type: 'agent.finished', agentId: scout.agentId},
		);
		expect(facts).toMatchObject([
			{kind: 'turn', parent: `${scout.agentId} 1`},
			{kind: 'agent', key: `${scout.agentId} 1`, tally: {turns: 1}},
		]);
	});
});

test('a helper is a part of the call that waits for its report, and its sums are also those of the step', () => {
	const begun = done.slice(0, done.findIndex(({event}) => event.type === 'call.proposed') + 1);
	const call = find('call.proposed');
	const helper = {...scout, agentId: 'agent_helper', name: 'analyst-9', depth: 2, parent: call} as const;
	const facts = toldOf(
		begun,
		helper,
		{type: 'call.delegated', callId: call.callId, agentId: call.agentId, to: helper.agentId},
		{...beginTurn, agentId: helper.agentId},
		{...endTurn, agentId: helper.agentId},
		{type: 'agent.finished', agentId: helper.agentId},
		find('step.finished'),
	);
	expect(facts).toMatchObject([
		{kind: 'turn', parent: helper.agentId},
		{kind: 'agent', parent: call.callId, depth: 2, tally: {turns: 1}},
		{kind: 'step', tally: {turns: 2}},
	]);
});

test('a turn that outlives its agent is told with its cost, and in the sums of those that are not over', () => {
	const begun = done.slice(
		0,
		done.findIndex(({event}) => event.type === 'step.finished'),
	);
	const lost = {
		...endTurn,
		agentId: scout.agentId,
		type: 'turn.failed',
		failure: {kind: 'aborted', message: 'No.'},
	} as const;
	const facts = toldOf(
		begun,
		{...beginTurn, agentId: scout.agentId},
		{type: 'agent.killed', agentId: scout.agentId, reason: 'enough'},
		{...lost, partial: [], retryAt: undefined},
		find('step.finished'),
	);
	expect(facts.map(({kind}) => kind)).toEqual(['agent', 'turn', 'step']);
	expect(facts[1]).toMatchObject({failure: 'aborted'});
	expect(facts[2]).toMatchObject({tally: {turns: 3}});
});

test('a turn without a known price is counted as such, and not as free', () => {
	const facts = toldOf(
		done.slice(0, -1),
		{...beginTurn, agentId: scout.agentId},
		{...endTurn, agentId: scout.agentId, settlement: {...endTurn.settlement, cost: undefined}},
		find('run.ended'),
	);
	expect(facts[0]).toMatchObject({kind: 'turn', cost: undefined});
	expect(facts[1]).toMatchObject({kind: 'run', tally: {unpricedTurns: 1}});
});

test('a name that a model invented for a tool is not told', () => {
	const call = {...find('call.proposed'), callId: 'call_x', tool: 'read the secret plans of Ada'} as const;
	const facts = toldOf(done.slice(0, -1), call, {...find('call.finished'), callId: 'call_x', outcome: 'error'});
	expect(facts).toMatchObject([{kind: 'call', tool: '_OTHER', outcome: 'error'}]);
});

test('a call that waited for a person says how long', () => {
	const call = {...find('call.proposed'), callId: 'call_x'} as const;
	const preview = {title: '', body: '', format: 'text'} as const;
	const facts = toldOf(
		done.slice(0, -1),
		call,
		{
			type: 'request.opened',
			requestId: 'request_x',
			agentId: call.agentId,
			stepId: undefined,
			ask: {kind: 'call', callId: 'call_x', tool: 'bash', preview, rule: ''},
		},
		{type: 'request.answered', requestId: 'request_x', answer: {kind: 'approve'}, by: 'person'},
		{type: 'call.started', callId: 'call_x', agentId: call.agentId},
		{...find('call.finished'), callId: 'call_x'},
	);
	const since = done.at(-2)?.at ?? 0;
	expect(facts).toMatchObject([
		{kind: 'opened', ask: 'call'},
		{kind: 'settled', by: 'person', waitedMs: 1000},
		{kind: 'call', waitedMs: 1000, start: since + 4000, end: since + 5000},
	]);
});
