import {asksPerson, isActive} from '../source/domain/agent.ts';
import {agentOf, type RunEvent, type Stamped} from '../source/domain/event.ts';
import type {StepId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import {agentIn, type Run, stepOf} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';

/**
 * What a step spends its time with. `approval`: a person was not asked, or has not said yes; `asking`: its agent waits
 * for a person; `waiting`: for other steps, a place or a provider; `over`: nothing more happens to it.
 */
export type PhaseKind = 'approval' | 'held' | 'waiting' | 'working' | 'asking' | 'checking' | 'over';

/** It lasts until the next one. `from` is ms since 1970. */
export type Phase = {readonly kind: PhaseKind; readonly from: number};

const atWork = (run: Run, status: Extract<Step['status'], {kind: 'working'}>): PhaseKind => {
	const owner = agentIn(run, status.agentId);
	if (owner === undefined) return 'working';
	const {kind} = owner.status;
	if (asksPerson(owner) || kind === 'limited' || kind === 'blocked' || kind === 'interrupted') return 'asking';
	if (owner.calls.some(call => call.status.kind === 'checking')) return 'checking';
	return kind === 'backoff' || kind === 'queued' || (owner.paused && !isActive(owner)) ? 'waiting' : 'working';
};

const phaseNow = (run: Run, {status}: Step): PhaseKind => {
	switch (status.kind) {
		case 'proposed':
			return 'approval';
		case 'held':
			return 'held';
		case 'approved':
			return 'waiting';
		case 'working':
			return atWork(run, status);
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

/** The steps that an event may have moved. */
const movedBy = (run: Run, event: RunEvent): readonly Step[] => {
	if (event.type === 'plan.proposed' || event.type === 'step.split' || event.type === 'step.added')
		return stepsOf(run.plan);
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
