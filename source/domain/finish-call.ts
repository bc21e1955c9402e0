import type {Call, CallOutcome, FileTouch} from './call.ts';
import {checkTool} from './call.ts';
import {withdrawRequests} from './end-agent.ts';
import {type Pen, write} from './pen.ts';
import {settleChecks} from './verify.ts';

export type CallEnd = {
	readonly outcome: CallOutcome;
	readonly output: string;
	readonly touched?: readonly FileTouch[];
	readonly changes?: boolean;
};

/** A call has its end; what it still asked is taken back, and the last check of a step settles the step. */
export const finishCall = (pen: Pen, call: Call, {outcome, output, touched = [], changes = false}: CallEnd): void => {
	withdrawRequests(pen, call.agentId, call.id);
	write(pen, {type: 'call.finished', callId: call.id, agentId: call.agentId, outcome, output, touched, changes});
	if (call.tool === checkTool) settleChecks(pen, call.agentId);
};
