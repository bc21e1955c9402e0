import {describe, expect, test} from 'vitest';
import type {Command} from '../../source/domain/command.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {planTree, type Way} from '../../source/domain/plan-tree.ts';
import {openRequests} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import type {NewStep} from '../../source/domain/step.ts';
import {draftOf, drive, runId, stepDraft} from './drive.ts';

const proposed = () => {
	const driven = drive({standing: nothingStanding});
	driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a']), stepDraft('c', ['b'])));
	return driven;
};

const more = (over: Partial<NewStep> = {}): NewStep => ({
	...stepDraft('more'),
	dependsOn: [],
	allowance: {},
	...over,
});

const keysOf = ({run}: ReturnType<typeof drive>): readonly string[] => stepsOf(run().plan).map(({key}) => key);

describe('a step that a person adds', () => {
	test('waits for approval, has an estimate, and stands before those that wait for it', () => {
		const driven = proposed();
		driven.take({
			type: 'step.add',
			runId,
			step: more({dependsOn: [driven.step('a').id]}),
			neededBy: [driven.step('c').id],
		});
		expect(keysOf(driven)).toEqual(['a', 'b', 'more', 'c']);
		expect(driven.step('more').status.kind).toBe('proposed');
		expect(driven.step('more').estimate).toBeGreaterThan(0);
		expect(driven.step('c').dependsOn).toEqual([driven.step('b').id, driven.step('more').id]);
	});

	test('opens the question of the plan again when all else was decided', () => {
		const driven = proposed();
		driven.take({type: 'plan.approve', runId});
		expect(openRequests(driven.run())).toEqual([]);
		driven.take({type: 'step.add', runId, step: more(), neededBy: []});
		expect(driven.asked('plan')).toBeDefined();
		driven.take({type: 'plan.approve', runId});
		expect(driven.step('more').status.kind).toBe('working');
	});

	test('starts at once where plans are approved in advance', () => {
		const driven = drive();
		driven.plan(draftOf(stepDraft('a')));
		driven.take({type: 'step.add', runId, step: more(), neededBy: []});
		expect(driven.step('more').status.kind).toBe('working');
		expect(openRequests(driven.run())).toEqual([]);
	});

	test.each([
		[more({key: 'a'}), 'Two steps would have the key "a".'],
		[more({key: ' '}), 'The step has no key.'],
		[more({role: 'wizard'}), 'There is no role "wizard". Known: planner, scout, writer.'],
		[more({dependsOn: ['step_t_3']}), 'The steps would form a cycle: a → more → c → b → a.'],
		[more({acceptance: []}), 'It is not said when the step is done: say how one can tell (acceptance).'],
	])('is refused in words when it cannot be: %#', (step, message) => {
		const driven = proposed();
		expect(driven.refuse({type: 'step.add', runId, step, neededBy: [driven.step('a').id]})).toEqual({
			code: 'invalid',
			message,
		});
	});

	test('cannot be needed by what is at work', () => {
		const driven = proposed();
		driven.take({type: 'plan.approve', runId});
		expect(driven.refuse({type: 'step.add', runId, step: more(), neededBy: [driven.step('a').id]})?.message).toBe(
			'"Do a" cannot wait for a new step: it is working.',
		);
	});
});

describe('a step that is removed', () => {
	test('is gone, and who needed it needs what it needed', () => {
		const driven = proposed();
		driven.take({type: 'step.remove', runId, stepId: driven.step('b').id});
		expect(keysOf(driven)).toEqual(['a', 'c']);
		expect(driven.step('c').dependsOn).toEqual([driven.step('a').id]);
	});

	test('answers the question of the plan when it was the last that waited', () => {
		const driven = proposed();
		for (const key of ['a', 'b']) driven.take({type: 'step.approve', runId, stepId: driven.step(key).id});
		driven.take({type: 'step.remove', runId, stepId: driven.step('c').id});
		expect(openRequests(driven.run())).toEqual([]);
	});

	test('never had an agent, and is not the only one', () => {
		const driven = proposed();
		driven.take({type: 'step.approve', runId, stepId: driven.step('a').id});
		driven.take({type: 'agent.kill', runId, agentId: driven.agent('scout-1').id, reason: 'enough'});
		driven.take({type: 'step.reject', runId, stepId: driven.step('a').id, reason: 'no'});
		expect(driven.refuse({type: 'step.remove', runId, stepId: driven.step('a').id})?.message).toContain(
			'an agent has worked on it, and that is kept',
		);
		const one = drive({standing: nothingStanding});
		one.plan(draftOf(stepDraft('a')));
		expect(one.refuse({type: 'step.remove', runId, stepId: one.step('a').id})?.message).toContain('only step');
	});
});

describe('a step that is moved', () => {
	const wide = (over: Parameters<typeof drive>[0] = {}) => {
		const driven = drive({standing: nothingStanding, ...over});
		driven.plan(
			draftOf(
				stepDraft('a'),
				stepDraft('b', ['a']),
				stepDraft('c', ['a']),
				stepDraft('d', ['b']),
				stepDraft('e', ['b', 'c']),
				stepDraft('f'),
			),
		);
		return driven;
	};
	const rowsOf = ({run}: ReturnType<typeof drive>): string =>
		planTree(run().plan)
			.map(({step}) => step.key)
			.join('');
	const move = (driven: ReturnType<typeof drive>, key: string, way: Way): Command => ({
		type: 'step.move',
		runId,
		stepId: driven.step(key).id,
		way,
	});

	test('changes places with the one beside it, each with what stands under it', () => {
		const driven = wide();
		expect(rowsOf(driven)).toBe('abdcef');
		driven.take(move(driven, 'b', 'down'));
		// e needs both, and stands under the last of them.
		expect(rowsOf(driven)).toBe('acbdef');
		driven.take(move(driven, 'e', 'up'));
		expect(rowsOf(driven)).toBe('acbedf');
		driven.take(move(driven, 'f', 'up'));
		expect(rowsOf(driven)).toBe('facbed');
	});

	test('is back where it was when it is moved the other way, and so is everything else', () => {
		const driven = wide();
		for (const key of ['a', 'b']) {
			const {order} = driven.run().plan ?? {};
			driven.take(move(driven, key, 'down'));
			expect(driven.run().plan?.order).not.toEqual(order);
			driven.take(move(driven, key, 'up'));
			expect(driven.run().plan?.order).toEqual(order);
		}
	});

	test.each([
		['a', 'up', 'a cannot be moved up: it stands first already.'],
		['f', 'down', 'f cannot be moved down: it stands last already.'],
		['b', 'up', 'b cannot be moved up: it stands first under a, which it needs.'],
		['d', 'down', 'd cannot be moved down: it stands last under b, which it needs.'],
	] as const)('stays under what it needs, and says so: %s %s', (key, way, message) => {
		const driven = wide();
		expect(driven.refuse(move(driven, key, way))).toEqual({code: 'not_now', message});
	});

	test('starts before those that stand lower, when there is no place for all', () => {
		const driven = wide({maxParallel: 1});
		driven.take(move(driven, 'f', 'up'));
		driven.take({type: 'plan.approve', runId});
		expect(['a', 'f'].map(key => driven.step(key).status.kind)).toEqual(['approved', 'working']);
	});

	test('takes along what stands under it when it has begun itself', () => {
		const driven = wide({maxParallel: 1});
		driven.take({type: 'plan.approve', runId});
		expect(driven.step('a').status.kind).toBe('working');
		driven.take(move(driven, 'a', 'down'));
		expect(rowsOf(driven)).toBe('fabdce');
	});
});

describe('what was decided of a step', () => {
	test.each(['hold', 'reject', 'skip'] as const)('is taken back before it began: %s', verb => {
		const driven = proposed();
		driven.take({type: `step.${verb}`, runId, stepId: driven.step('c').id, reason: 'no'});
		driven.take({type: 'step.propose', runId, stepId: driven.step('c').id});
		expect(driven.step('c').status).toEqual({kind: 'proposed'});
		expect(driven.asked('plan')).toBeDefined();
	});

	test('stays once an agent has begun', () => {
		const driven = proposed();
		driven.take({type: 'step.approve', runId, stepId: driven.step('a').id});
		expect(driven.refuse({type: 'step.propose', runId, stepId: driven.step('a').id})?.message).toBe(
			'"Do a" cannot be proposed again: it is working.',
		);
	});
});

describe('steps that are approved together', () => {
	test('are those that were named, and no others', () => {
		const driven = proposed();
		driven.take({type: 'plan.approve', runId, steps: [driven.step('b').id, driven.step('c').id]});
		expect(['a', 'b', 'c'].map(key => driven.step(key).status.kind)).toEqual(['proposed', 'approved', 'approved']);
		expect(driven.asked('plan')).toBeDefined();
	});

	test('are all of them or none: one that moved on meanwhile is told', () => {
		const driven = proposed();
		const steps = [driven.step('b').id, driven.step('c').id];
		driven.take({type: 'step.hold', runId, stepId: driven.step('c').id});
		expect(driven.refuse({type: 'plan.approve', runId, steps})).toEqual({
			code: 'stale',
			message: '"Do c" does not wait for approval any more: it is held. Look at the plan again.',
		});
	});
});
