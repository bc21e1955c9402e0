import type {Agent} from './agent.ts';
import {askTool, finishTool} from './call.ts';
import {cancelCalls, failAgent} from './end-agent.ts';
import type {Failure} from './failure.ts';
import type {TurnId} from './id.ts';
import type {ReplyBlock, ToolUseBlock} from './message.ts';
import {nextId, type Pen, write} from './pen.ts';
import type {Reply} from './report.ts';
import {retryAt} from './retry.ts';
import {settle, settleFailed} from './settle.ts';

export type GoodReply = Extract<Reply, {kind: 'done'}>;

export const usesIn = (content: readonly ReplyBlock[]): readonly ToolUseBlock[] =>
	content.filter(block => block.type === 'tool_use');

/**
 * Every tool use becomes a call, for without a result the conversation could not go on. What is over the agent's
 * budget of calls ends at once; reporting and asking cost nothing.
 */
const proposeCalls = (pen: Pen, before: Agent, turnId: TurnId, content: readonly ReplyBlock[]): void => {
	const {toolBudget} = before.assignment;
	let made = before.callsMade;
	for (const {useId, name, input} of usesIn(content)) {
		const callId = nextId(pen, 'call');
		write(pen, {type: 'call.proposed', callId, agentId: before.id, turnId, useId, tool: name, input});
		if (name === finishTool || name === askTool || ++made <= toolBudget) continue;
		const output = `Not carried out: the ${toolBudget} calls of this assignment are used up. Report what is done and what is missing.`;
		write(pen, {type: 'call.finished', callId, agentId: before.id, outcome: 'denied', output, touched: []});
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
			settlement: settle(agent, reply.usage),
		});
		// The planner has no tools: its reply is read as a plan.
		if (agent.assignment.kind !== 'plan') proposeCalls(pen, agent, turn.id, reply.content);
		if (agent.status.kind === 'thinking') return reply;
		// An agent that was cut off in the meantime stays so; what its model said is kept.
		cancelCalls(pen, agent.id, 'Not carried out: the turn was cut off.');
		return undefined;
	}
	const {suspended} = pen.run;
	// Cut off because Flotilla is being left: the agent asks again when the run is taken up.
	const failure: Failure = suspended && reply.failure.kind === 'aborted' ? leftFailure : reply.failure;
	const thinking = agent.status.kind === 'thinking';
	const retry = suspended ? pen.now : retryAt(failure, agent.attempts, turn.id, pen.now);
	const again = thinking ? retry : undefined;
	write(pen, {
		type: 'turn.failed',
		turnId: turn.id,
		agentId: agent.id,
		failure,
		partial: reply.partial,
		settlement: settleFailed(agent, turn, failure.kind, reply.usage),
		retryAt: again,
	});
	if (thinking && again === undefined) failAgent(pen, agent, failure);
	return undefined;
};
