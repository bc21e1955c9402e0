import {type Agent, callOf, isEnded, ownsStep} from './agent.ts';
import {blockerTool} from './call.ts';
import type {Failure} from './failure.ts';
import type {AgentId, CallId, RequestId} from './id.ts';
import {material} from './material.ts';
import type {NanoUsd} from './money.ts';
import {boundPacket, type Packet} from './packet.ts';
import {nextId, type Pen, write} from './pen.ts';
import {agentIn, openRequests, type Run, type RunOutcome, stepOf} from './run.ts';

/** Take back what an agent has asked: all of it, or what one call of it has. */
export const withdrawRequests = (pen: Pen, agentId: AgentId, callId?: CallId): void => {
	for (const {id, ask, agentId: asker} of openRequests(pen.run)) {
		if (asker !== agentId) continue;
		if (callId !== undefined && !('callId' in ask && ask.callId === callId)) continue;
		write(pen, {type: 'request.withdrawn', requestId: id});
	}
};

/** Who works for an agent, or for one call of it, and has not ended. */
const helpersOf = (run: Run, agentId: AgentId): readonly Agent[] =>
	run.agents.filter(agent => agent.parent?.agentId === agentId && !isEnded(agent));

/** End those who work for an agent: nobody waits for their reports any more. */
const dismissHelpers = (pen: Pen, agentId: AgentId): void => {
	for (const helper of helpersOf(pen.run, agentId)) cutOff(pen, helper, 'its report is not needed any more');
};

/** A blocked agent was told how to go on: who was asked to help is not needed any more. */
export const unblock = (pen: Pen, agentId: AgentId): void => {
	withdrawRequests(pen, agentId);
	dismissHelpers(pen, agentId);
	write(pen, {type: 'agent.continued', agentId});
};

/** Let nothing new start of an agent and of those who work for it, or let them go on. */
export const pauseFamily = (pen: Pen, agent: Agent, type: 'agent.paused' | 'agent.resumed'): void => {
	if (agent.paused !== (type === 'agent.paused')) write(pen, {type, agentId: agent.id});
	for (const helper of helpersOf(pen.run, agent.id)) pauseFamily(pen, helper, type);
};

/** What an agent is told of a call that was cut off while it ran. */
const cutShortWords =
	'The outcome of this call is unknown: it was cut off while it ran, and may have happened wholly, partly or not at all. Look before you repeat it.';

/**
 * Give every open call its end, so that the conversation stays whole, and take back what the agent asked. `output` is
 * what it is told of calls that have done nothing.
 */
export const cancelCalls = (pen: Pen, agentId: AgentId, output: string): void => {
	const agent = agentIn(pen.run, agentId);
	if (agent === undefined) return;
	withdrawRequests(pen, agentId);
	for (const call of agent.calls) {
		const {kind} = call.status;
		if (kind === 'ended') continue;
		// A call that may have changed something has an unknown outcome; the others have done nothing.
		const begun = kind === 'lost' || (kind === 'running' && call.effect !== 'read');
		const end = begun
			? ({outcome: 'unknown', output: cutShortWords} as const)
			: ({outcome: 'cancelled', output} as const);
		write(pen, {type: 'call.finished', callId: call.id, agentId, ...end, touched: [], changes: begun});
	}
	dismissHelpers(pen, agentId);
};

/** Ask a person about an agent that cannot go on. */
export const openBlocker = (
	pen: Pen,
	agent: Agent,
	callId: CallId | undefined,
	problem: string,
	tried: string,
): RequestId => {
	const requestId = nextId(pen, 'request');
	write(pen, {
		type: 'request.opened',
		requestId,
		agentId: agent.id,
		stepId: agent.stepId,
		ask: {kind: 'blocker', callId, problem, tried},
	});
	return requestId;
};

const packetText = ({status, summary, findings, produced, risks}: Packet): string =>
	[
		`${status}: ${summary}`,
		...findings.map(finding => `- ${finding}`),
		...(produced.length === 0 ? [] : [`Files: ${produced.join(', ')}`]),
		...(risks.length === 0 ? [] : [`Risks: ${risks.join('; ')}`]),
	].join('\n');

/** Bring a helper's report, or the news that there is none, to whom it worked for. */
const tellParent = (pen: Pen, helper: Agent, packet: Packet): void => {
	const parent = agentIn(pen.run, helper.parent?.agentId);
	if (parent === undefined || isEnded(parent)) return;
	const helped = packet.status !== 'FAIL';
	const words = `${helper.name} reports:\n${material(`report of ${helper.name}`, packetText(boundPacket(packet)))}`;
	const callId = helper.parent?.callId;
	if (callId === undefined) {
		if (parent.status.kind !== 'blocked') return;
		if (!helped) {
			openBlocker(pen, parent, undefined, parent.status.problem, `${helper.name} could not help: ${packet.summary}`);
			return;
		}
		const messageId = nextId(pen, 'message');
		write(pen, {type: 'agent.messaged', agentId: parent.id, messageId, text: words, from: 'engine'});
		write(pen, {type: 'agent.continued', agentId: parent.id});
		return;
	}
	const call = callOf(parent, callId);
	if (call?.status.kind !== 'delegated') return;
	if (call.tool === blockerTool && !helped) {
		openBlocker(pen, parent, callId, problemOf(call.input), `${helper.name} could not help: ${packet.summary}`);
		return;
	}
	const outcome = helped ? 'ok' : 'error';
	write(pen, {
		type: 'call.finished',
		callId,
		agentId: parent.id,
		outcome,
		output: words,
		touched: [],
		changes: false,
	});
};

/** What a call of `report_blocker` says is wrong. */
const problemOf = (input: unknown): string =>
	typeof input === 'object' && input !== null && 'problem' in input && typeof input.problem === 'string'
		? input.problem
		: 'it cannot go on';

const noReport = (reason: string): Packet => ({
	status: 'FAIL',
	summary: `there is no report: ${reason}`,
	findings: [],
	produced: [],
	risks: [],
});

/** The agent does no more. A request to the model that is under way stays open until its end is known. */
const cutOff = (pen: Pen, agent: Agent, reason: string): void => {
	write(pen, {type: 'agent.killed', agentId: agent.id, reason});
	cancelCalls(pen, agent.id, 'Not carried out: the agent was killed.');
	const failure = {kind: 'aborted', message: reason} as const;
	if (ownsStep(agent)) write(pen, {type: 'step.failed', stepId: agent.stepId, agentId: agent.id, failure});
};

/** End the run before its time: whoever is still at work is cut off, and what waits for a person is taken back. */
export const breakOff = (pen: Pen, outcome: RunOutcome, reason: string, failure: Failure | undefined): void => {
	for (const {id} of pen.run.agents) {
		const agent = agentIn(pen.run, id);
		if (agent !== undefined && !isEnded(agent)) cutOff(pen, agent, reason);
	}
	for (const request of openRequests(pen.run)) write(pen, {type: 'request.withdrawn', requestId: request.id});
	write(pen, {type: 'run.ended', outcome, reason, failure});
};

export const killAgent = (pen: Pen, agent: Agent, reason: string): void => {
	cutOff(pen, agent, reason);
	tellParent(pen, agent, noReport(reason));
	if (agent.assignment.kind === 'plan')
		breakOff(pen, 'stopped', 'the planner was killed', {kind: 'aborted', message: reason});
};

export const failAgent = (pen: Pen, agent: Agent, failure: Failure): void => {
	cancelCalls(pen, agent.id, 'Not carried out: the agent was ended.');
	write(pen, {type: 'agent.failed', agentId: agent.id, failure});
	if (ownsStep(agent)) write(pen, {type: 'step.failed', stepId: agent.stepId, agentId: agent.id, failure});
	tellParent(pen, agent, noReport(failure.message));
	if (agent.assignment.kind === 'plan') breakOff(pen, 'failed', `no plan could be made: ${failure.message}`, failure);
};

/** End an agent that was to report and did not. */
export const failUnreported = (pen: Pen, agent: Agent): void =>
	failAgent(pen, agent, {
		kind: 'max_turns',
		message: `${agent.name} used all its turns or calls and did not report. Retry the step with a larger tool budget.`,
	});

/** What a step has cost, all attempts and helpers together; undefined when a part of it has no known price. */
const spentOn = (run: Run, stepId: Agent['stepId']): NanoUsd | undefined => {
	const workers = run.agents.filter(agent => agent.stepId === stepId);
	if (workers.some(agent => agent.unpriced)) return undefined;
	return workers.reduce((sum, {settled, estimated}) => sum + settled + estimated, 0);
};

export const finishAgent = (pen: Pen, agent: Agent, packet: Packet): void => {
	cancelCalls(pen, agent.id, 'Not carried out: the agent has reported.');
	const bound = boundPacket(packet);
	if (ownsStep(agent))
		write(pen, {
			type: 'step.finished',
			stepId: agent.stepId,
			agentId: agent.id,
			packet: bound,
			spent: spentOn(pen.run, agent.stepId),
			estimate: stepOf(pen.run, agent.stepId)?.estimate,
		});
	write(pen, {type: 'agent.finished', agentId: agent.id});
	tellParent(pen, agent, bound);
};
