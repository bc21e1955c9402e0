import {describe, expect, test} from 'vitest';
import {openRequests} from '../../source/domain/run.ts';
import {draftOf, drive, runId, stepDraft, uses} from './drive.ts';

test('a turn that died with the process is asked again, and its money is kept as an estimate', () => {
	const {plan, take, run, agent, events} = drive();
	plan(draftOf(stepDraft('a')));
	const lost = agent('scout-1').turn;
	take({type: 'recovery'});
	expect(run().ledger.estimated).toBeGreaterThan(0);
	expect(agent('scout-1').turn?.id).not.toBe(lost?.id);
	expect(agent('scout-1').status.kind).toBe('thinking');
	expect(events).toContainEqual({type: 'run.recovered', lostTurns: 1, lostCalls: 0});
});

test('a call that reads is done again, one that changes something never is: the agent is told', () => {
	const {plan, reply, weigh, take, effects, events} = drive();
	plan(draftOf(stepDraft('a')));
	reply('scout-1', uses('read_file', 'write_file', 'write_file', 'read_file'));
	weigh('scout-1', 0, 'read');
	weigh('scout-1', 1, 'write');
	weigh('scout-1', 2, 'write');
	const before = effects.length;
	take({type: 'recovery'});
	expect(effects.slice(before)).toEqual([
		{type: 'call.run', agentId: 'agent_t_2', callId: 'call_t_1'},
		{type: 'call.weigh', agentId: 'agent_t_2', callId: 'call_t_4'},
		// The second write had not begun; it does now that the first has its end.
		{type: 'call.run', agentId: 'agent_t_2', callId: 'call_t_3'},
	]);
	expect(events.filter(event => event.type === 'call.finished')).toMatchObject([
		{callId: 'call_t_2', outcome: 'unknown', output: expect.stringContaining('Look before you repeat it.')},
	]);
});

test('a call that is cut off because Flotilla ends is as one that a crash hid, and one that reads is repeated', () => {
	const {plan, reply, weigh, take, effects, events, agent} = drive();
	plan(draftOf(stepDraft('a')));
	reply('scout-1', uses('read_file', 'write_file'));
	weigh('scout-1', 0, 'read');
	weigh('scout-1', 1, 'write');
	take({type: 'suspension'});
	for (const {id} of agent('scout-1').calls)
		take({
			type: 'call.ended',
			agentId: 'agent_t_2',
			callId: id,
			isError: true,
			output: 'cut off',
			touched: [],
			isCut: true,
		});
	const ends = () => events.filter(event => event.type === 'call.finished');
	expect(ends()).toMatchObject([{callId: 'call_t_2', outcome: 'unknown'}]);
	expect(events.map(({type}) => type)).toContain('call.lost');
	const before = effects.length;
	take({type: 'recovery'});
	expect(effects.slice(before)).toEqual([{type: 'call.run', agentId: 'agent_t_2', callId: 'call_t_1'}]);
	expect(ends()).toHaveLength(1);
});

test('finished steps are not done again', () => {
	const {plan, finish, take, step, events} = drive();
	plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
	finish('scout-1');
	take({type: 'recovery'});
	expect(step('a').status.kind).toBe('done');
	expect(events.filter(event => event.type === 'step.started')).toHaveLength(2);
});

describe('a command that ran when the process died', () => {
	const lost = (unknownOutcome: 'ask' | 'tell') => {
		const driven = drive({unknownOutcome});
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run');
		driven.take({type: 'recovery'});
		return driven;
	};

	const output = ({events}: ReturnType<typeof drive>): unknown =>
		events.flatMap(event => (event.type === 'call.finished' ? [event.output] : []));

	test('or was cut off because Flotilla ended is asked about at once, not only when the run is taken up', () => {
		const driven = drive({unknownOutcome: 'ask'});
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run');
		driven.take({type: 'suspension'});
		driven.take({
			type: 'call.ended',
			agentId: 'agent_t_2',
			callId: 'call_t_1',
			isError: true,
			output: '',
			touched: [],
			isCut: true,
		});
		expect(openRequests(driven.run())).toMatchObject([{ask: {kind: 'unknown', callId: 'call_t_1'}}]);
		driven.take({type: 'recovery'});
		expect(openRequests(driven.run())).toHaveLength(1);
	});

	test('is told to its agent where that was set', () => {
		const driven = lost('tell');
		expect(openRequests(driven.run())).toEqual([]);
		expect(output(driven)).toEqual([expect.stringContaining('The outcome of this call is unknown')]);
		expect(driven.agent('scout-1')).toMatchObject({unchecked: true, status: {kind: 'thinking'}});
	});

	test('is asked about where that was set; the agent reads what the person says', () => {
		const driven = lost('ask');
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('lost');
		driven.take({type: 'recovery'});
		driven.answer('unknown', {kind: 'text', text: 'It had run.'});
		expect(output(driven)).toEqual([expect.stringContaining('The person says: It had run.')]);
		expect(driven.events.filter(({type}) => type === 'call.started')).toHaveLength(1);
	});

	test('stays unknown when the agent is killed meanwhile', () => {
		const driven = lost('ask');
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'enough'});
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({outcome: 'unknown'});
		expect(openRequests(driven.run())).toEqual([]);
	});
});
