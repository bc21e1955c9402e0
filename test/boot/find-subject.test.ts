import {describe, expect, it} from 'vitest';
import {chooseRun} from '../../source/boot/choose-run.ts';
import {findAgent, findRequest, findStep} from '../../source/boot/find-subject.ts';
import {Problem} from '../../source/boot/problem.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summaryOf} from '../db/sample-events.ts';
import {type MakeRunOptions, makeEvents, makeRun} from '../support/make-run.ts';
import {openTempLog} from '../support/temp-log.ts';

const run = makeRun({runId: 'run_k3f9a2', steps: 12});

describe('what a person means', () => {
	it.each(['agent_k3f9a2_2', 'agent_k3f_2', 'agent_2', 'scout-1', 'scout', 'sc'])('finds the agent %s', said => {
		expect(findAgent(run, said).name).toBe('scout-1');
	});

	it.each(['step_k3f9a2_2', 'step_2', '2', 'api', 'ap'])('finds the step %s', said => {
		expect(findStep(run, said).key).toBe('api');
	});

	it.each(['request_k3f9a2_1', 'request_k_1', 'request_1', '1'])(
		'finds the request %s, also one that is answered',
		said => {
			expect(findRequest(run, said)).toMatchObject({id: 'request_k3f9a2_1', ask: {kind: 'plan'}});
		},
	);

	it('takes no number alone that may be the id of one agent and the name of another', () => {
		expect(() => findAgent(run, '2')).toThrow(
			'"2" may be scout-1 (agent_k3f9a2_2) or analyst-2 (agent_k3f9a2_4) or builder-2 (agent_k3f9a2_8) of run_k3f9a2. Say its name or its id.',
		);
		expect(findAgent(makeRun({stage: 'proposed'}), '1').name).toBe('planner-1');
	});

	it('takes a whole name before the beginning of another', () => {
		expect(findAgent(run, 'analyst-1').name).toBe('analyst-1');
		expect(findStep(run, 'step_1').id).toBe('step_k3f9a2_1');
	});

	it('says what fits when several do, and what there is when nothing does', () => {
		expect(() => findAgent(run, 'analyst')).toThrow(/"analyst" fits \d agents of run_k3f9a2: analyst-1, analyst-2/);
		expect(() => findAgent(run, 'agent_k')).toThrow(/Type more of it/);
		expect(() => findStep(run, 'roof')).toThrow(/no step "roof" in run_k3f9a2.*scout, api.*flotilla tasks run_k3f9a2/);
		expect(() => findRequest(run, '99')).toThrow(Problem);
		const isAnswered = (id: string) => run.requests.some(one => one.id === id && one.status.kind !== 'open');
		expect(isAnswered('request_k3f9a2_1')).toBe(true);
		expect(() => findRequest(run, '99')).toThrow(/There are these open requests: request_k3f9a2_(?!1[,.])/);
		expect(() => findRequest(makeRun({stage: 'done'}), '99')).toThrow(/It has no open requests\./);
		expect(() => findStep(run, '')).toThrow(/no step ""/);
		expect(() => findStep(makeRun({stage: 'planning'}), 'api')).toThrow(/has no steps/);
	});
});

const logWith = (...runs: readonly (MakeRunOptions & {readonly runId: RunId})[]) => {
	const log = openTempLog();
	for (const options of runs) {
		const events = makeEvents(options);
		log.append(events, [summaryOf(events)]);
	}
	return log;
};

describe('the run that is meant', () => {
	it('is the newest of this folder that has not ended, else its newest, else the newest of all', () => {
		const here = process.cwd();
		const log = logWith({runId: 'run_a1', dir: here}, {runId: 'run_b1', dir: here, stage: 'done'}, {runId: 'run_c1'});
		expect(chooseRun(log, {})).toBe('run_a1');
		expect(chooseRun(logWith({runId: 'run_b1', dir: here, stage: 'done'}, {runId: 'run_c1'}), {})).toBe('run_b1');
		expect(chooseRun(logWith({runId: 'run_b1', stage: 'done'}, {runId: 'run_c1'}), {})).toBe('run_c1');
	});

	it('is the one that was named, before that of a whole id, before any other', () => {
		const log = logWith({runId: 'run_a1'}, {runId: 'run_b1'});
		expect(chooseRun(log, {subject: 'step_a1_4'})).toBe('run_a1');
		expect(chooseRun(log, {named: 'b', subject: 'step_a1_4'})).toBe('run_b1');
		expect(chooseRun(log, {subject: 'step_4'})).toBe('run_b1');
		expect(() => chooseRun(log, {named: 'z'})).toThrow(/no run "z"/);
		expect(() => chooseRun(log, {subject: 'step_z9_1'})).toThrow(/no run "run_z9"/);
	});
});
