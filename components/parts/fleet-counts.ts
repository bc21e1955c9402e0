import type {Agent} from '../../source/domain/agent.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Request} from '../../source/domain/request.ts';
import {agentIn, openRequests, type Run} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';
import {agentState} from './agent-state.ts';
import {stepState} from './step-state.ts';

/**
 * How many pieces of work of a run are in which state. A piece of work is a step, or an agent with a task beside the
 * plan, and it is counted under the glyph that it has in its row. What asks a person and has no such row, as a limit of
 * the run, is counted with what needs you.
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

/** Who works for a step is counted with it; the planner and who helps it only while there is nothing else to see. */
const isBeside = (run: Run, {stepId, parent, assignment}: Agent): boolean => {
	if (stepId !== undefined || (assignment.kind === 'plan' && run.plan !== undefined)) return false;
	const asker = parent === undefined ? undefined : agentIn(run, parent.agentId);
	return asker === undefined || isBeside(run, asker);
};

/** `now` is ms since 1970. */
export const fleetCounts = (run: Run, now: number): readonly FleetCount[] => {
	const requests = openRequests(run);
	const asking = new Set(requests.map(({agentId}) => agentId));
	const steps = stepsOf(run.plan).map(step => ({id: step.id, mark: stepState(run, step).mark}));
	const beside = run.agents.filter(agent => isBeside(run, agent));
	const waiting = steps.filter(({mark}) => mark === 'needsYou');
	// A plan that waits is seen by its steps.
	const isSeen = ({ask, stepId, agentId}: Request): boolean =>
		(ask.kind === 'plan' && waiting.length > 0) ||
		waiting.some(({id}) => id === stepId) ||
		beside.some(({id}) => id === agentId);
	const marks: readonly Mark[] = [
		...steps.map(({mark}) => mark),
		...beside.map(agent => (asking.has(agent.id) ? 'needsYou' : agentState(run, agent, now).mark)),
		...requests.filter(request => !isSeen(request)).map(() => 'needsYou' as const),
	];
	return counted.map(([mark, word]) => ({mark, word, count: marks.filter(other => other === mark).length}));
};
