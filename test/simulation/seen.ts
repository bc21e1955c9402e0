import type {Assignment} from '../../source/domain/agent.ts';
import type {CallEffect} from '../../source/domain/call.ts';
import type {Cause, RunEvent, Stamped} from '../../source/domain/event.ts';
import type {AgentId, CallId, MessageId, RequestId, StepId, TurnId} from '../../source/domain/id.ts';
import type {ModelFacts} from '../../source/domain/model.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {Ask} from '../../source/domain/request.ts';

/**
 * What an onlooker knows who reads nothing but the events. It is written apart from the program's own fold on purpose:
 * a fault that both made alike would not be seen.
 */
export type SeenStep = {
	readonly id: StepId;
	dependsOn: readonly StepId[];
	state: 'proposed' | 'held' | 'approved' | 'rejected' | 'working' | 'done' | 'faulted' | 'failed';
	agentId: AgentId | undefined;
};

/** Whoever needs a step in this state need not wait for it. `faulted` reported that what was asked does not hold. */
export const isOver = (state: SeenStep['state']): boolean =>
	state === 'done' || state === 'faulted' || state === 'rejected';

export type SeenAgent = {
	readonly id: AgentId;
	readonly stepId: StepId | undefined;
	readonly kind: Assignment['kind'];
	readonly model: ModelFacts;
	readonly maxTurns: number;
	ended: 'done' | 'failed' | 'killed' | undefined;
	interrupted: boolean;
	/** Set while it waits out a failure. */
	retryAt: number | undefined;
	openTurn: TurnId | undefined;
	turns: number;
	/** Failures of the provider in a row. */
	failures: number;
	interruptions: number;
	readonly unread: Set<MessageId>;
	/** Calls of its latest turn, in order. */
	calls: SeenCall[];
	settled: NanoUsd;
	estimated: NanoUsd;
};

type SeenTurn = {
	readonly id: TurnId;
	readonly agentId: AgentId;
	readonly reserved: NanoUsd;
	ended: boolean;
	/** Tool uses of the reply that are not yet calls. */
	owed: readonly string[];
};

export type SeenCall = {
	readonly id: CallId;
	readonly agentId: AgentId;
	readonly turnId: TurnId;
	effect: CallEffect | undefined;
	state: 'proposed' | 'denied' | 'asked' | 'allowed' | 'running' | 'ended';
	/** Given an end by the program, because its agent was to do no more. */
	cutOff: boolean;
	/** How often hands were given it to carry out. */
	carriedOut: number;
};

type SeenRequest = {
	readonly id: RequestId;
	readonly agentId: AgentId | undefined;
	readonly ask: Ask;
	open: boolean;
};

export type Seen = {
	events: number;
	status: 'none' | 'planning' | 'active' | 'paused' | 'ended';
	/** No process carries the run. */
	suspended: boolean;
	planned: boolean;
	maxParallel: number;
	limit: NanoUsd | undefined;
	readonly steps: Map<StepId, SeenStep>;
	readonly agents: Map<AgentId, SeenAgent>;
	readonly turns: Map<TurnId, SeenTurn>;
	readonly calls: Map<CallId, SeenCall>;
	readonly requests: Map<RequestId, SeenRequest>;
	readonly messages: Set<MessageId>;
	settled: NanoUsd;
	estimated: NanoUsd;
	reserved: NanoUsd;
};

export const seeNothing = (): Seen => ({
	events: 0,
	status: 'none',
	suspended: false,
	planned: false,
	maxParallel: 0,
	limit: undefined,
	steps: new Map(),
	agents: new Map(),
	turns: new Map(),
	calls: new Map(),
	requests: new Map(),
	messages: new Set(),
	settled: 0,
	estimated: 0,
	reserved: 0,
});

export const isAtWork = (agent: SeenAgent): boolean =>
	agent.openTurn !== undefined ||
	(agent.ended === undefined &&
		!agent.interrupted &&
		(agent.retryAt !== undefined || agent.calls.some(call => call.state === 'proposed' || call.state === 'running')));

/** It could ask its model at once, if there were a place and money for it. */
export const couldThink = (agent: SeenAgent): boolean =>
	agent.ended === undefined &&
	!agent.interrupted &&
	agent.retryAt === undefined &&
	agent.openTurn === undefined &&
	agent.calls.every(call => call.state === 'ended');

/** Whether the call may change something; what is not weighed yet may. */
export const mayChange = (call: SeenCall): boolean => call.effect !== 'read' && call.effect !== 'control';

const setStep = (seen: Seen, id: StepId, state: SeenStep['state']): void => {
	const step = seen.steps.get(id);
	if (step !== undefined) step.state = state;
};

const noteTurn = (seen: Seen, event: Extract<RunEvent, {type: `turn.${string}`}>): void => {
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return;
	if (event.type === 'turn.started') {
		const {turnId, agentId, reserved} = event;
		seen.turns.set(turnId, {id: turnId, agentId, reserved, ended: false, owed: []});
		seen.reserved += reserved;
		agent.openTurn = turnId;
		agent.retryAt = undefined;
		agent.calls = [];
		for (const id of event.delivers) agent.unread.delete(id);
		return;
	}
	const turn = seen.turns.get(event.turnId);
	if (turn === undefined) return;
	const cost = event.settlement.cost ?? 0;
	turn.ended = true;
	agent.openTurn = undefined;
	seen.reserved -= turn.reserved;
	for (const sums of [seen, agent]) {
		if (event.settlement.estimated) sums.estimated += cost;
		else sums.settled += cost;
	}
	if (event.type === 'turn.failed') {
		if (!agent.interrupted) agent.retryAt = event.retryAt;
		if (event.failure.kind !== 'aborted' && event.failure.kind !== 'lost') agent.failures++;
		return;
	}
	agent.turns++;
	agent.failures = 0;
	if (agent.kind !== 'plan')
		turn.owed = event.content.filter(block => block.type === 'tool_use').map(block => block.useId);
};

const noteCall = (seen: Seen, event: Extract<RunEvent, {type: `call.${string}`}>, cause: Cause): void => {
	if (event.type === 'call.proposed') {
		const {callId, agentId, turnId} = event;
		const call: SeenCall = {
			id: callId,
			agentId,
			turnId,
			effect: undefined,
			state: 'proposed',
			cutOff: false,
			carriedOut: 0,
		};
		seen.calls.set(callId, call);
		seen.agents.get(agentId)?.calls.push(call);
		const turn = seen.turns.get(turnId);
		if (turn !== undefined) turn.owed = turn.owed.filter(useId => useId !== event.useId);
		return;
	}
	const call = seen.calls.get(event.callId);
	if (call === undefined) return;
	switch (event.type) {
		case 'call.weighed':
			call.effect = event.effect;
			call.state = event.verdict.kind === 'deny' ? 'denied' : event.verdict.kind === 'ask' ? 'asked' : 'allowed';
			break;
		case 'call.started':
			call.state = 'running';
			break;
		case 'call.finished':
			call.state = 'ended';
			call.cutOff = event.outcome === 'cancelled' || (event.outcome === 'unknown' && cause !== 'recovery');
			break;
		default:
			event satisfies never;
	}
};

/** Take note of one more event. It has passed the rules already. */
export const note = (seen: Seen, {event, cause}: Stamped): void => {
	seen.events++;
	switch (event.type) {
		case 'run.created':
			seen.status = 'planning';
			seen.maxParallel = event.settings.maxParallel;
			seen.limit = event.settings.budget;
			return;
		case 'run.paused':
			seen.status = 'paused';
			return;
		case 'run.resumed':
			seen.status = seen.planned ? 'active' : 'planning';
			return;
		case 'run.ended':
			seen.status = 'ended';
			return;
		case 'budget.raised':
			seen.limit = event.limit;
			return;
		case 'plan.proposed':
			seen.planned = true;
			if (seen.status === 'planning') seen.status = 'active';
			for (const {id, dependsOn} of event.steps)
				seen.steps.set(id, {id, dependsOn, state: 'proposed', agentId: undefined});
			return;
		case 'step.approved':
		case 'step.retried':
			setStep(seen, event.stepId, 'approved');
			return;
		case 'step.held':
			setStep(seen, event.stepId, 'held');
			return;
		case 'step.rejected':
			setStep(seen, event.stepId, 'rejected');
			return;
		case 'step.finished':
			setStep(seen, event.stepId, event.packet.status === 'FAIL' ? 'faulted' : 'done');
			return;
		case 'step.failed':
			setStep(seen, event.stepId, 'failed');
			return;
		case 'step.started': {
			setStep(seen, event.stepId, 'working');
			const step = seen.steps.get(event.stepId);
			if (step !== undefined) step.agentId = event.agentId;
			return;
		}
		case 'step.edited': {
			const step = seen.steps.get(event.stepId);
			if (step !== undefined) step.dependsOn = event.patch.dependsOn ?? step.dependsOn;
			return;
		}
		case 'agent.created':
			seen.agents.set(event.agentId, {
				id: event.agentId,
				stepId: event.stepId,
				kind: event.assignment.kind,
				model: event.model,
				maxTurns: event.assignment.maxTurns,
				ended: undefined,
				interrupted: false,
				retryAt: undefined,
				openTurn: undefined,
				turns: 0,
				failures: 0,
				interruptions: 0,
				unread: new Set(),
				calls: [],
				settled: 0,
				estimated: 0,
			});
			return;
		case 'agent.messaged':
			seen.messages.add(event.messageId);
			seen.agents.get(event.agentId)?.unread.add(event.messageId);
			return;
		case 'agent.interrupted':
		case 'agent.continued':
		case 'agent.killed':
		case 'agent.finished':
		case 'agent.failed': {
			const agent = seen.agents.get(event.agentId);
			if (agent === undefined) return;
			agent.interrupted = event.type === 'agent.interrupted';
			if (agent.interrupted) agent.interruptions++;
			agent.retryAt = undefined;
			agent.ended = ends[event.type];
			return;
		}
		case 'turn.started':
		case 'turn.finished':
		case 'turn.failed':
			noteTurn(seen, event);
			return;
		case 'call.proposed':
		case 'call.weighed':
		case 'call.started':
		case 'call.finished':
			noteCall(seen, event, cause);
			return;
		case 'request.opened': {
			const {requestId: id, agentId, ask} = event;
			seen.requests.set(id, {id, agentId, ask, open: true});
			const call = 'callId' in ask ? seen.calls.get(ask.callId) : undefined;
			if (call !== undefined) call.state = 'asked';
			return;
		}
		case 'request.answered':
		case 'request.withdrawn': {
			const request = seen.requests.get(event.requestId);
			if (request === undefined) return;
			request.open = false;
			const call = request.ask.kind === 'call' ? seen.calls.get(request.ask.callId) : undefined;
			if (call !== undefined && event.type === 'request.answered' && event.answer.kind === 'approve')
				call.state = 'allowed';
			return;
		}
		case 'run.suspended':
			seen.suspended = true;
			return;
		case 'run.recovered':
			seen.suspended = false;
			return;
		case 'run.permitted':
			return;
		default:
			event satisfies never;
	}
};

const ends = {
	'agent.interrupted': undefined,
	'agent.continued': undefined,
	'agent.killed': 'killed',
	'agent.finished': 'done',
	'agent.failed': 'failed',
} as const;
