import {describe, expect, test} from 'vitest';
import {isActive} from '../../source/domain/agent.ts';
import {noLimits} from '../../source/domain/limits.ts';
import {fromUsd} from '../../source/domain/money.ts';
import {wakeAt} from '../../source/domain/overdue.ts';
import {openRequests} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import {draftOf, drive, fails, packet, runId, says, stepDraft, uses} from './drive.ts';

describe('steps start', () => {
	test('as soon as what they need is done, without waiting for the rest of their level', () => {
		const {plan, finish, step} = drive();
		plan(draftOf(stepDraft('fast'), stepDraft('slow'), stepDraft('next', ['fast'])));
		finish('scout-1');
		expect([step('slow').status.kind, step('next').status.kind]).toEqual(['working', 'working']);
	});

	test('with the packets of what they need', () => {
		const {plan, finish, agent} = drive();
		plan(draftOf(stepDraft('a'), stepDraft('b', ['a', 'a'])));
		finish('scout-1', {summary: 'Three files.'});
		expect(agent('scout-2').assignment.briefs).toEqual([
			{
				kind: 'packet',
				key: 'a',
				title: 'Do a',
				packet: {
					...packet,
					status: 'UNVERIFIED',
					reason: 'nothing was changed, so no check ran',
					summary: 'Three files.',
				},
			},
		]);
	});

	test('although a step they need was rejected, and are told why', () => {
		const {plan, take, agent, step} = drive({standing: nothingStanding});
		plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
		take({type: 'step.reject', runId, stepId: step('a').id, reason: 'we know that already'});
		take({type: 'plan.approve', runId});
		expect(agent('scout-1').assignment.briefs).toEqual([
			{kind: 'rejected', key: 'a', title: 'Do a', reason: 'we know that already'},
		]);
	});

	test('as many at once as may, and no more', () => {
		const {plan, run, finish} = drive({maxParallel: 2});
		plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('c')));
		expect(run().agents.filter(isActive)).toHaveLength(2);
		finish('scout-1');
		expect(run().agents.filter(isActive)).toHaveLength(2);
	});
});

describe('a run ends', () => {
	test('as done when every step is done', () => {
		const {plan, run, finish} = drive();
		plan(draftOf(stepDraft('a')));
		finish('scout-1');
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'done'});
	});

	test('as failed when a step reports FAIL', () => {
		const {plan, run, finish} = drive();
		plan(draftOf(stepDraft('a')));
		finish('scout-1', {status: 'FAIL'});
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'failed', reason: 'reported FAIL: a'});
	});

	test('as failed, with what failed and what that blocked, once all the rest is done', () => {
		const {plan, run, reply, finish} = drive();
		plan(draftOf(stepDraft('a'), stepDraft('b', ['a']), stepDraft('c')));
		reply('scout-1', fails('unauthorized'));
		expect(run().status.kind).toBe('active');
		finish('scout-2');
		expect(run().status).toMatchObject({
			kind: 'ended',
			outcome: 'failed',
			reason: 'failed: a; blocked by that: b',
			failure: {kind: 'unauthorized'},
		});
	});

	test('by one stop, with its reason, whoever is at work', () => {
		const {run, take, agent} = drive();
		take({type: 'run.stop', runId, reason: 'lunch'});
		expect(agent('planner-1').status).toEqual({kind: 'killed', reason: 'lunch'});
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'stopped', reason: 'lunch'});
	});
});

describe('a run is taken up again', () => {
	test('what failed is tried once more, what is done stays done', () => {
		const {plan, reply, finish, take, step, run, refuse} = drive();
		plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('c', ['b'])));
		finish('scout-1');
		reply('scout-2', fails('unauthorized'));
		const before = step('a').status;
		take({type: 'run.resume', runId});
		expect(step('a').status).toEqual(before);
		expect(step('b').status.kind).toBe('working');
		finish('scout-3');
		finish('scout-4');
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'done'});
		const words = 'run_t has ended: it is done (3 steps done). `flotilla show run_t` shows it.';
		expect(refuse({type: 'run.resume', runId})?.message).toBe(words);
		expect(refuse({type: 'run.pause', runId})?.message).toBe(words);
	});

	test('a run that was stopped says so, and that it can be taken up', () => {
		const {plan, take, agent, refuse} = drive();
		plan(draftOf(stepDraft('a')));
		take({type: 'run.stop', runId, reason: 'too dear'});
		expect(refuse({type: 'agent.interrupt', runId, agentId: agent('scout-1').id})?.message).toBe(
			'run_t has ended: it is stopped (too dear). `flotilla resume run_t` takes it up again; `flotilla show run_t` shows it.',
		);
	});

	test('a stopped run that waited for approval asks again, also when one step is retried', () => {
		const {plan, run, take, step} = drive({standing: nothingStanding});
		plan(draftOf(stepDraft('a'), stepDraft('b')));
		take({type: 'step.approve', runId, stepId: step('a').id});
		take({type: 'run.stop', runId, reason: 'lunch'});
		expect(openRequests(run())).toEqual([]);
		take({type: 'step.retry', runId, stepId: step('a').id});
		expect(openRequests(run()).map(request => request.ask.kind)).toEqual(['plan']);
		expect(step('a').status.kind).toBe('working');
	});
});

describe('the clock', () => {
	test('a failed turn is tried again when its time has come, and not before', () => {
		const {plan, reply, run, take, later, now, agent} = drive({watch: {turnMs: 1e9, callMs: 1e9}});
		plan(draftOf(stepDraft('a')));
		reply('scout-1', fails('server'));
		const at = wakeAt(run(), now()) ?? 0;
		later(at - 1);
		expect(take({type: 'tick'})).toEqual([]);
		later(1);
		take({type: 'tick'});
		expect(agent('scout-1').status.kind).toBe('thinking');
		expect(wakeAt(run(), now())).toBe(at + 1e9);
	});

	test('who waits for money is not woken by the clock', () => {
		const watch = {turnMs: 1e9, callMs: 1e9};
		const limits = {...noLimits, run: {money: fromUsd(0.7)}};
		const {plan, reply, run, take, later, now, agent, weigh} = drive({limits, watch});
		plan(draftOf(stepDraft('a'), stepDraft('b')));
		reply('scout-1', fails('server'));
		take({type: 'run.permit', runId, standing: nothingStanding, budget: fromUsd(0.4)});
		expect(agent('scout-1').status.kind).toBe('backoff');
		expect(agent('scout-2').status.kind).toBe('thinking');
		later(60_000);
		expect(take({type: 'tick'})).toEqual([]);
		expect(wakeAt(run(), now())).toBe(watch.turnMs);
		reply('scout-2', uses('read_file'));
		weigh('scout-2', 0, 'read');
		expect(agent('scout-1').status.kind).toBe('thinking');
	});
});

test('late and double reports change nothing', () => {
	const {plan, reply, run, take, agent} = drive();
	plan(draftOf(stepDraft('a')));
	const {id, turn} = agent('scout-1');
	if (turn === undefined) throw new Error('No turn is open.');
	reply('scout-1', says('Half of it.'));
	const before = run();
	expect(() => take({type: 'turn.replied', agentId: id, turnId: turn.id, reply: says('Half of it.')})).toThrow(
		'This report comes late or twice; it changes nothing.',
	);
	expect(run()).toBe(before);
});
