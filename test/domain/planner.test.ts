import {describe, expect, test} from 'vitest';
import {openRequests} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import {draftOf, drive, fails, runId, stepDraft} from './drive.ts';

describe('a plan is made', () => {
	test('a bad plan is mended once: the planner is told what was wrong', () => {
		const {plan, agent, events} = drive();
		plan(undefined, ['The steps form a cycle: a → a.']);
		expect(agent('planner-1').status.kind).toBe('thinking');
		const told = events.find(event => event.type === 'agent.messaged');
		expect(told).toMatchObject({from: 'engine', text: expect.stringContaining('- The steps form a cycle: a → a.')});
	});

	test('a second bad plan gives way to the template, and says why', () => {
		const {plan, run, events} = drive();
		plan(undefined, ['This is not JSON.']);
		plan(undefined, ['Nor is this.']);
		expect(run().plan?.source).toBe('template');
		expect(events.find(event => event.type === 'plan.proposed')).toMatchObject({problems: ['Nor is this.']});
		expect(run().status.kind).toBe('active');
	});

	test('nothing starts before the person approves', () => {
		const {plan, run, take, step} = drive({standing: nothingStanding});
		plan(draftOf(stepDraft('a'), stepDraft('b')));
		expect(run().agents.map(agent => agent.name)).toEqual(['planner-1']);
		take({type: 'step.approve', runId, stepId: step('b').id});
		expect([step('a').status.kind, step('b').status.kind]).toEqual(['proposed', 'working']);
		expect(openRequests(run())).toHaveLength(1);
		take({type: 'step.reject', runId, stepId: step('a').id, reason: 'not needed'});
		expect(openRequests(run())).toEqual([]);
	});

	test('approving the plan leaves held steps alone, and says so when only they are left', () => {
		const {plan, run, take, refuse, step} = drive({standing: nothingStanding});
		plan(draftOf(stepDraft('a'), stepDraft('b')));
		take({type: 'step.hold', runId, stepId: step('a').id});
		take({type: 'plan.approve', runId});
		expect([step('a').status.kind, step('b').status.kind]).toEqual(['held', 'working']);
		// To hold is a decision: nobody is asked about it again, and the run waits for it.
		expect(openRequests(run())).toEqual([]);
		const message = 'Only held steps are left, and each is approved or rejected by itself: "Do a".';
		expect(refuse({type: 'plan.approve', runId})).toEqual({code: 'not_now', message});
	});

	test('a run that was paused while its plan was made stays paused', () => {
		const {plan, run, take} = drive();
		take({type: 'run.pause', runId});
		plan(draftOf(stepDraft('a')));
		expect(run().status).toEqual({kind: 'paused', by: 'person'});
		expect(run().agents).toHaveLength(1);
		take({type: 'run.resume', runId});
		expect(run().agents).toHaveLength(2);
	});

	test('a message to the planner is read before its plan counts', () => {
		const {plan, run, take, agent} = drive();
		take({type: 'agent.message', runId, agentId: agent('planner-1').id, text: 'Keep it short.'});
		plan(draftOf(stepDraft('a'), stepDraft('b')));
		expect(run().plan).toBeUndefined();
		plan(draftOf(stepDraft('a')));
		expect(run().plan?.order).toHaveLength(1);
	});

	test.each(['failed', 'killed'])('when the planner has %s, the run ends and leaves nobody behind', how => {
		const {plan, run, take, agent, weigh, reply} = drive();
		take({type: 'agent.create', runId, role: 'scout', objective: 'Look.', tier: undefined});
		reply('scout-1', {
			kind: 'done',
			content: [{type: 'tool_use', useId: 'u', name: 'run_command', input: {}}],
			stopReason: 'tool_use',
			usage: {input: 1, output: 1, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0},
		});
		weigh('scout-1', 0, 'run', {kind: 'ask', rule: 'commands ask'});
		if (how === 'failed') plan(undefined, [], fails('unauthorized'));
		else take({type: 'agent.kill', runId, agentId: agent('planner-1').id, reason: 'enough'});
		expect(run().status).toMatchObject({kind: 'ended', outcome: how === 'failed' ? 'failed' : 'stopped'});
		expect(agent('scout-1').status.kind).toBe('killed');
		expect(openRequests(run())).toEqual([]);
		take({type: 'run.resume', runId});
		expect(agent('planner-2').status.kind).toBe('thinking');
	});
});
