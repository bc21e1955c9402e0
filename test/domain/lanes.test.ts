import {describe, expect, test} from 'vitest';
import type {Failure} from '../../source/domain/failure.ts';
import {lanePausesMax} from '../../source/domain/lane.ts';
import {wakeAt} from '../../source/domain/overdue.ts';
import type {Reply} from '../../source/domain/report.ts';
import {needsPerson, openRequests, runWord} from '../../source/domain/run.ts';
import {draftOf, drive, fails, runId, settings, stepDraft, uses} from './drive.ts';

const {sonnet} = settings.models;
const models = {...settings.models, haiku: {...sonnet, id: 'other', provider: 'other'}};

const refused = (kind: Failure['kind'], retryAfterMs?: number): Reply => ({
	kind: 'failed',
	failure: {kind, message: `The provider says: ${kind}.`, ...(retryAfterMs === undefined ? {} : {retryAfterMs})},
	partial: [],
	usage: undefined,
});

/** Four scouts on one provider, and one on another. */
const crowded = () => {
	const driven = drive({models, maxParallel: 5});
	const steps = ['a', 'b', 'c', 'd'].map(key => stepDraft(key));
	driven.plan(draftOf(...steps, stepDraft('e', [], {tier: 'haiku'})));
	return driven;
};

const thinking = (driven: ReturnType<typeof drive>): readonly string[] =>
	driven
		.run()
		.agents.filter(({turn}) => turn !== undefined)
		.map(({name}) => name);

/** Let time pass until the run wants to be woken. */
const wait = (driven: ReturnType<typeof drive>): void => {
	const at = Math.min(
		...Object.values(driven.run().lanes).flatMap(({state}) => (state.kind === 'paused' ? [state.until] : [])),
	);
	expect(wakeAt(driven.run(), driven.now())).toBeLessThanOrEqual(at);
	driven.later(at - driven.now());
	driven.take({type: 'tick'});
};

describe('a lane', () => {
	test('pauses as a whole, as long as the provider asks, while another provider’s agents go on', () => {
		const driven = crowded();
		driven.reply('scout-1', refused('throttled', 20_000));
		expect(driven.run().lanes['false']?.state).toMatchObject({kind: 'paused', until: 20_000});
		driven.finish('scout-2');
		driven.reply('scout-3', refused('overloaded'));
		driven.reply('scout-4', refused('throttled', 1));
		expect(thinking(driven)).toEqual(['scout-5']);
		expect(driven.run().lanes['false']).toMatchObject({failures: 1, state: {until: 20_000}});
		driven.reply('scout-5', uses('read_file'));
		driven.weigh('scout-5', 0, 'read');
		driven.endCall('scout-5', 0);
		expect(thinking(driven)).toEqual(['scout-5']);
		expect(needsPerson(driven.run())).toBe(false);
	});

	test('closes at once, and a person is asked, when the provider wants hours', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', refused('throttled', 6 * 3_600_000));
		expect(driven.run().lanes['false']?.state).toMatchObject({kind: 'paused'});
		const other = drive();
		other.plan(draftOf(stepDraft('a')));
		other.reply('scout-1', refused('throttled', 1e15));
		expect(other.run().lanes['false']?.state).toMatchObject({kind: 'closed'});
		other.answer('lane', {kind: 'approve'});
		expect(other.agent('scout-1').turn).toBeDefined();
	});

	test('opens for one turn first, then for half of what was too much, then for more with each good round', () => {
		const driven = crowded();
		driven.reply('scout-1', refused('throttled'));
		for (const name of ['scout-2', 'scout-3', 'scout-4']) driven.reply(name, refused('throttled'));
		wait(driven);
		const ours = () => thinking(driven).filter(name => name !== 'scout-5').length;
		expect(ours()).toBe(1);
		const [first = ''] = thinking(driven);
		driven.reply(first, fails('server'));
		expect(ours()).toBe(1);
		const [second = ''] = thinking(driven);
		driven.finish(second);
		expect(driven.run().lanes['false']).toMatchObject({failures: 0, width: 2});
		expect(ours()).toBe(2);
	});

	test('a good reply of a turn that was out before the pause does not say that the way is free', () => {
		const driven = crowded();
		driven.reply('scout-1', refused('throttled', 20_000));
		driven.finish('scout-2');
		expect(driven.run().lanes['false']).toMatchObject({failures: 1, state: {kind: 'paused'}});
		for (const name of ['scout-3', 'scout-4']) driven.reply(name, refused('throttled', 1));
		wait(driven);
		expect(thinking(driven)).toHaveLength(2);
	});

	test('the run says paused while everybody waits for it, and never done', () => {
		const driven = drive({models});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
		driven.reply('scout-1', refused('overloaded', 60_000));
		expect(runWord(driven.run())).toBe('paused');
		expect(openRequests(driven.run())).toEqual([]);
		wait(driven);
		expect(runWord(driven.run())).toBe('running');
	});

	test('gives a turn back its place: who fails for another reason meanwhile waits for the lane, too', () => {
		const driven = drive({models, maxParallel: 2});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('e', [], {tier: 'haiku'})));
		driven.reply('scout-1', refused('throttled', 20_000));
		driven.reply('scout-2', fails('server'));
		expect(driven.agent('scout-2').status.kind).toBe('queued');
		expect(thinking(driven)).toEqual(['scout-3']);
	});

	test('opens at once when the clock was set back since', () => {
		const driven = drive({models});
		driven.later(100_000);
		driven.plan(draftOf(stepDraft('a')));
		driven.reply('scout-1', refused('throttled', 5000));
		driven.later(-50_000);
		driven.take({type: 'tick'});
		expect(thinking(driven)).toEqual(['scout-1']);
	});

	test('pauses so often and no more; then a person is asked, and one turn goes first', () => {
		const driven = drive({models});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b')));
		driven.finish('scout-2');
		while (driven.run().lanes['false']?.state.kind !== 'closed') {
			const [name = ''] = thinking(driven);
			driven.reply(name, refused('throttled'));
			if (driven.run().lanes['false']?.state.kind === 'paused') wait(driven);
		}
		expect(driven.events.filter(({type}) => type === 'lane.paused')).toHaveLength(lanePausesMax);
		expect(runWord(driven.run())).toBe('waiting');
		driven.answer('lane', {kind: 'approve'});
		expect(thinking(driven)).toHaveLength(1);
	});

	test('closes at once when the quota is used up and nobody says until when', () => {
		const driven = drive({models});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
		driven.reply('scout-1', refused('quota'));
		expect(driven.asked('lane').ask).toMatchObject({lane: 'false', failure: {kind: 'quota'}});
		expect(wakeAt(driven.run(), driven.now())).toBeUndefined();
	});

	test('that is given up fails who waits for it, and holds the steps that would begin there', () => {
		const driven = drive({models, maxParallel: 1});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b'), stepDraft('e', ['a'], {tier: 'haiku'})));
		driven.reply('scout-1', refused('quota'));
		driven.answer('lane', {kind: 'deny', reason: ''});
		expect(driven.step('a').status).toMatchObject({kind: 'failed', failure: {kind: 'quota'}});
		expect(driven.step('b').status.kind).toBe('held');
		expect(openRequests(driven.run())).toEqual([]);
		expect(driven.run().status.kind).toBe('active');
	});

	test('that nobody waits for any more asks nobody any more', () => {
		const driven = drive({models});
		driven.plan(draftOf(stepDraft('a'), stepDraft('e', [], {tier: 'haiku'})));
		driven.reply('scout-1', refused('quota'));
		const {id} = driven.agent('scout-1');
		driven.take({type: 'agent.change', runId, agentId: id, tier: 'haiku', tools: undefined, instructions: undefined});
		expect(thinking(driven)).toEqual(['scout-1', 'scout-2']);
		expect(openRequests(driven.run())).toEqual([]);
	});
});
