import {isEnded} from './agent.ts';
import {type Pen, write} from './pen.ts';
import {readinessOf, stepsOf} from './plan.ts';
import {openRequests} from './run.ts';
import {hasFailed, isPending} from './step.ts';

/** End the run when nothing more can happen in it. */
export const endRun = (pen: Pen): void => {
	const {run} = pen;
	const {plan} = run;
	if (plan === undefined || openRequests(run).length > 0) return;
	if (run.agents.some(agent => !isEnded(agent))) return;
	const steps = stepsOf(plan);
	const left = steps.filter(isPending);
	if (run.windsUp && left.length > 0) {
		const reason = `a limit was reached; not begun: ${left.map(step => step.key).join(', ')}`;
		write(pen, {type: 'run.ended', outcome: 'stopped', reason, failure: undefined});
		return;
	}
	for (const step of steps) {
		const {kind} = step.status;
		if (kind === 'proposed' || kind === 'held' || kind === 'working') return;
		if (kind === 'approved' && readinessOf(plan, step).kind !== 'blocked') return;
	}
	const failed = steps.filter(step => step.status.kind === 'failed');
	const blocked = steps.filter(step => step.status.kind === 'approved');
	const faulted = steps.filter(hasFailed);
	const done = steps.filter(step => step.status.kind === 'done');
	if (failed.length > 0) {
		const names = failed.map(step => step.key).join(', ');
		const reason =
			blocked.length > 0
				? `failed: ${names}; blocked by that: ${blocked.map(step => step.key).join(', ')}`
				: `failed: ${names}`;
		const [first] = failed;
		const failure = first?.status.kind === 'failed' ? first.status.failure : undefined;
		write(pen, {type: 'run.ended', outcome: 'failed', reason, failure});
	} else if (faulted.length > 0) {
		const reason = `reported FAIL: ${faulted.map(step => step.key).join(', ')}`;
		write(pen, {type: 'run.ended', outcome: 'failed', reason, failure: undefined});
	} else if (done.length === 0) {
		const reason = 'every step was rejected or skipped';
		write(pen, {type: 'run.ended', outcome: 'stopped', reason, failure: undefined});
	} else {
		write(pen, {type: 'run.ended', outcome: 'done', reason: `${done.length} steps done`, failure: undefined});
	}
};
