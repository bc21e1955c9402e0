import type {Happening, PlannedStep} from './event.ts';
import {joined, split} from './evolve-split.ts';
import type {StepId} from './id.ts';
import {withLimit} from './limits.ts';
import type {Plan} from './plan.ts';
import {countedSteps, proposedStep} from './proposed-step.ts';
import type {Run} from './run.ts';
import {setStatus, setStep} from './set-step.ts';

const startedAt = (run: Run, stepId: StepId, fallback: number): number => {
	const status = run.plan?.steps[stepId]?.status;
	return status?.kind === 'working' ? status.startedAt : fallback;
};

/** It stands before the first of those that wait for it; without any, at the end. */
const added = (run: Run, planned: PlannedStep, neededBy: readonly StepId[]): Run => {
	if (run.plan === undefined) return run;
	const {order} = run.plan;
	const before = order.findIndex(id => neededBy.includes(id));
	const steps = Object.fromEntries(
		Object.entries(run.plan.steps).map(([id, step]) => [
			id,
			neededBy.includes(step.id) ? {...step, dependsOn: [...step.dependsOn, planned.id]} : step,
		]),
	);
	const plan: Plan = {
		...run.plan,
		order: before === -1 ? [...order, planned.id] : order.toSpliced(before, 0, planned.id),
		steps: {...steps, ...Object.fromEntries([proposedStep(planned)])},
	};
	return countedSteps({...run, plan}, 1);
};

/** Who needed it needs what it needed. */
const removed = (run: Run, stepId: StepId): Run => {
	if (run.plan === undefined) return run;
	const {[stepId]: gone, ...rest} = run.plan.steps;
	if (gone === undefined) return run;
	const steps = Object.fromEntries(
		Object.entries(rest).map(([id, step]) => [
			id,
			step.dependsOn.includes(stepId)
				? {
						...step,
						dependsOn: [...new Set(step.dependsOn.flatMap(need => (need === stepId ? gone.dependsOn : [need])))],
					}
				: step,
		]),
	);
	return {...run, plan: {...run.plan, order: run.plan.order.filter(id => id !== stepId), steps}};
};

/** Two steps, each in the place of the other; both ways it is the same, so that it can be taken back. */
const moved = (run: Run, stepId: StepId, past: StepId): Run => {
	if (run.plan === undefined) return run;
	const order = run.plan.order.map(id => (id === stepId ? past : id === past ? stepId : id));
	return {...run, plan: {...run.plan, order}};
};

/** The plan of a run after an event. */
export const evolvePlan = (run: Run, {event, at}: Happening): Run => {
	switch (event.type) {
		case 'plan.proposed': {
			const plan: Plan = {
				taskType: event.taskType,
				source: event.source,
				order: event.steps.map(planned => planned.id),
				steps: Object.fromEntries(event.steps.map(proposedStep)),
			};
			// A run that was paused while its plan was made stays so.
			const status: Run['status'] = run.status.kind === 'planning' ? {kind: 'active'} : run.status;
			return countedSteps({...run, plan, status}, event.steps.length);
		}
		case 'step.approved':
		case 'step.retried':
			return setStatus(run, event.stepId, {kind: 'approved'});
		case 'step.held':
			return setStatus(run, event.stepId, {kind: 'held'});
		case 'step.rejected':
			return setStatus(run, event.stepId, {kind: 'rejected', reason: event.reason});
		case 'step.skipped':
			return setStatus(run, event.stepId, {kind: 'skipped', reason: event.reason});
		case 'step.split':
			return split(run, event.stepId, event.into);
		case 'step.joined':
			return joined(run, event.stepId);
		case 'step.edited':
			return setStep(run, event.stepId, step => ({...step, ...event.patch, estimate: event.estimate}));
		case 'step.added':
			return added(run, event.step, event.neededBy);
		case 'step.removed':
			return removed(run, event.stepId);
		case 'step.moved':
			return moved(run, event.stepId, event.past);
		case 'step.proposed':
			return setStatus(run, event.stepId, {kind: 'proposed'});
		case 'step.started':
			return setStatus(run, event.stepId, {kind: 'working', agentId: event.agentId, startedAt: at});
		case 'step.finished':
			return setStatus(run, event.stepId, {
				kind: 'done',
				agentId: event.agentId,
				startedAt: startedAt(run, event.stepId, at),
				endedAt: at,
				packet: event.packet,
			});
		case 'step.failed':
			return setStatus(run, event.stepId, {
				kind: 'failed',
				agentId: event.agentId,
				startedAt: startedAt(run, event.stepId, at),
				endedAt: at,
				failure: event.failure,
			});
		case 'budget.raised': {
			const {scope, what, limit, stepId} = event;
			return scope !== 'step' || stepId === undefined
				? run
				: setStep(run, stepId, step => ({...step, allowance: withLimit(step.allowance, what, limit)}));
		}
		default:
			return run;
	}
};
