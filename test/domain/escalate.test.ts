import {describe, expect, test} from 'vitest';
import type {Reply} from '../../source/domain/report.ts';
import {openRequests} from '../../source/domain/run.ts';
import {draftOf, drive, packet, runId, says, settings, stepDraft, uses} from './drive.ts';

const scout = settings.roles['scout'];
const withManager = {...settings.roles, ...(scout === undefined ? {} : {manager: {...scout, name: 'manager'}})};

/** A reply whose words differ each time, while its call is always the same. */
const repeats = (nth: number): Reply => ({
	kind: 'done',
	content: [
		{type: 'text', text: `Attempt ${nth}.`},
		{type: 'tool_use', useId: `use ${nth}`, name: 'read_file', input: {path: 'a.ts'}},
	],
	stopReason: 'tool_use',
	usage: {input: 10, output: 10, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0},
});

const atWork = (roles: typeof settings.roles = withManager) => {
	const driven = drive({roles});
	driven.plan(draftOf(stepDraft('a')));
	return driven;
};

const loop = (driven: ReturnType<typeof drive>): void => {
	for (let i = 0; driven.agent('scout-1').status.kind !== 'blocked'; i++) {
		driven.reply('scout-1', repeats(i));
		if (driven.agent('scout-1').status.kind === 'blocked') return;
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
	}
};

const block = (driven: ReturnType<typeof drive>, name: string): void => {
	driven.reply(name, uses('report_blocker'));
	driven.weigh(name, 0, 'control', undefined, {kind: 'block', problem: 'It is locked.', tried: 'knocking'});
};

describe('an agent that goes in circles', () => {
	test('is stopped at the fourth equal call, which is not carried out, and a manager tries to help', () => {
		const driven = atWork();
		loop(driven);
		expect(driven.events.filter(({type}) => type === 'call.started')).toHaveLength(3);
		expect(driven.agent('scout-1').status).toEqual({
			kind: 'blocked',
			problem: 'It made the same call of read_file 4 times in a row.',
		});
		expect(driven.agent('manager-1')).toMatchObject({depth: 2, turn: {last: false}});
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('is stopped at the fourth equal call, not the third, also when it says the same with each', () => {
		const driven = atWork();
		for (let i = 1; i <= 4; i++) {
			driven.reply('scout-1', uses('read_file'));
			if (i === 4) break;
			driven.weigh('scout-1', 0, 'read');
			driven.endCall('scout-1', 0);
		}
		expect(driven.agent('scout-1').status).toEqual({
			kind: 'blocked',
			problem: 'It made the same call of read_file 4 times in a row.',
		});
	});

	test('is stopped when it makes the same calls by turns', () => {
		const driven = atWork();
		for (let i = 1; i <= 4; i++) {
			driven.reply('scout-1', uses('read_file', 'write_file'));
			if (i === 4) break;
			driven.weigh('scout-1', 0, 'read');
			driven.endCall('scout-1', 0);
			driven.weigh('scout-1', 1, 'write');
			driven.endCall('scout-1', 1);
		}
		expect(driven.agent('scout-1').status).toMatchObject({problem: 'It gave the same reply 4 times in a row.'});
	});

	test('goes on with what the manager says, as a message', () => {
		const driven = atWork();
		loop(driven);
		driven.finish('manager-1', {summary: 'Read b.ts instead.'});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
		expect(driven.events.findLast(({type}) => type === 'agent.messaged')).toMatchObject({
			from: 'engine',
			text: expect.stringContaining('Read b.ts instead.'),
		});
	});

	test('waits for a person when the manager cannot help, and goes on with the answer', () => {
		const driven = atWork();
		loop(driven);
		driven.finish('manager-1', {status: 'FAIL', summary: 'Only you know.'});
		expect(driven.asked('blocker').ask).toMatchObject({tried: 'manager-1 could not help: Only you know.'});
		driven.answer('blocker', {kind: 'text', text: 'Leave a.ts alone.'});
		expect(driven.agent('scout-1').turn).toBeDefined();
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('waits for a person at once where there is no manager', () => {
		const driven = atWork(settings.roles);
		loop(driven);
		expect(driven.asked('blocker').agentId).toBe(driven.agent('scout-1').id);
		driven.answer('blocker', {kind: 'deny', reason: 'Then not.'});
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'blocked'}});
	});

	test('goes on at a message; the manager is sent home, and nobody is asked any more', () => {
		const driven = atWork();
		loop(driven);
		driven.take({type: 'agent.message', runId, agentId: driven.agent('scout-1').id, text: 'Read b.ts.'});
		expect(driven.agent('manager-1').status.kind).toBe('killed');
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('leaves nothing behind when it is killed', () => {
		const driven = atWork();
		loop(driven);
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'enough'});
		expect(driven.agent('manager-1').status.kind).toBe('killed');
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('is not called a loop when a person wrote in between', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a')));
		driven.take({type: 'agent.create', runId, role: 'writer', objective: 'Count.', tier: undefined});
		const {id} = driven.agent('writer-1');
		for (let i = 0; i < 4; i++) {
			driven.reply('writer-1', says('Done.'));
			driven.take({type: 'agent.message', runId, agentId: id, text: 'Once more.'});
		}
		expect(driven.agent('writer-1').status.kind).toBe('thinking');
	});
});

describe('an agent that says that it cannot go on', () => {
	test('gets the manager’s report as the result of its call', () => {
		const driven = atWork();
		block(driven, 'scout-1');
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('delegated');
		driven.finish('manager-1', {summary: 'The key lies under the mat.'});
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			agentId: driven.agent('scout-1').id,
			outcome: 'ok',
			output: expect.stringContaining('under the mat'),
		});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('asks a person with its own words once the manager has given up', () => {
		const driven = atWork();
		block(driven, 'scout-1');
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('manager-1').id, reason: 'let me'});
		driven.answer('blocker', {kind: 'text', text: 'Here is the key.'});
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			outcome: 'ok',
			output: 'The person answers: Here is the key.',
		});
	});

	test('asks a person at once when it is itself a manager', () => {
		const driven = atWork();
		block(driven, 'scout-1');
		block(driven, 'manager-1');
		expect(driven.asked('blocker').agentId).toBe(driven.agent('manager-1').id);
	});
});

describe('work that is handed on', () => {
	const delegate = (driven: ReturnType<typeof drive>, name: string): void => {
		driven.reply(name, uses('delegate'));
		driven.weigh(name, 0, 'control', undefined, {
			kind: 'delegate',
			role: 'writer',
			title: 'A part',
			objective: 'Do it.',
		});
	};

	test('goes four levels deep and no deeper', () => {
		const driven = atWork();
		delegate(driven, 'scout-1');
		delegate(driven, 'writer-1');
		delegate(driven, 'writer-2');
		expect(driven.agent('writer-3').depth).toBe(4);
		delegate(driven, 'writer-3');
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			outcome: 'error',
			output: 'Work is handed on 4 levels deep at most. Do this part yourself.',
		});
		expect(driven.run().agents.filter(({assignment}) => assignment.kind === 'part')).toHaveLength(3);
	});

	test('comes back to who waits for it, once, marked as another agent’s words', () => {
		const driven = atWork();
		delegate(driven, 'scout-1');
		driven.finish('writer-1', {...packet, summary: 'Written.'});
		const ends = driven.events.filter(event => event.type === 'call.finished' && event.output.includes('Written.'));
		expect(ends).toMatchObject([
			{outcome: 'ok', output: expect.stringContaining('<material from="report of writer-1">')},
		]);
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('that fails is an error of the call, with the reason', () => {
		const driven = atWork();
		delegate(driven, 'scout-1');
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('writer-1').id, reason: 'too slow'});
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			outcome: 'error',
			output: expect.stringContaining('there is no report: too slow'),
		});
	});

	test('ends with whom it is for: an interrupted agent’s helpers are sent home', () => {
		const driven = atWork();
		delegate(driven, 'scout-1');
		delegate(driven, 'writer-1');
		driven.take({type: 'agent.interrupt', runId, agentId: driven.agent('scout-1').id});
		expect([driven.agent('writer-1').status.kind, driven.agent('writer-2').status.kind]).toEqual(['killed', 'killed']);
		driven.take({type: 'agent.continue', runId, agentId: driven.agent('scout-1').id});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('rests while whom it is for is paused', () => {
		const driven = atWork();
		delegate(driven, 'scout-1');
		driven.take({type: 'agent.pause', runId, agentId: driven.agent('scout-1').id});
		delegate(driven, 'writer-1');
		expect([driven.agent('writer-1').paused, driven.agent('writer-2').paused]).toEqual([true, true]);
		expect(driven.agent('writer-2').turn).toBeUndefined();
		driven.take({type: 'agent.continue', runId, agentId: driven.agent('scout-1').id});
		expect(driven.agent('writer-2').status.kind).toBe('thinking');
	});
});
