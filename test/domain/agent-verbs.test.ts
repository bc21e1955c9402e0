import {describe, expect, test} from 'vitest';
import {noLimits} from '../../source/domain/limits.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import {needsPerson, openRequests, summarize} from '../../source/domain/run.ts';
import {draftOf, drive, fails, runId, says, settings, stepDraft, uses} from './drive.ts';

const {sonnet} = settings.models;
const models = {
	...settings.models,
	opus: {
		...sonnet,
		id: 'dear',
		price: {
			rates: {input: 30, output: 150, cacheWrite5m: 30, cacheWrite1h: 30, cacheRead: 3},
			largePrompt: undefined,
			since: '2026-11-01',
		},
	},
};

const working = (over: Parameters<typeof drive>[0] = {}) => {
	const driven = drive({models, ...over});
	driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
	return {driven, agentId: driven.agent('scout-1').id};
};

describe('pause', () => {
	test('lets end what runs, and starts nothing new until it goes on', () => {
		const {driven, agentId} = working();
		driven.take({type: 'agent.pause', runId, agentId});
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('allowed');
		expect(needsPerson(driven.run())).toBe(true);
		driven.take({type: 'agent.continue', runId, agentId});
		expect(driven.agent('scout-1').calls[0]?.status.kind).toBe('running');
	});

	test('of an agent that waits out a failure gives its place to others', () => {
		const {driven, agentId} = working({maxParallel: 1});
		driven.reply('scout-1', fails('server'));
		driven.take({type: 'agent.create', runId, role: 'writer', objective: 'Count.', tier: undefined});
		expect(driven.agent('writer-1').status.kind).toBe('queued');
		driven.take({type: 'agent.pause', runId, agentId});
		expect(driven.agent('writer-1').status.kind).toBe('thinking');
	});

	test('of an interrupted agent ends with both, when it goes on', () => {
		const {driven, agentId} = working();
		driven.take({type: 'agent.interrupt', runId, agentId});
		driven.reply('scout-1', fails('aborted'));
		driven.take({type: 'agent.pause', runId, agentId});
		driven.take({type: 'agent.message', runId, agentId, text: 'Look in src.'});
		expect(driven.agent('scout-1')).toMatchObject({paused: true, status: {kind: 'queued'}, turn: undefined});
		driven.take({type: 'agent.continue', runId, agentId});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('does not end because a limit is raised, nor does its end raise one', () => {
		const {driven, agentId} = working({limits: {...noLimits, agent: {turns: 1}}});
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		driven.take({type: 'agent.pause', runId, agentId});
		driven.take({type: 'agent.continue', runId, agentId});
		expect(driven.agent('scout-1').status.kind).toBe('limited');
		driven.take({type: 'agent.pause', runId, agentId});
		driven.answer('budget', {kind: 'raise', limit: 3});
		expect(driven.agent('scout-1')).toMatchObject({paused: true, status: {kind: 'queued'}});
	});
});

describe('interrupt', () => {
	test('of an agent whose limit is reached takes its request back, and asks again when it goes on', () => {
		const {driven, agentId} = working({limits: {...noLimits, agent: {turns: 1}}});
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		driven.take({type: 'agent.interrupt', runId, agentId});
		expect(openRequests(driven.run())).toEqual([]);
		driven.take({type: 'agent.continue', runId, agentId});
		expect(driven.asked('budget').agentId).toBe(agentId);
	});
});

describe('change', () => {
	test('takes effect with the next turn; the turn under way is paid for at its own price', () => {
		const {driven, agentId} = working();
		const before = driven.run().ledger.settled;
		driven.take({type: 'agent.change', runId, agentId, tier: 'opus', tools: ['read_file'], instructions: 'Be brief.'});
		driven.reply('scout-1', uses('read_file'));
		expect(driven.run().ledger.settled - before).toBe(1000 * 3000 + 100 * 15_000);
		driven.weigh('scout-1', 0, 'read');
		driven.endCall('scout-1', 0);
		expect(driven.agent('scout-1')).toMatchObject({
			turn: {model: {id: 'dear'}},
			assignment: {tools: ['read_file', 'finish_step']},
			instructions: ['Be brief.'],
		});
		driven.reply('scout-1', says('…'));
		expect(driven.run().ledger.settled - before).toBe(4_500_000 + 45_000_000);
	});

	test('counts what it adds to the prompt, also while a turn is under way', () => {
		const {driven, agentId} = working();
		const instructions = 'x'.repeat(5000);
		driven.take({type: 'agent.change', runId, agentId, tier: undefined, tools: undefined, instructions});
		driven.reply('scout-1', uses('read_file'));
		expect(driven.agent('scout-1').fresh.bytes).toBeGreaterThanOrEqual(5000);
		expect(driven.agent('scout-1').fresh.bytes).toBeLessThan(6000);
	});

	test('to a tool that nobody has, or to nothing, is refused in words', () => {
		const {driven, agentId} = working();
		const change = {
			type: 'agent.change',
			runId,
			agentId,
			tier: undefined,
			tools: undefined,
			instructions: undefined,
		} as const;
		expect(driven.refuse(change)?.message).toContain('Nothing was changed');
		expect(driven.refuse({...change, tools: ['magic']})?.message).toContain('There is no tool "magic"');
	});
});

describe('fork', () => {
	test('makes a new agent beside the plan that knows what the first knew, and is told what to do', () => {
		const {driven, agentId} = working();
		driven.reply('scout-1', uses('read_file'));
		const [turnId] = itemsOf(driven.agent('scout-1').turnIds);
		driven.take({type: 'agent.fork', runId, agentId, turnId: undefined, text: 'Try it another way.'});
		expect(driven.agent('scout-2')).toMatchObject({
			fork: {agentId, turnId},
			stepId: undefined,
			assignment: {kind: 'task'},
			status: {kind: 'thinking'},
		});
		expect(driven.agent('scout-2').contextTokens).toBeGreaterThanOrEqual(1100);
		driven.reply('scout-2', says('Done another way.'));
		expect(driven.agent('scout-2').status.kind).toBe('done');
		expect(driven.step('a').status.kind).toBe('working');
	});

	test('after a turn that the agent has not finished is refused', () => {
		const {driven, agentId} = working();
		const fork = {type: 'agent.fork', runId, agentId, turnId: undefined, text: 'Try.'} as const;
		expect(driven.refuse(fork)?.code).toBe('not_now');
		driven.reply('scout-1', uses('read_file'));
		expect(driven.refuse({...fork, turnId: 'turn_t_1'})?.code).toBe('unknown');
	});
});

describe('retire', () => {
	test('takes an agent that has ended out of sight; it reads no more messages', () => {
		const {driven, agentId} = working();
		expect(driven.refuse({type: 'agent.retire', runId, agentId})?.message).toContain('Kill it first');
		driven.take({type: 'agent.create', runId, role: 'writer', objective: 'Count.', tier: undefined});
		driven.reply('writer-1', says('Three.'));
		const {id} = driven.agent('writer-1');
		driven.take({type: 'agent.retire', runId, agentId: id});
		expect(driven.agent('writer-1').retired).toBe(true);
		expect(driven.refuse({type: 'agent.message', runId, agentId: id, text: 'Sure?'})?.message).toContain('retired');
		expect(driven.refuse({type: 'agent.retire', runId, agentId: id})?.code).toBe('not_now');
	});
});

test('an agent that was killed takes no more commands', () => {
	const {driven, agentId} = working();
	driven.take({type: 'agent.pause', runId, agentId});
	driven.take({type: 'agent.create', runId, role: 'writer', objective: 'Count.', tier: undefined});
	driven.take({type: 'agent.kill', runId, agentId, reason: 'enough'});
	for (const type of ['agent.pause', 'agent.continue', 'agent.interrupt'] as const)
		expect(driven.refuse({type, runId, agentId})?.code).toBe('not_now');
});

test('a message shows when it was delivered and when it was acted on', () => {
	const {driven, agentId} = working();
	driven.take({type: 'agent.message', runId, agentId, text: 'Faster.'});
	const states = () => {
		const {mailbox, read} = driven.agent('scout-1');
		return [...mailbox, ...read].map(({state}) => state);
	};
	expect(states()).toEqual(['queued']);
	driven.reply('scout-1', says('…'));
	expect(states()).toEqual(['delivered']);
	driven.reply('scout-1', uses('read_file'));
	expect(states()).toEqual(['acted_on']);
});

describe('a step', () => {
	test('that is skipped lets those go on who need it, and they are told', () => {
		const {driven} = working();
		driven.take({type: 'run.pause', runId});
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'mine'});
		driven.take({type: 'step.skip', runId, stepId: driven.step('a').id, reason: 'I did it'});
		driven.take({type: 'run.resume', runId});
		expect(driven.agent('scout-2').assignment.briefs).toMatchObject([{kind: 'rejected', key: 'a', reason: 'I did it'}]);
	});

	test('that has failed can be skipped when the run has ended of it, and the rest is done', () => {
		const {driven} = working();
		driven.reply('scout-1', fails('unauthorized'));
		expect(driven.run().status).toMatchObject({kind: 'ended', outcome: 'failed'});
		driven.take({type: 'step.skip', runId, stepId: driven.step('a').id, reason: ''});
		driven.finish('scout-2');
		expect(driven.run().status).toMatchObject({kind: 'ended', outcome: 'done'});
	});

	test('that is split gives its place to its parts, one after the other, and who needs it needs the last', () => {
		const {driven} = working();
		driven.reply('scout-1', fails('unauthorized'));
		const part = (title: string) => ({title, objective: `${title}.`});
		driven.take({type: 'step.split', runId, stepId: driven.step('a').id, into: [part('One'), part('Two')]});
		expect(driven.step('a').status).toMatchObject({kind: 'split'});
		expect(driven.step('a-1').status.kind).toBe('working');
		expect(driven.step('a-2').dependsOn).toEqual([driven.step('a-1').id]);
		expect(driven.step('b').dependsOn).toEqual([driven.step('a-2').id]);
		driven.finish('scout-2');
		driven.finish('scout-3');
		expect(driven.agent('scout-4').assignment.briefs).toMatchObject([{key: 'a-2'}]);
		driven.finish('scout-4');
		expect(driven.run().status).toMatchObject({kind: 'ended', outcome: 'done'});
		// The step itself is not one more that is never done.
		expect(summarize(driven.run()).steps).toEqual({total: 3, done: 3, failed: 0});
	});

	test('gets keys of its own for its parts, whatever the plan has named', () => {
		const driven = drive({standing: {plan: false, edits: false, calls: false}});
		driven.plan(draftOf(stepDraft('a'), stepDraft('a-1')));
		const part = {title: 'A half', objective: 'Do it.'};
		driven.take({type: 'step.split', runId, stepId: driven.step('a').id, into: [part, part]});
		const keys = Object.values(driven.run().plan?.steps ?? {}).map(({key}) => key);
		expect(new Set(keys).size).toBe(4);
	});
});

test.each(['cook', 'planner', 'constructor'])('a task for %s is refused, and those who can work are named', role => {
	const {driven} = working();
	expect(driven.refuse({type: 'agent.create', runId, role, objective: 'Look.', tier: undefined})).toEqual({
		code: 'unknown',
		message: `A task can be given to one of scout, writer; "${role}" is none of them.`,
	});
});
