import {type Agent, asksPerson, isEnded} from './agent.ts';
import type {Failure} from './failure.ts';
import type {AgentId} from './id.ts';
import type {Packet} from './packet.ts';
import {boundPacket} from './packet.ts';
import {type Pen, write} from './pen.ts';
import {agentsOf, openRequests, type RunOutcome} from './run.ts';

/** Give every open call its end, so that the conversation stays whole, and take back what the agent asked. */
export const cancelCalls = (pen: Pen, agentId: AgentId, output: string): void => {
	const agent = pen.run.agents[agentId];
	if (agent === undefined) return;
	if (asksPerson(agent))
		for (const request of openRequests(pen.run))
			if (request.agentId === agentId) write(pen, {type: 'request.withdrawn', requestId: request.id});
	for (const call of agent.calls) {
		if (call.status.kind === 'ended') continue;
		// A call that may have changed something has an unknown outcome; the others have done nothing.
		const begun = call.status.kind === 'running' && call.effect !== 'read';
		write(pen, {
			type: 'call.finished',
			callId: call.id,
			agentId,
			outcome: begun ? 'unknown' : 'cancelled',
			output,
			touched: [],
		});
	}
};

/** The agent does no more. A request to the model that is under way stays open until its end is known. */
const cutOff = (pen: Pen, agent: Agent, reason: string): void => {
	write(pen, {type: 'agent.killed', agentId: agent.id, reason});
	cancelCalls(pen, agent.id, 'Not carried out: the agent was killed.');
	if (agent.stepId === undefined) return;
	const failure = {kind: 'aborted', message: reason} as const;
	write(pen, {type: 'step.failed', stepId: agent.stepId, agentId: agent.id, failure});
};

/** End the run before its time: whoever is still at work is cut off, and what waits for a person is taken back. */
export const breakOff = (pen: Pen, outcome: RunOutcome, reason: string, failure: Failure | undefined): void => {
	for (const agent of agentsOf(pen.run)) if (!isEnded(agent)) cutOff(pen, agent, reason);
	for (const request of openRequests(pen.run)) write(pen, {type: 'request.withdrawn', requestId: request.id});
	write(pen, {type: 'run.ended', outcome, reason, failure});
};

export const killAgent = (pen: Pen, agent: Agent, reason: string): void => {
	cutOff(pen, agent, reason);
	if (agent.assignment.kind === 'plan')
		breakOff(pen, 'stopped', 'the planner was killed', {kind: 'aborted', message: reason});
};

export const failAgent = (pen: Pen, agent: Agent, failure: Failure): void => {
	cancelCalls(pen, agent.id, 'Not carried out: the agent was ended.');
	write(pen, {type: 'agent.failed', agentId: agent.id, failure});
	if (agent.stepId !== undefined) {
		write(pen, {type: 'step.failed', stepId: agent.stepId, agentId: agent.id, failure});
	} else if (agent.assignment.kind === 'plan') {
		breakOff(pen, 'failed', `no plan could be made: ${failure.message}`, failure);
	}
};

export const finishAgent = (pen: Pen, agent: Agent, packet: Packet): void => {
	cancelCalls(pen, agent.id, 'Not carried out: the agent has reported.');
	if (agent.stepId !== undefined)
		write(pen, {type: 'step.finished', stepId: agent.stepId, agentId: agent.id, packet: boundPacket(packet)});
	write(pen, {type: 'agent.finished', agentId: agent.id});
};
