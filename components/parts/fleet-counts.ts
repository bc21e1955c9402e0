import {isEnded} from '../../source/domain/agent.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests, type Run, type StepWord} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';
import {stepState} from './step-state.ts';

/** How many things of a run are in which state. A piece of work is a step, or an agent with a task beside the plan. */
export type FleetCount = {readonly mark: Mark; readonly word: string; readonly count: number};

/** What will not run, and what counts as a request. */
const notQueued: ReadonlySet<StepWord> = new Set(['rejected', 'skipped', 'split', 'needs you']);

/** In the order in which they matter. `needs you` counts open requests, because one agent may ask several things. */
export const fleetCounts = (run: Run): readonly FleetCount[] => {
	let working = 0;
	let paused = 0;
	let queued = 0;
	let failed = 0;
	let done = 0;
	for (const step of stepsOf(run.plan)) {
		const {word} = stepState(run, step);
		if (word === 'working') working++;
		else if (word === 'paused') paused++;
		else if (word === 'done') done++;
		else if (word === 'failed') failed++;
		else if (!notQueued.has(word)) queued++;
	}
	for (const agent of run.agents) {
		// Who works for a step or for another agent is counted with it; the planner only while there is nothing else to see.
		if (
			agent.stepId !== undefined ||
			agent.parent !== undefined ||
			(agent.assignment.kind === 'plan' && run.plan !== undefined)
		)
			continue;
		if (agent.status.kind === 'done') done++;
		else if (agent.status.kind === 'failed') failed++;
		else if (agent.status.kind === 'queued') queued++;
		else if (!isEnded(agent)) working++;
	}
	return [
		{mark: 'needsYou', word: 'needs you', count: openRequests(run).length},
		{mark: 'failed', word: 'failed', count: failed},
		{mark: 'working', word: 'working', count: working},
		{mark: 'paused', word: 'paused', count: paused},
		{mark: 'queued', word: 'queued', count: queued},
		{mark: 'done', word: 'done', count: done},
	];
};
