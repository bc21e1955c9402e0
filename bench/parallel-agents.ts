import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {PlanDraft} from '../source/domain/plan.ts';
import {openRealFleet} from '../test/support/real-fleet.ts';
import {startStandIn} from '../test/support/stand-in/server.ts';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';

const agents = 10;
const workMs = 1000;

/** Ten steps that need nothing, each one reply of one second: `finish_step` after a pause. */
const plan: PlanDraft = {
	taskType: 'analysis',
	steps: Array.from({length: agents}, (_, i) => ({
		key: `part${i}`,
		title: `Part ${i}`,
		role: 'analyst',
		objective: 'Wait a second, then report.',
		files: [],
		acceptance: ['It reported.'],
		dependsOn: [],
		tier: 'haiku' as const,
		toolBudget: 5,
	})),
};

const report = {status: 'VERIFIED', summary: 'done', findings: [], produced: [], risks: []};

const measure = async (): Promise<{readonly fleetMs: number; readonly floorMs: number}> => {
	await using server = await startStandIn({
		script: request =>
			request.schema !== undefined
				? {blocks: [{type: 'text', text: JSON.stringify(plan)}]}
				: {blocks: [{type: 'tool_use', name: 'finish_step', input: report}], pace: {ttftMs: workMs}},
	});
	const fleet = openRealFleet(server.url, mkdtempSync(join(tmpdir(), 'flotilla-bench-')), {
		maxParallel: agents,
		standing: {plan: false, edits: true, calls: true},
	});
	let fleetMs: number;
	try {
		await fleet.engine.send({type: 'run.create', runId: 'run_bench', goal: 'a benchmark', settings: fleet.settings});
		await fleet.until('run_bench', run => run.plan !== undefined);
		const began = performance.now();
		await fleet.engine.send({type: 'plan.approve', runId: 'run_bench'});
		const run = await fleet.until('run_bench', now => now.status.kind === 'ended');
		fleetMs = performance.now() - began;
		if (run.status.kind !== 'ended' || run.status.outcome !== 'done') throw new Error('The run did not end well.');
	} finally {
		await fleet.close();
	}

	// The floor: the same requests to the same server with nothing around them.
	const floorBegan = performance.now();
	const body = JSON.stringify({
		model: 'claude-haiku-5-5',
		max_tokens: 1000,
		stream: true,
		messages: [{role: 'user', content: 'go'}],
	});
	const headers = {'content-type': 'application/json', authorization: 'Bearer a-test-key'};
	await Promise.all(
		Array.from({length: agents}, async () => {
			const response = await fetch(`${server.url}/v1/messages`, {method: 'POST', headers, body});
			await response.text();
		}),
	);
	return {fleetMs, floorMs: performance.now() - floorBegan};
};

/** How long ten agents with a second of work each take together, beside ten bare requests. */
export const benchParallelAgents = async (): Promise<boolean> => {
	await measure();
	const rounds = [];
	for (let i = 0; i < 5; i++) rounds.push(await measure());
	const fleetMs = median(rounds.map(round => round.fleetMs));
	const floorMs = median(rounds.map(round => round.floorMs));
	return reportGoals(
		`${agents} agents in parallel, ${workMs} ms of work each`,
		[{what: 'wall time', value: fleetMs, most: 1300, unit: 'ms'}],
		`bare requests ${floorMs.toFixed(0)} ms, ratio ${(fleetMs / floorMs).toFixed(2)}`,
	);
};
