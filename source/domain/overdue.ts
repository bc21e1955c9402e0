import type {Agent} from './agent.ts';
import {answerRequest} from './answer-request.ts';
import {turnMsOf} from './budget.ts';
import {type Pen, write} from './pen.ts';
import type {Request} from './request.ts';
import {openRequests, type Run, requestIn} from './run.ts';

/** When nobody will have answered in time, ms since 1970; undefined when the request may wait for ever. */
const dueAt = (run: Run, {ask, openedAt, overdueAt, status}: Request): number | undefined => {
	const {afterMs} = run.settings.patience;
	if (status.kind !== 'open' || afterMs === undefined || overdueAt !== undefined) return undefined;
	// While these are open nothing goes on that a pause could save.
	if (ask.kind === 'plan' || ask.kind === 'budget' || ask.kind === 'lane') return undefined;
	// While nobody carried the run, nobody could answer.
	return Math.max(openedAt, run.carriedSince) + afterMs;
};

/** Do what was set for requests that nobody answers. */
const passOver = (pen: Pen, request: Request): void => {
	const {afterMs = 0, action} = pen.run.settings.patience;
	write(pen, {type: 'request.overdue', requestId: request.id});
	if (action === 'deny') {
		const reason = `nobody answered within ${Math.ceil(afterMs / 60_000)} min`;
		answerRequest(pen, request, {kind: 'deny', reason}, 'policy');
	} else if (pen.run.status.kind === 'active') {
		write(pen, {type: 'run.paused', by: 'timeout'});
	}
};

/** A pause because nobody answered is over once nothing overdue waits any more. */
const resumeAfterTimeout = (pen: Pen): void => {
	const {status} = pen.run;
	if (status.kind !== 'paused' || status.by !== 'timeout') return;
	if (!openRequests(pen.run).some(request => request.overdueAt !== undefined)) write(pen, {type: 'run.resumed'});
};

/** Whether nobody has cut off the agent's turn yet: not by the clock, and not with the agent. */
const mayBeCut = ({status, turn}: Agent): boolean => status.kind === 'thinking' && turn?.cut === undefined;

/** Cut off what takes too long, and pass over what nobody answers. */
export const tendOverdue = (pen: Pen): void => {
	for (const agent of pen.run.agents) {
		const {turn} = agent;
		const turnMs = turn === undefined ? 0 : turnMsOf(pen.run, agent);
		if (turn !== undefined && mayBeCut(agent) && turn.startedAt + turnMs <= pen.now) {
			const message = `The model's reply took longer than ${Math.round(turnMs / 1000)} s and was cut off.`;
			write(pen, {type: 'turn.cut', turnId: turn.id, agentId: agent.id, failure: {kind: 'stalled', message}});
		}
		for (const call of agent.calls)
			if (
				call.status.kind === 'running' &&
				!call.status.isCut &&
				call.status.startedAt + pen.run.settings.watch.callMs <= pen.now
			)
				write(pen, {type: 'call.cut', callId: call.id, agentId: agent.id});
	}
	for (const {id} of openRequests(pen.run)) {
		// What was done about one may have taken back another.
		const request = requestIn(pen.run, id);
		const due = request === undefined ? undefined : dueAt(pen.run, request);
		if (request !== undefined && due !== undefined && due <= pen.now) passOver(pen, request);
	}
	resumeAfterTimeout(pen);
};

const timesOf = (run: Run): readonly number[] => {
	const times: number[] = [];
	for (const agent of run.agents) {
		const {turn, status} = agent;
		if (status.kind === 'backoff') times.push(status.until);
		if (turn !== undefined && mayBeCut(agent)) times.push(turn.startedAt + turnMsOf(run, agent));
		for (const call of agent.calls)
			if (call.status.kind === 'running' && !call.status.isCut)
				times.push(call.status.startedAt + run.settings.watch.callMs);
	}
	for (const {state} of Object.values(run.lanes)) if (state.kind === 'paused') times.push(state.until);
	for (const request of openRequests(run)) {
		const due = dueAt(run, request);
		if (due !== undefined) times.push(due);
	}
	return times;
};

/**
 * When a tick would move the run, ms since 1970; undefined when none would. All that was due at `now` is done: what
 * still waits then waits for something else, such as a place, and is moved by the message that frees it.
 */
export const wakeAt = (run: Run, now: number): number | undefined => {
	if (run.status.kind === 'ended' || run.suspended) return undefined;
	let next: number | undefined;
	for (const time of timesOf(run)) if (time > now && (next === undefined || time < next)) next = time;
	return next;
};
