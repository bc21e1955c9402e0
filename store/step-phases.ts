import {asksPerson} from '../source/domain/agent.ts';
import {agentOf, type RunEvent, type Stamped} from '../source/domain/event.ts';
import type {AgentId, StepId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import {agentIn, type Run, stepOf} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {standsStill} from './stands-still.ts';

/**
 * What a step spends its time with. `approval`: a person was not asked, or has not said yes; `asking`: its agent waits
 * for a person; `paused`: a person or a limit of the run has stopped it; `waiting`: for other steps, a place or a
 * provider; `over`: nothing more happens to it.
 */
export type PhaseKind = 'approval' | 'held' | 'waiting' | 'working' | 'asking' | 'paused' | 'checking' | 'over';

/** It lasts until the next one. `from` is ms since 1970. */
export type Phase = {readonly kind: PhaseKind; readonly from: number};

const atWork = (run: Run, step: Step, agentId: AgentId): PhaseKind => {
	const owner = agentIn(run, agentId);
	if (owner === undefined) return 'working';
	const {kind} = owner.status;
	if (asksPerson(owner) || kind === 'limited' || kind === 'blocked') return 'asking';
	if (owner.calls.some(call => call.status.kind === 'checking')) return 'checking';
	if (standsStill(run, step)) return 'paused';
	return kind === 'backoff' || kind === 'queued' ? 'waiting' : 'working';
};

const phaseNow = (run: Run, step: Step): PhaseKind => {
	const {status} = step;
	switch (status.kind) {
		case 'proposed':
			return 'approval';
		case 'held':
			return 'held';
		case 'approved':
			return 'waiting';
		case 'working':
			return atWork(run, step, status.agentId);
		case 'rejected':
		case 'skipped':
		case 'split':
		case 'done':
		case 'failed':
			return 'over';
		default:
			return status satisfies never;
	}
};

/** What moves the whole run, or its plan. */
const ofAll: ReadonlySet<RunEvent['type']> = new Set([
	'plan.proposed',
	'step.split',
	'step.joined',
	'step.added',
	'run.paused',
	'run.resumed',
	'run.suspended',
	'run.recovered',
]);

/** The steps that an event may have moved. */
const movedBy = (run: Run, event: RunEvent): readonly Step[] => {
	if (ofAll.has(event.type)) return stepsOf(run.plan);
	const named = 'stepId' in event ? event.stepId : undefined;
	const step = stepOf(run, named ?? agentIn(run, agentOf(event))?.stepId);
	return step === undefined ? [] : [step];
};

/** How each step has spent its time so far, the oldest phase first. */
export type Phases = {
	/** Takes in an event; `run` is the run after it. */
	readonly add: (stamped: Stamped, run: Run) => void;
	readonly of: (stepId: StepId) => readonly Phase[];
};

export const createPhases = (): Phases => {
	const known = new Map<StepId, Phase[]>();
	const note = (step: Step, kind: PhaseKind, from: number): void => {
		const phases = known.get(step.id) ?? [];
		known.set(step.id, phases);
		if (phases.at(-1)?.kind === kind) return;
		// What lasted no time is no phase: between two turns an agent is queued for a moment.
		if (phases.at(-1)?.from === from) phases.pop();
		if (phases.at(-1)?.kind !== kind) phases.push({kind, from});
	};
	return {
		add: ({event, at}, run) => {
			for (const step of movedBy(run, event)) note(step, phaseNow(run, step), at);
		},
		of: stepId => known.get(stepId) ?? [],
	};
};
