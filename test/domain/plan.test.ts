import {describe, expect, test} from 'vitest';
import {type Plan, planProblems, readinessOf, stepsMax} from '../../source/domain/plan.ts';
import type {StepStatus} from '../../source/domain/step.ts';
import {editProblems} from '../../source/domain/step-problems.ts';
import {draftOf, drive, runId, settings, stepDraft} from './drive.ts';

const {roles} = settings;

describe('a draft is judged in words a model can act on', () => {
	test('a sound draft has no problems', () => {
		expect(planProblems(draftOf(stepDraft('a'), stepDraft('b', ['a'])), roles)).toEqual([]);
	});

	test('a cycle is named step by step', () => {
		const draft = draftOf(stepDraft('a', ['c']), stepDraft('b', ['a']), stepDraft('c', ['b']));
		expect(planProblems(draft, roles)).toEqual(['The steps form a cycle: a → c → b → a.']);
	});

	test('a step that needs itself is a cycle', () => {
		expect(planProblems(draftOf(stepDraft('a', ['a'])), roles)).toEqual(['The steps form a cycle: a → a.']);
	});

	test.each(['wizard', 'constructor', 'toString'])('the unknown role "%s" is named, with the known ones', role => {
		expect(planProblems(draftOf(stepDraft('a', [], {role})), roles)).toEqual([
			`Step "a" has the unknown role "${role}". Known: planner, scout, writer.`,
		]);
	});

	test('an unknown dependency, a double key and a missing acceptance are told all at once', () => {
		const draft = draftOf(stepDraft('a', ['nowhere']), stepDraft('a'), stepDraft('b', [], {acceptance: []}));
		expect(planProblems(draft, roles)).toEqual([
			'Two steps have the key "a".',
			'Step "a" depends on "nowhere", which is not in the plan.',
			'Step "b" has no acceptance.',
		]);
	});

	test('a plan has at least one step and not too many', () => {
		expect(planProblems(draftOf(), roles)).toEqual(['The plan has no steps.']);
		const many = Array.from({length: stepsMax + 1}, (_, i) => stepDraft(`s${i}`));
		expect(planProblems(draftOf(...many), roles)).toEqual(['The plan has 41 steps; at most 40.']);
	});
});

const planOf = (steps: readonly (readonly [key: string, needs: readonly string[], status: StepStatus])[]): Plan => ({
	taskType: 'survey',
	source: 'model',
	order: steps.map(([key]) => `step_${key}` as const),
	steps: Object.fromEntries(
		steps.map(([key, needs, status]) => [
			`step_${key}`,
			{
				...stepDraft(key),
				id: `step_${key}` as const,
				dependsOn: needs.map(need => `step_${need}` as const),
				allowance: {},
				estimate: undefined,
				status,
			},
		]),
	),
});

const approved: StepStatus = {kind: 'approved'};
const failed: StepStatus = {
	kind: 'failed',
	agentId: 'agent_1',
	startedAt: 0,
	endedAt: 1,
	failure: {kind: 'refused', message: 'No.'},
};

const readiness = (plan: Plan, key: string) => {
	const step = plan.steps[`step_${key}`];
	return step === undefined ? undefined : readinessOf(plan, step);
};

describe('where an approved step stands', () => {
	test('it waits for all that is not done, and is ready when what it needs is done or rejected', () => {
		const plan = planOf([
			['a', [], {kind: 'rejected', reason: 'not needed'}],
			['b', [], approved],
			['c', ['a'], approved],
			['d', ['a', 'b'], approved],
		]);
		expect(readiness(plan, 'c')).toEqual({kind: 'ready'});
		expect(readiness(plan, 'd')).toEqual({kind: 'waiting', on: ['step_b']});
	});

	test('a failed step blocks those that need it, also through others, and nobody else', () => {
		const plan = planOf([
			['a', [], failed],
			['b', ['a'], approved],
			['c', ['b'], approved],
			['d', [], approved],
		]);
		expect(readiness(plan, 'b')).toEqual({kind: 'blocked', by: 'step_a'});
		expect(readiness(plan, 'c')).toEqual({kind: 'blocked', by: 'step_a'});
		expect(readiness(plan, 'd')).toEqual({kind: 'ready'});
	});

	test('in a dense plan each step is looked at a few times, not once for every path to it', () => {
		const layer = (n: number): readonly string[] => (n < 0 ? [] : [0, 1, 2, 3].map(i => `${n}x${i}`));
		const layers = Array.from({length: 10}, (_, n) => n);
		const plan = planOf(layers.flatMap(n => layer(n).map(key => [key, layer(n - 1), approved] as const)));
		let looks = 0;
		const counted = new Proxy(plan.steps, {
			get: (steps, key) => {
				looks++;
				return Reflect.get(steps, key);
			},
		});
		expect(readiness({...plan, steps: counted}, '9x0')).toEqual({
			kind: 'waiting',
			on: layer(8).map(key => `step_${key}`),
		});
		expect(looks).toBeLessThan(400);
	});
});

describe('an edit that cannot be is refused in words', () => {
	const proposed = () => {
		const driven = drive({standing: {plan: false, edits: false, calls: false}});
		driven.plan(draftOf(stepDraft('a'), stepDraft('b', ['a'])));
		return driven;
	};

	test.each([
		[{title: ' '}, 'The title is empty.'],
		[{objective: ''}, 'The objective is empty.'],
		[{role: 'constructor'}, 'There is no role "constructor". Known: planner, scout, writer.'],
		[{toolBudget: -1}, 'The tool budget is a whole number of calls, 0 or more.'],
		[{dependsOn: ['step_t_2']}, 'The steps would form a cycle: a → b → a.'],
		[{dependsOn: ['step_t_9']}, 'There is no step step_t_9 to depend on.'],
		[{tools: ['magic']}, 'There is no tool "magic". Known: finish_step, read_file, write_file.'],
		[{files: ['../other/**']}, '"../other/**" is outside of the project. Name files relative to /project.'],
		[{files: ['/etc/passwd']}, '"/etc/passwd" is outside of the project. Name files relative to /project.'],
		[{files: ['a/../../b']}, '"a/../../b" is outside of the project. Name files relative to /project.'],
		[{files: ['~/notes']}, '"~/notes" is outside of the project. Name files relative to /project.'],
		[{files: ['.env']}, '".env" is protected: agents cannot reach it.'],
		[{files: [' ']}, 'A file has no name.'],
		[{acceptance: [' ']}, 'It is not said when the step is done: say how one can tell (acceptance).'],
	] as const)('%j', (patch, words) => {
		const driven = proposed();
		expect(driven.refuse({type: 'step.edit', runId, stepId: driven.stepId(1), patch})).toEqual({
			code: 'invalid',
			message: words,
		});
		expect(editProblems(driven.run(), driven.stepId(1), patch)).toEqual([words]);
	});

	test.each(['source/**', './a', '/project/a.ts', 'a/../b', 'outputs:report.md'])(
		'%s may be a file of a step',
		file => {
			const driven = proposed();
			driven.take({type: 'step.edit', runId, stepId: driven.stepId(1), patch: {files: [file]}});
			expect(driven.step('a').files).toEqual([file]);
		},
	);

	test('its agent gets the tools that were named, and can always report', () => {
		const driven = proposed();
		driven.take({type: 'step.edit', runId, stepId: driven.stepId(1), patch: {tools: ['write_file']}});
		driven.take({type: 'plan.approve', runId});
		expect(driven.agent('scout-1').assignment.tools).toEqual(['write_file', 'finish_step']);
	});

	test('a good edit changes the step and its estimate', () => {
		const driven = proposed();
		const before = driven.step('a');
		driven.take({type: 'step.edit', runId, stepId: before.id, patch: {title: 'Other', toolBudget: 1}});
		expect(driven.step('a')).toMatchObject({title: 'Other', toolBudget: 1});
		expect(driven.step('a').estimate).toBeLessThan(before.estimate ?? 0);
	});

	test('a step at work is a fact', () => {
		const driven = proposed();
		driven.take({type: 'plan.approve', runId});
		expect(driven.refuse({type: 'step.edit', runId, stepId: driven.stepId(1), patch: {title: 'Other'}})).toEqual({
			code: 'not_now',
			message: '"Do a" cannot be edited: it is working.',
		});
	});
});
