import {describe, expect, test} from 'vitest';
import {wakeAt} from '../../source/domain/overdue.ts';
import {openRequests} from '../../source/domain/run.ts';
import {draftOf, drive, fails, runId, stepDraft, uses} from './drive.ts';

const minute = 60_000;

const asking = (action: 'pause' | 'deny') => {
	const driven = drive({patience: {afterMs: minute, action}});
	driven.plan(draftOf(stepDraft('a'), stepDraft('b')));
	driven.reply('scout-1', uses('ask_person'));
	driven.weigh('scout-1', 0, 'control', undefined, {kind: 'ask', question: 'Which?', choices: []});
	return driven;
};

const wait = (driven: ReturnType<typeof drive>, ms: number): void => {
	driven.later(ms);
	driven.take({type: 'tick'});
};

describe('a request that nobody answers', () => {
	test('is no word of the person: the agent reads that nobody said yes', () => {
		const driven = drive({patience: {afterMs: minute, action: 'deny'}});
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run', {kind: 'ask', rule: 'commands ask'});
		wait(driven, minute);
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			outcome: 'denied',
			output: 'Nobody said yes: nobody answered within 1 min',
		});
	});

	test('pauses the run when its time is over, and not before; the answer lets it go on', () => {
		const driven = asking('pause');
		expect(wakeAt(driven.run(), driven.now())).toBe(minute);
		wait(driven, minute - 1);
		expect(driven.run().status.kind).toBe('active');
		wait(driven, 1);
		expect(driven.run().status).toEqual({kind: 'paused', by: 'timeout'});
		driven.answer('question', {kind: 'text', text: 'This.'});
		expect(driven.run().status.kind).toBe('active');
	});

	test('lets the run go on when whoever asked is gone', () => {
		const driven = asking('pause');
		wait(driven, minute);
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'enough'});
		expect(driven.run().status.kind).toBe('active');
	});

	test('is denied where that was set, and the agent reads why', () => {
		const driven = asking('deny');
		wait(driven, minute);
		expect(openRequests(driven.run())).toEqual([]);
		expect(driven.events.findLast(({type}) => type === 'call.finished')).toMatchObject({
			output: 'Nobody answers: nobody answered within 1 min',
		});
		expect(driven.run().status.kind).toBe('active');
	});

	test('gets its time anew when the run is taken up after a while', () => {
		const driven = asking('deny');
		driven.later(100 * minute);
		driven.take({type: 'suspension'});
		driven.take({type: 'recovery'});
		expect(openRequests(driven.run())).toHaveLength(1);
		expect(wakeAt(driven.run(), driven.now())).toBe(101 * minute);
	});
});

describe('what takes too long', () => {
	test('is a turn: it is cut off and asked again as stalled', () => {
		const driven = drive({watch: {turnMs: minute, callMs: minute}});
		driven.plan(draftOf(stepDraft('a')));
		const {turn} = driven.agent('scout-1');
		wait(driven, minute);
		expect(driven.effects.at(-1)).toEqual({type: 'abort', of: turn?.id});
		expect(wakeAt(driven.run(), driven.now())).toBeUndefined();
		driven.reply('scout-1', fails('aborted'));
		expect(driven.agent('scout-1').status).toMatchObject({kind: 'backoff', failure: {kind: 'stalled'}});
	});

	test('is a call: it is cut off, and what it brings then counts', () => {
		const driven = drive({watch: {turnMs: minute, callMs: minute}});
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('run_command'));
		driven.weigh('scout-1', 0, 'run');
		wait(driven, minute);
		expect(driven.effects.at(-1)).toEqual({type: 'abort', of: driven.agent('scout-1').calls[0]?.id});
		driven.endCall('scout-1', 0, 'half of it', {isError: true});
		expect(driven.agent('scout-1').status.kind).toBe('thinking');
	});

	test('is not a call that only reads and was begun by a process that died', () => {
		const driven = drive({watch: {turnMs: minute, callMs: minute}});
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', uses('read_file'));
		driven.weigh('scout-1', 0, 'read');
		driven.later(100 * minute);
		driven.take({type: 'suspension'});
		driven.take({type: 'recovery'});
		expect(driven.events.filter(({type}) => type === 'call.cut')).toEqual([]);
		driven.endCall('scout-1', 0);
		expect(driven.agent('scout-1').workedMs).toBe(0);
		expect(driven.run().spent.time).toBe(0);
	});
});

test('a wait after a failure ends when the clock is set back', () => {
	const driven = drive();
	driven.later(100 * minute);
	driven.plan(draftOf(stepDraft('a')));
	driven.reply('scout-1', fails('server'));
	wait(driven, -50 * minute);
	expect(driven.agent('scout-1').status.kind).toBe('thinking');
});
