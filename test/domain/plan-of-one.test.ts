import {describe, expect, test} from 'vitest';
import {nothingElsewhere} from '../../source/domain/budget.ts';
import {decide} from '../../source/domain/decide.ts';
import {planProblems} from '../../source/domain/plan.ts';
import {planOfOne} from '../../source/domain/plan-of-one.ts';
import {needsPerson, openRequests, runWord} from '../../source/domain/run.ts';
import {nothingStanding} from '../../source/domain/settings.ts';
import {drive, runId, settings} from './drive.ts';

const createWith = (role: string) =>
	({type: 'run.create', runId, goal: 'Look.', settings: {...settings, role}}) as const;

describe('a goal that is given to one role', () => {
	test('is a plan of one step with the goal as its objective, and no turn is spent on it', () => {
		const {run, events, effects, step} = drive({role: 'scout', standing: nothingStanding});
		expect(run()).toMatchObject({status: {kind: 'active'}, plan: {source: 'template', taskType: 'custom'}});
		expect(step('scout')).toMatchObject({
			title: 'Survey this project',
			role: 'scout',
			objective: 'Survey this project',
			status: {kind: 'proposed'},
			estimate: expect.any(Number),
		});
		expect(events.map(({type}) => type)).toEqual(['run.created', 'plan.proposed', 'request.opened']);
		expect(effects).toEqual([]);
		expect([runWord(run()), needsPerson(run())]).toEqual(['waiting', true]);
	});

	test('is approved like any plan, and ends with its step', () => {
		const {run, take, agent, finish} = drive({role: 'writer', standing: nothingStanding});
		take({type: 'plan.approve', runId});
		expect(agent('writer-1').status.kind).toBe('thinking');
		finish('writer-1');
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'done'});
	});

	test('begins at once where the plan was approved in advance', () => {
		const {run, agent} = drive({role: 'scout'});
		expect(openRequests(run())).toEqual([]);
		expect(run().agents.map(({name}) => name)).toEqual(['scout-1']);
		expect(agent('scout-1').status.kind).toBe('thinking');
	});

	test('waits for a person while its step is held, though nobody was ever at work', () => {
		const {run, take, step} = drive({role: 'scout', standing: nothingStanding});
		take({type: 'step.hold', runId, stepId: step('scout').id});
		expect(openRequests(run())).toEqual([]);
		expect(runWord(run())).toBe('waiting');
		take({type: 'step.reject', runId, stepId: step('scout').id, reason: 'not now'});
		expect(run().status).toMatchObject({kind: 'ended', outcome: 'stopped'});
	});

	test.each(['cook', 'planner'])('is refused for %s, and those who can work are named', role => {
		expect(decide(undefined, createWith(role), 0, nothingElsewhere)).toEqual({
			kind: 'rejection',
			rejection: {
				code: 'invalid',
				message: `A goal can be given to one of scout, writer; "${role}" is none of them.`,
			},
		});
	});

	test('is accepted for a role that works', () => {
		expect(decide(undefined, createWith('scout'), 0, nothingElsewhere).kind).toBe('events');
	});

	test('keeps the kind of task that was said, and names the step by the first line of the goal', () => {
		const role = settings.roles['scout'];
		if (role === undefined) throw new Error('There is no scout.');
		const draft = planOfOne('Find the leak\nin the hull', role, 'bug_fix');
		expect(planProblems(draft, settings.roles)).toEqual([]);
		expect(draft).toMatchObject({
			taskType: 'bug_fix',
			steps: [{title: 'Find the leak', objective: 'Find the leak\nin the hull', toolBudget: 10, tier: 'sonnet'}],
		});
	});
});
