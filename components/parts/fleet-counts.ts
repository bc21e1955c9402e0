import type {Agent} from '../../source/domain/agent.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';
import {agentState} from './agent-state.ts';
import {stepState} from './step-state.ts';

/**
 * How many pieces of work of a run are in which state. A piece of work is a step, or an agent with a task beside the
 * plan, and it is counted under the glyph that it has in its row.
 */
export type FleetCount = {readonly mark: Mark; readonly word: string; readonly count: number};

/** In the order in which they matter. What will not run is not counted. */
const counted = [
	['needsYou', 'needs you'],
	['failed', 'failed'],
	['working', 'working'],
	['stalled', 'blocked'],
	['paused', 'paused'],
	['queued', 'queued'],
	['done', 'done'],
] as const satisfies readonly (readonly [Mark, string])[];

/** Who works for a step or for another agent is counted with it; the planner only while there is nothing else to see. */
const isBeside = ({plan}: Run, {stepId, parent, assignment}: Agent): boolean =>
	stepId === undefined && parent === undefined && (assignment.kind !== 'plan' || plan === undefined);

/** `now` is ms since 1970. */
export const fleetCounts = (run: Run, now: number): readonly FleetCount[] => {
	const asking = new Set(openRequests(run).map(({agentId}) => agentId));
	const marks = [
		...stepsOf(run.plan).map(step => stepState(run, step).mark),
		...run.agents
			.filter(agent => isBeside(run, agent))
			.map(agent => (asking.has(agent.id) ? 'needsYou' : agentState(run, agent, now).mark)),
	];
	return counted.map(([mark, word]) => ({mark, word, count: marks.filter(other => other === mark).length}));
};
