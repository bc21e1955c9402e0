import {describe, expect, test} from 'vitest';
import {openRequests} from '../../source/domain/run.ts';
import {draftOf, drive, fails, packet, runId, says, settings, stepDraft, uses} from './drive.ts';

/** A run in which `scout-1` works on the step `a`. */
const working = (...over: Parameters<typeof drive>) => {
	const driven = drive(...over);
	driven.plan(draftOf(stepDraft('a')));
	return driven;
};

const outcomes = ({events}: ReturnType<typeof drive>) =>
	events.flatMap(event => (event.type === 'call.finished' ? [event.outcome] : []));

describe('an agent reports', () => {
	test('words without a tool call are answered by a nudge, then taken as the report', () => {
		const driven = working();
		driven.reply('scout-1', says('I looked around.'));
		expect(driven.events.at(-2)).toMatchObject({type: 'agent.messaged', from: 'engine'});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
		driven.reply('scout-1', says('There are three files.'));
		expect(driven.step('a').status).toMatchObject({
			kind: 'done',
			packet: {status: 'UNVERIFIED', summary: 'There are three files.'},
		});
	});

	test('silence is no report', () => {
		const driven = working();
		driven.reply('scout-1', says('…'));
		driven.reply('scout-1', says(' '));
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'max_turns'}});
	});

	test('the last turn is for the report alone: another tool ends the agent', () => {
		const role = {...settings.roles['scout'], name: 'scout', maxTurns: 2};
		const scout = {tier: 'sonnet', tools: [], toolBudget: 10, maxOutputTokens: 1000, ...role} as const;
		const driven = working({roles: {...settings.roles, scout}});
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		expect(driven.agent('scout-1').turn?.last).toBe(true);
		expect(driven.effects.at(-1)).toMatchObject({type: 'turn.ask', last: true});
		driven.reply('scout-1', uses('read_file'));
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'max_turns'}});
		expect(outcomes(driven)).toEqual(['ok', 'denied']);
	});

	test('used up calls make the next turn the last', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a', [], {toolBudget: 1})));
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		expect(driven.agent('scout-1').turn?.last).toBe(true);
	});

	test('a report that comes with other calls does not count, so that a write under way is not lost', () => {
		const driven = working();
		driven.reply('scout-1', uses('write_file', 'finish_step'));
		driven.weigh('scout-1', 0, 'write');
		driven.weigh('scout-1', 1, 'control', undefined, {kind: 'finish', packet});
		expect(driven.step('a').status.kind).toBe('working');
		driven.endCall('scout-1', 0);
		expect(outcomes(driven)).toEqual(['denied', 'ok']);
		driven.finish('scout-1');
		expect(driven.step('a').status.kind).toBe('done');
	});

	test('a report that its tool cannot read may be mended, but not for ever', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a', [], {toolBudget: 0})));
		let attempts = 0;
		while (driven.step('a').status.kind === 'working') {
			driven.reply('scout-1', uses('finish_step'));
			if (driven.step('a').status.kind === 'working')
				driven.weigh('scout-1', 0, 'control', {kind: 'deny', rule: 'status is missing'});
			attempts++;
		}
		expect(attempts).toBeLessThanOrEqual(8);
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'max_turns'}});
	});

	test('a message that came in meanwhile is read before the report counts', () => {
		const driven = working();
		driven.take({type: 'agent.message', runId, agentId: driven.agent('scout-1').id, text: 'And the tests?'});
		driven.finish('scout-1');
		expect(driven.step('a').status.kind).toBe('working');
		expect(driven.events.at(-1)).toMatchObject({type: 'turn.started', delivers: ['message_t_1']});
		driven.finish('scout-1');
		expect(driven.step('a').status.kind).toBe('done');
	});
});

describe('calls', () => {
	test('reading starts at once, changing goes one at a time in the order of the model', () => {
		const driven = working();
		driven.reply('scout-1', uses('write_file', 'run_command', 'read_file'));
		driven.weigh('scout-1', 2, 'read');
		driven.weigh('scout-1', 1, 'run');
		const states = () => driven.agent('scout-1').calls.map(call => call.status.kind);
		expect(states()).toEqual(['proposed', 'allowed', 'running']);
		driven.weigh('scout-1', 0, 'write', {kind: 'ask', rule: 'writes ask'});
		expect(states()).toEqual(['asked', 'allowed', 'running']);
		const [request] = openRequests(driven.run());
		if (request === undefined) throw new Error('Nobody asks.');
		driven.take({type: 'request.answer', runId, requestId: request.id, answer: {kind: 'approve'}});
		expect(states()).toEqual(['running', 'allowed', 'running']);
		driven.endCall('scout-1', 0);
		expect(states()).toEqual(['ended', 'running', 'running']);
	});

	test('a no goes back to the agent with its reason', () => {
		const driven = working();
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run', {kind: 'ask', rule: 'commands ask'});
		const [request] = openRequests(driven.run());
		if (request === undefined) throw new Error('Nobody asks.');
		const answer = {type: 'request.answer', runId, requestId: request.id} as const;
		driven.take({...answer, answer: {kind: 'deny', reason: 'too slow'}});
		expect(driven.events.at(-2)).toMatchObject({outcome: 'denied', output: 'The person said no: too slow'});
		expect(driven.refuse({...answer, answer: {kind: 'approve'}})?.code).toBe('stale');
	});

	test('who waits for a person gives its place away, and takes one again before it goes on', () => {
		const driven = drive({maxParallel: 1});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b')));
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run', {kind: 'ask', rule: 'commands ask'});
		expect(driven.agent('scout-2').status.kind).toBe('thinking');
		const [request] = openRequests(driven.run());
		if (request === undefined) throw new Error('Nobody asks.');
		driven.take({type: 'request.answer', runId, requestId: request.id, answer: {kind: 'approve'}});
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('allowed');
		driven.finish('scout-2');
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('running');
	});
});

describe('an agent is cut off', () => {
	test('an interrupted agent keeps what it said, and goes on at a message', () => {
		const driven = working();
		const {id} = driven.agent('scout-1');
		driven.take({type: 'agent.interrupt', runId, agentId: id});
		expect(driven.effects.at(-1)).toEqual({type: 'abort', of: 'turn_t_2'});
		const partial = [{type: 'text', text: 'I was about to'}] as const;
		driven.reply('scout-1', fails('aborted', partial));
		expect(driven.events.at(-1)).toMatchObject({type: 'turn.failed', partial});
		expect(driven.agent('scout-1').status.kind).toBe('interrupted');
		driven.take({type: 'agent.message', runId, agentId: id, text: 'Look in src only.'});
		expect(driven.events.at(-1)).toMatchObject({type: 'turn.started', delivers: ['message_t_1']});
	});

	test('a reply that arrives after the interrupt is kept, and its calls get an end without being carried out', () => {
		const driven = working();
		driven.take({type: 'agent.interrupt', runId, agentId: driven.agent('scout-1').id});
		driven.reply('scout-1', uses('write_file', 'read_file'));
		expect(outcomes(driven)).toEqual(['cancelled', 'cancelled']);
		driven.take({type: 'agent.continue', runId, agentId: driven.agent('scout-1').id});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('what an interrupted agent had running has an unknown outcome', () => {
		const driven = working();
		driven.reply('scout-1', uses('write_file', 'read_file'));
		driven.weigh('scout-1', 0, 'write');
		driven.weigh('scout-1', 1, 'read');
		driven.take({type: 'agent.interrupt', runId, agentId: driven.agent('scout-1').id});
		expect(outcomes(driven)).toEqual(['unknown', 'cancelled']);
	});

	test('what a failed agent had running is cut off', () => {
		const driven = working();
		driven.reply('scout-1', uses('report_blocker', 'run_command'));
		driven.weigh('scout-1', 0, 'control', undefined, {kind: 'block', problem: 'It is locked.', tried: ''});
		driven.weigh('scout-1', 1, 'run');
		const command = driven.agent('scout-1').calls[1]?.id;
		driven.answer('blocker', {kind: 'deny', reason: ''});
		expect(driven.agent('scout-1').status.kind).toBe('failed');
		expect(outcomes(driven)).toContain('unknown');
		expect(driven.effects).toContainEqual({type: 'abort', of: command});
	});

	test('a report that cannot be read may be mended once, however many turns are left', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a', [], {toolBudget: 1})));
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		for (const kind of ['thinking', 'failed']) {
			expect(driven.agent('scout-1').turn?.last).toBe(true);
			driven.reply('scout-1', uses('finish_step'));
			driven.weigh('scout-1', 0, 'control', {kind: 'deny', rule: 'the input is not valid'});
			expect(driven.agent('scout-1').status.kind).toBe(kind);
			if (kind === 'failed') break;
		}
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'max_turns'}});
	});

	test('a killed agent fails its step with the reason, and its late reply is only paid for', () => {
		const driven = working();
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'enough of it'});
		expect(driven.step('a').status).toMatchObject({
			kind: 'failed',
			failure: {kind: 'aborted', message: 'enough of it'},
		});
		expect(driven.run().ledger.reserved).toBeGreaterThan(0);
		driven.reply('scout-1', says('Done.'));
		expect(driven.run().ledger.reserved).toBe(0);
		expect(driven.agent('scout-1').status.kind).toBe('killed');
		expect(() => driven.reply('scout-1', says('Done.'))).toThrow('no open turn');
	});

	test('a task goes on when the person writes to it again', () => {
		const driven = working();
		driven.take({type: 'agent.create', runId, role: 'writer', objective: 'Count.', tier: undefined});
		driven.reply('writer-1', says('Three.'));
		expect(driven.agent('writer-1').status.kind).toBe('done');
		driven.take({type: 'agent.message', runId, agentId: driven.agent('writer-1').id, text: 'Sure?'});
		expect(driven.agent('writer-1').status.kind).toBe('thinking');
	});
});
