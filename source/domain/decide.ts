import {advance} from './advance.ts';
import {nothingElsewhere} from './budget.ts';
import type {Command, Rejection} from './command.ts';
import {createRun} from './create-run.ts';
import {decideCommand} from './decide-command.ts';
import {decideReport} from './decide-report.ts';
import type {RunEvent} from './event.ts';
import {openPen} from './pen.ts';
import {recoverRun, suspendRun} from './recover.ts';
import type {Recovery, Report, Suspension, Tick} from './report.ts';
import type {Run} from './run.ts';

export type Message = Command | Report | Tick | Suspension | Recovery;

/** Facts that now become true, or why nothing does. An accepted message may have no events: a tick, mostly. */
export type Decision =
	| {
			readonly kind: 'events';
			readonly events: readonly RunEvent[];
			/** The run after each of them: whoever takes them in need not fold them once more. */
			readonly runs: readonly Run[];
	  }
	| {readonly kind: 'rejection'; readonly rejection: Rejection};

const isReport = (message: Message): message is Report =>
	message.type === 'turn.replied' ||
	message.type === 'plan.drafted' ||
	message.type === 'call.weighed' ||
	message.type === 'call.wants' ||
	message.type === 'rule.kept' ||
	message.type === 'call.ended';

/**
 * The only place where events come from. Pure: the same run, message and time always give the same events. `now` is
 * ms since 1970; `elsewhere` is what other runs draw from the day's limits. Late and double reports are rejected as `stale`; a rejection never changes anything.
 */
export const decide = (run: Run | undefined, message: Message, now: number, elsewhere = nothingElsewhere): Decision => {
	if (message.type === 'run.create') return createRun(run, message, now, elsewhere);
	if (run === undefined)
		return {
			kind: 'rejection',
			rejection: {code: 'unknown', message: 'There is no such run. `flotilla ls` lists them.'},
		};
	const pen = openPen(run, now, elsewhere);
	let rejection: Rejection | undefined;
	if (message.type === 'recovery') recoverRun(pen);
	else if (message.type === 'suspension') suspendRun(pen, message.isFound === true);
	else if (message.type === 'tick') rejection = undefined;
	else if (isReport(message)) rejection = decideReport(pen, message);
	else rejection = decideCommand(pen, message);
	if (rejection !== undefined) return {kind: 'rejection', rejection};
	advance(pen);
	return {kind: 'events', events: pen.events, runs: pen.runs};
};
