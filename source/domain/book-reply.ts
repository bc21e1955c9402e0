import type {Agent, Turn} from './agent.ts';
import {callsLeft, warningsFor} from './budget.ts';
import {checkTool, finishTool, freeTools} from './call.ts';
import {cancelCalls, failAgent} from './end-agent.ts';
import type {Failure} from './failure.ts';
import type {AgentId} from './id.ts';
import {isLaneFailure} from './lane.ts';
import {holdLane, isShut, widenLane} from './lane-traffic.ts';
import type {ReplyBlock, ToolUseBlock} from './message.ts';
import {nextId, type Pen, write} from './pen.ts';
import type {Reply} from './report.ts';
import {retryAt} from './retry.ts';
import {agentIn} from './run.ts';
import {settle, settleFailed} from './settle.ts';

export type GoodReply = Extract<Reply, {kind: 'done'}>;

export const usesIn = (content: readonly ReplyBlock[]): readonly ToolUseBlock[] =>
	content.filter(block => block.type === 'tool_use');

/**
 * Every tool use becomes a call, for without a result the conversation could not go on. What is over the agent's
 * budget of calls ends at once; reporting and asking cost nothing.
 */
const proposeCalls = (pen: Pen, before: Agent, turn: Turn, content: readonly ReplyBlock[]): void => {
	// In the last turn no tool but the report is offered.
	let left = turn.last ? 0 : callsLeft(pen.run, before, pen);
	for (const {useId, name, input} of usesIn(content)) {
		const callId = nextId(pen, 'call');
		const isCheck = name === checkTool;
		const refused = isCheck || (!freeTools.has(name) && --left < 0);
		const proposed = {
			type: 'call.proposed',
			callId,
			agentId: before.id,
			turnId: turn.id,
			useId,
			tool: name,
			input,
		} as const;
		write(pen, refused ? {...proposed, overBudget: true} : proposed);
		if (!refused) continue;
		const output = isCheck
			? `Not carried out: checks are run by Flotilla. Report with ${finishTool}, and they will be.`
			: 'Not carried out: the calls of this assignment are used up. Report what is done, and name what is missing.';
		write(pen, {
			type: 'call.finished',
			callId,
			agentId: before.id,
			outcome: 'denied',
			output,
			touched: [],
			changes: false,
		});
	}
};

/** Tell a person once when four fifths of a limit are used up. */
const warnOfLimits = (pen: Pen, agentId: AgentId): void => {
	const agent = agentIn(pen.run, agentId);
	if (agent === undefined || pen.run.status.kind === 'ended') return;
	for (const {owner, limit, used} of warningsFor(pen.run, agent, pen)) {
		const {scope, what, agentId, stepId} = owner;
		write(pen, {type: 'budget.warned', scope, what, limit, used, agentId, stepId});
	}
};

const leftFailure: Failure = {kind: 'lost', message: 'Flotilla was left while the model was replying.'};

/** Book what a request to the model brought. Returns the good reply, or undefined when there is none to go on with. */
export const bookReply = (pen: Pen, agent: Agent, reply: Reply): GoodReply | undefined => {
	const {turn} = agent;
	if (turn === undefined) return undefined;
	if (reply.kind === 'done') {
		write(pen, {
			type: 'turn.finished',
			turnId: turn.id,
			agentId: agent.id,
			content: reply.content,
			stopReason: reply.stopReason,
			settlement: settle(turn, reply.usage),
		});
		warnOfLimits(pen, agent.id);
		widenLane(pen, turn);
		// The planner has no tools: its reply is read as a plan.
		if (agent.assignment.kind !== 'plan') proposeCalls(pen, agent, turn, reply.content);
		if (agent.status.kind === 'thinking') return reply;
		// An agent that was cut off in the meantime stays so; what its model said is kept.
		cancelCalls(pen, agent.id, 'Not carried out: the turn was cut off.');
		return undefined;
	}
	const {suspended} = pen.run;
	// Cut off because Flotilla is being left: the agent asks again when the run is taken up.
	const aborted = reply.failure.kind === 'aborted';
	const failure: Failure = aborted && suspended ? leftFailure : aborted ? (turn.cut ?? reply.failure) : reply.failure;
	const thinking = agent.status.kind === 'thinking';
	const ofLane = isLaneFailure(failure);
	const retry = suspended || ofLane ? pen.now : retryAt(failure, agent.attempts, turn.id, pen.now);
	// Where the lane is shut, the agent waits for that and not beside it.
	const again = !thinking || retry === undefined ? undefined : isShut(pen.run, agent.model.provider) ? pen.now : retry;
	write(pen, {
		type: 'turn.failed',
		turnId: turn.id,
		agentId: agent.id,
		failure,
		partial: reply.partial,
		settlement: settleFailed(agent, turn, failure.kind, reply.usage, reply.partial.length > 0),
		retryAt: again,
	});
	if (ofLane) holdLane(pen, turn, failure);
	warnOfLimits(pen, agent.id);
	if (thinking && again === undefined) failAgent(pen, agent, failure);
	return undefined;
};
