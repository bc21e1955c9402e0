import {expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import type {StepFields} from '../../source/domain/step.ts';
import {draftOf, drive, runId, stepDraft} from './drive.ts';

const part = (title: string) => ({title, objective: `${title}.`});

/** Three steps in a row, the second of them split in two. */
const splitSecond = (before: (driven: ReturnType<typeof drive>) => void = () => {}) => {
	const driven = drive({standing: nothingStanding});
	driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a']), stepDraft('c', ['b'])));
	before(driven);
	const plan = driven.run().plan;
	const stepId = driven.step('b').id;
	driven.take({type: 'step.split', runId, stepId, into: [part('One'), part('Two')]});
	const edit = (key: string, patch: Partial<StepFields>): void =>
		void driven.take({type: 'step.edit', runId, stepId: driven.step(key).id, patch});
	return {driven, plan, join: {type: 'step.join', runId, stepId} as const, edit};
};

test('a split that is taken back leaves the plan as it was', () => {
	const {driven, plan, join} = splitSecond();
	expect(stepsOf(driven.run().plan)).toHaveLength(5);
	driven.take(join);
	expect(driven.run().plan).toEqual(plan);
	expect(driven.asked('plan')).toBeDefined();
});

test('it is decided of the step what was decided before, whatever became of its parts', () => {
	const {driven, plan, join} = splitSecond(it => {
		it.take({type: 'plan.approve', runId});
		it.take({type: 'step.hold', runId, stepId: it.step('b').id});
	});
	driven.take({type: 'step.approve', runId, stepId: driven.step('b-1').id});
	driven.take(join);
	expect(driven.run().plan).toEqual(plan);
	expect(openRequests(driven.run())).toEqual([]);
});

test('whoever was made to need a part needs the step', () => {
	const {driven, join, edit} = splitSecond();
	edit('c', {dependsOn: [driven.step('b-1').id, driven.step('b-2').id, driven.step('a').id]});
	driven.take(join);
	expect(driven.step('c').dependsOn).toEqual([driven.step('b').id, driven.step('a').id]);
});

test('a step is not put together again when there is something to keep, and it is said what', () => {
	const {driven, join, edit} = splitSecond();
	const whole = {...join, stepId: driven.step('a').id};
	expect(driven.refuse(whole)?.message).toBe('"Do a" cannot be put together again: it is proposed.');
	driven.take({type: 'step.split', runId, stepId: driven.step('b-2').id, into: [part('Three'), part('Four')]});
	expect(driven.refuse(join)?.message).toBe('"Two" is split, too: take that back first.');
	driven.take({...join, stepId: driven.step('b-2').id});
	edit('b-1', {dependsOn: []});
	edit('a', {dependsOn: [driven.step('b-1').id]});
	expect(driven.refuse(join)?.message).toBe('The steps would form a cycle: a → b → a.');
	driven.take({type: 'step.approve', runId, stepId: driven.step('b-1').id});
	expect(driven.refuse(join)?.message).toBe('"One" has begun, and what its agent did is kept.');
});

test('a step is not put together again without one of its parts', () => {
	const {driven, join} = splitSecond();
	driven.take({type: 'step.remove', runId, stepId: driven.step('b-2').id});
	expect(driven.refuse(join)?.message).toBe(
		'A part of "Do b" was taken out of the plan: the others are changed alone.',
	);
});

test('a step is not put together again behind the back of one that went on without it', () => {
	const {driven, join} = splitSecond();
	for (const key of ['b-1', 'b-2']) {
		driven.take({type: 'step.skip', runId, stepId: driven.step(key).id, reason: ''});
	}
	driven.take({type: 'step.approve', runId, stepId: driven.step('c').id});
	expect(driven.refuse(join)?.message).toBe('"Do c", which needed a part of it, went on without it (working).');
});
