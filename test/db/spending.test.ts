import {expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import type {AgentId, StepId} from '../../source/domain/id.ts';
import {dayOf, noSpend} from '../../source/domain/limits.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';
import {agentCreated, created, newEvents, summaryOf} from './sample-events.ts';

const finished = (
	stepId: StepId,
	agentId: AgentId,
	spent: number | undefined,
	estimate: number | undefined,
): RunEvent => ({
	type: 'step.finished',
	stepId,
	agentId,
	packet: {status: 'UNVERIFIED', summary: 's', findings: [], produced: [], risks: []},
	spent,
	estimate,
});

test('what finished steps have cost is summed up by role and model over all runs', () => {
	const {log} = openStore();
	expect(log.stepHistory()).toEqual([]);
	log.append(
		newEvents('run_a', [
			created('one'),
			agentCreated('agent_a_1', 'scout-1'),
			agentCreated('agent_a_2', 'scout-2'),
			finished('step_a_1', 'agent_a_1', 100, 150),
			// Of an unknown price nothing can be learned.
			finished('step_a_2', 'agent_a_2', undefined, 80),
		]),
		[],
	);
	log.append(
		newEvents('run_b', [
			created('two'),
			agentCreated('agent_b_1', 'scout-1'),
			finished('step_b_1', 'agent_b_1', 300, 150),
			finished('step_b_2', 'agent_b_1', 50, undefined),
			finished('step_b_3', 'agent_b_1', 0, 0),
		]),
		[],
	);
	expect(log.stepHistory()).toEqual([{role: 'scout', model: 'offline-1', steps: 4, cost: 113, error: 0.5}]);
	// A step that is done again counts as it is now.
	log.append(newEvents('run_a', [finished('step_a_1', 'agent_a_1', 110, 110)]), []);
	expect(log.stepHistory()[0]?.error).toBe(0.25);
});

test('a step without an estimate has a cost and no error, and a batch that fails books nothing', () => {
	const {log} = openStore();
	const endless: Record<string, unknown> = {};
	endless['self'] = endless;
	const bad: RunEvent = {
		type: 'call.proposed',
		callId: 'call_a_1',
		agentId: 'agent_a_1',
		turnId: 'turn_a_1',
		useId: 'u',
		tool: 't',
		input: endless,
	};
	const start = [created('one'), agentCreated('agent_a_1', 'scout-1')];
	expect(() =>
		log.append(newEvents('run_a', [...start, finished('step_a_1', 'agent_a_1', 7, undefined), bad]), []),
	).toThrow(TypeError);
	expect(log.stepHistory()).toEqual([]);
	log.append(newEvents('run_a', [...start, finished('step_a_1', 'agent_a_1', 7, undefined)]), []);
	expect(log.stepHistory()).toEqual([{role: 'scout', model: 'offline-1', steps: 1, cost: 7, error: undefined}]);
});

test('the spending of a day is that of all other runs that last worked on it', () => {
	const {log, keep} = openStore();
	const a = makeEvents({runId: 'run_a', steps: 3, stage: 'done'});
	const b = makeEvents({runId: 'run_b', steps: 4});
	const day = dayOf(a[0]?.at ?? 0);
	const later = makeEvents({runId: 'run_c'}).map(stamped => ({...stamped, at: stamped.at + 86_400_000}));
	for (const events of [a, b, later]) keep(events);
	const {day: _, ...spentA} = summaryOf(a).today;
	const {day: __, ...spentB} = summaryOf(b).today;
	expect(spentA.money).toBeGreaterThan(0);
	expect(log.spentOn(day, ['run_b'])).toEqual(spentA);
	expect(log.spentOn(day, ['run_a', 'run_x'])).toEqual(spentB);
	expect(log.spentOn(day, []).money).toBe(spentA.money + spentB.money);
	expect(log.spentOn(day, []).turns).toBe(spentA.turns + spentB.turns);
	expect(log.spentOn(day, ['run_a', 'run_b'])).toEqual(noSpend);
	expect(log.spentOn(day + 2, [])).toEqual(noSpend);
});
