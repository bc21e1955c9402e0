import type {CallEffect} from '../domain/call.ts';
import type {RunEvent, Settlement, Stamped} from '../domain/event.ts';
import type {FailureKind} from '../domain/failure.ts';
import type {AgentId, CallId, RequestId, RunId, StepId, TurnId} from '../domain/id.ts';
import type {StopReason} from '../domain/message.ts';
import type {Packet} from '../domain/packet.ts';
import type {Ask} from '../domain/request.ts';
import {type AgentFact, addTally, type Fact, type Model, noTally, type Tally, type Worker} from './fact.ts';

/** Folds the events of one run into what is over, in the order in which it ends. */
export type RunFollower = {
	readonly take: (stamped: Stamped) => readonly Fact[];
	/** Whether the run is over and nothing of it is under way any more. */
	readonly isOver: () => boolean;
};

type OpenAgent = {
	readonly worker: Worker;
	readonly task: AgentFact['task'];
	readonly depth: number;
	readonly maxOutputTokens: number;
	readonly parent: string;
	/** The attempt at a step it works for. */
	readonly step: string | undefined;
	readonly model: Model;
	/** How often it has gone on after its end. */
	readonly lap: number;
	readonly start: number;
	readonly isOver: boolean;
};

type OpenTurn = {readonly start: number; readonly agentId: AgentId; readonly model: Model};

type OpenCall = {
	readonly proposedAt: number;
	readonly startedAt: number | undefined;
	readonly agentId: AgentId;
	readonly turnId: TurnId;
	readonly useId: string;
	readonly tool: string;
	readonly effect: CallEffect | undefined;
	readonly waitedMs: number;
};

type OpenRequest = {
	readonly start: number;
	readonly ask: Ask['kind'];
	readonly agentId: AgentId | undefined;
	readonly callId: CallId | undefined;
};

/** A model may invent a name for a tool; what no tool is called is text of the model. */
const toolName = (name: string): string => (/^\w[\w.-]{0,63}$/.test(name) ? name : '_OTHER');

const modelOf = ({id, provider}: Model): Model => ({id, provider});

const agentKey = ({worker, lap}: OpenAgent): string => (lap === 0 ? worker.id : `${worker.id} ${lap}`);

/** `created` is when the run began: ids of runs are short, and two machines may have given the same. */
export const followRun = (runId: RunId, created: number): RunFollower => {
	const trace = `${runId} ${created}`;
	const plan = new Map<StepId, {readonly name: string; readonly role: string}>();
	const attempts = new Map<StepId, {readonly key: string; readonly parent: string; readonly start: number}>();
	const agents = new Map<AgentId, OpenAgent>();
	const turns = new Map<TurnId, OpenTurn>();
	const calls = new Map<CallId, OpenCall>();
	const requests = new Map<RequestId, OpenRequest>();
	/** By key, of every stretch that is not over. */
	const tallies = new Map<string, Tally>([[runId, noTally]]);
	/** A run that goes on after its end is a new stretch, a part of the first. */
	let run: {readonly key: string; readonly start: number; readonly isOver: boolean} = {
		key: runId,
		start: created,
		isOver: false,
	};

	/** Adds to the run, and to an agent and its step where they are not over: one that is cut off may end before its turn. */
	const tally = (what: Partial<Tally>, agent: OpenAgent | undefined): void => {
		for (const key of [run.key, agent?.step, agent === undefined ? undefined : agentKey(agent)]) {
			const sum = key === undefined ? undefined : tallies.get(key);
			if (key !== undefined && sum !== undefined) tallies.set(key, addTally(sum, what));
		}
	};

	const tallied = (key: string): Tally => {
		const found = tallies.get(key) ?? noTally;
		tallies.delete(key);
		return found;
	};

	const plant = (planned: readonly {readonly id: StepId; readonly key: string; readonly role: string}[]): void => {
		for (const {id, key, role} of planned) plan.set(id, {name: key, role});
	};

	const endStep = (
		stepId: StepId,
		end: number,
		verdict: Packet['status'] | undefined,
		failure: FailureKind | undefined,
	): readonly Fact[] => {
		const attempt = attempts.get(stepId);
		const planned = plan.get(stepId);
		if (attempt === undefined || planned === undefined) return [];
		attempts.delete(stepId);
		const {key, parent, start} = attempt;
		const {name: step, role} = planned;
		const place = {trace, key, parent, start, end, runId};
		return [{kind: 'step', ...place, step, role, verdict, failure, tally: tallied(key)}];
	};

	const begin = (event: Extract<RunEvent, {type: 'agent.created'}>, at: number): void => {
		const {agentId, name, stepId, model, assignment, parent, depth} = event;
		const step = stepId === undefined ? undefined : attempts.get(stepId)?.key;
		const boss = parent === undefined ? undefined : agents.get(parent.agentId);
		tallies.set(agentId, noTally);
		agents.set(agentId, {
			worker: {id: agentId, name, role: assignment.role},
			task: assignment.kind,
			depth,
			maxOutputTokens: assignment.maxOutputTokens,
			parent: parent?.callId ?? (boss === undefined ? undefined : agentKey(boss)) ?? step ?? run.key,
			step,
			model: modelOf(model),
			lap: 0,
			start: at,
			isOver: false,
		});
	};

	const endAgent = (
		agentId: AgentId,
		end: number,
		status: AgentFact['status'],
		failure: FailureKind | undefined,
	): readonly Fact[] => {
		const agent = agents.get(agentId);
		if (agent === undefined || agent.isOver) return [];
		agents.set(agentId, {...agent, isOver: true});
		const {worker, task, depth, model, parent, start} = agent;
		const key = agentKey(agent);
		const place = {trace, key, parent, start, end, runId};
		return [{kind: 'agent', ...place, worker, task, depth, model, status, failure, tally: tallied(key)}];
	};

	const endTurn = (
		turnId: TurnId,
		end: number,
		{usage, cost, estimated}: Settlement,
		stopReason: StopReason | undefined,
		failure: FailureKind | undefined,
	): readonly Fact[] => {
		const turn = turns.get(turnId);
		const agent = turn === undefined ? undefined : agents.get(turn.agentId);
		if (turn === undefined || agent === undefined) return [];
		turns.delete(turnId);
		const {start, model} = turn;
		const {worker, maxOutputTokens} = agent;
		const parent = agentKey(agent);
		const priced = cost === undefined ? {unpricedTurns: 1} : {cost, estimated: estimated && cost > 0};
		tally({turns: 1, usage, ...priced}, agent);
		const place = {trace, key: turnId, parent, start, end, runId};
		const spent = {usage, cost, estimated};
		return [{kind: 'turn', ...place, turnId, worker, model, maxOutputTokens, ...spent, stopReason, failure}];
	};

	const changeCall = (callId: CallId, change: (call: OpenCall) => OpenCall): readonly Fact[] => {
		const call = calls.get(callId);
		if (call !== undefined) calls.set(callId, change(call));
		return [];
	};

	const endCall = (event: Extract<RunEvent, {type: 'call.finished'}>, end: number): readonly Fact[] => {
		const {callId, outcome} = event;
		const call = calls.get(callId);
		const agent = call === undefined ? undefined : agents.get(call.agentId);
		if (call === undefined || agent === undefined) return [];
		calls.delete(callId);
		const {proposedAt, startedAt, turnId, useId, tool, effect, waitedMs} = call;
		const parent = agentKey(agent);
		tally({calls: 1}, agent);
		const place = {trace, key: callId, parent, start: startedAt ?? proposedAt, end, runId};
		const {worker} = agent;
		return [{kind: 'call', ...place, callId, turnId, useId, worker, tool, effect, outcome, waitedMs}];
	};

	const settleRequest = (requestId: RequestId, at: number, by: 'person' | 'policy' | undefined): readonly Fact[] => {
		const request = requests.get(requestId);
		if (request === undefined) return [];
		requests.delete(requestId);
		const {start, ask, agentId, callId} = request;
		const waitedMs = Math.max(0, at - start);
		if (callId !== undefined) changeCall(callId, call => ({...call, waitedMs: call.waitedMs + waitedMs}));
		tally({requests: 1, waitedMs}, agentId === undefined ? undefined : agents.get(agentId));
		return [{kind: 'settled', ask, by, waitedMs}];
	};

	const take = ({event, at, seq}: Stamped): readonly Fact[] => {
		switch (event.type) {
			case 'run.ended': {
				const {key, start} = run;
				run = {...run, isOver: true};
				const place = {trace, key, parent: key === runId ? undefined : runId, start, end: at, runId};
				const {outcome, failure} = event;
				return [{kind: 'run', ...place, outcome, failure: failure?.kind, tally: tallied(key)}];
			}
			case 'run.resumed':
				if (!run.isOver) return [];
				run = {key: `${runId} ${seq}`, start: at, isOver: false};
				tallies.set(run.key, noTally);
				return [];
			case 'plan.proposed':
				plant(event.steps);
				return [];
			case 'step.split':
				plant(event.into);
				return [];
			case 'step.added':
				plant([event.step]);
				return [];
			case 'step.edited': {
				const planned = plan.get(event.stepId);
				if (planned !== undefined) plan.set(event.stepId, {...planned, role: event.patch.role ?? planned.role});
				return [];
			}
			case 'step.started': {
				const key = `${event.stepId} ${event.agentId}`;
				attempts.set(event.stepId, {key, parent: run.key, start: at});
				tallies.set(key, noTally);
				return [];
			}
			case 'step.finished':
				return endStep(event.stepId, at, event.packet.status, undefined);
			case 'step.failed':
				return endStep(event.stepId, at, undefined, event.failure.kind);
			case 'agent.created':
				begin(event, at);
				return [];
			case 'agent.changed': {
				const agent = agents.get(event.agentId);
				if (agent !== undefined && event.model !== undefined)
					agents.set(event.agentId, {...agent, model: modelOf(event.model)});
				return [];
			}
			case 'agent.continued': {
				const agent = agents.get(event.agentId);
				if (agent?.isOver !== true) return [];
				const again = {...agent, lap: agent.lap + 1, start: at, isOver: false};
				agents.set(event.agentId, again);
				tallies.set(agentKey(again), noTally);
				return [];
			}
			case 'agent.finished':
				return endAgent(event.agentId, at, 'done', undefined);
			case 'agent.failed':
				return endAgent(event.agentId, at, 'failed', event.failure.kind);
			case 'agent.killed':
				return endAgent(event.agentId, at, 'killed', undefined);
			case 'turn.started': {
				const agent = agents.get(event.agentId);
				if (agent !== undefined) turns.set(event.turnId, {start: at, agentId: event.agentId, model: agent.model});
				return [];
			}
			case 'turn.finished':
				return endTurn(event.turnId, at, event.settlement, event.stopReason, undefined);
			case 'turn.failed':
				return endTurn(event.turnId, at, event.settlement, undefined, event.failure.kind);
			case 'call.proposed': {
				const {callId, agentId, turnId, useId, tool} = event;
				const open = {proposedAt: at, startedAt: undefined, effect: undefined, waitedMs: 0};
				calls.set(callId, {...open, agentId, turnId, useId, tool: toolName(tool)});
				return [];
			}
			case 'call.weighed':
				return changeCall(event.callId, call => ({...call, effect: event.effect}));
			case 'call.started':
				return changeCall(event.callId, call => ({...call, startedAt: call.startedAt ?? at}));
			case 'call.finished':
				return endCall(event, at);
			case 'request.opened': {
				const {requestId, agentId, ask} = event;
				const callId = 'callId' in ask ? ask.callId : undefined;
				requests.set(requestId, {start: at, ask: ask.kind, agentId, callId});
				return [{kind: 'opened', ask: ask.kind}];
			}
			case 'request.answered':
				return settleRequest(event.requestId, at, event.by);
			case 'request.withdrawn':
				return settleRequest(event.requestId, at, undefined);
			default:
				return [];
		}
	};

	return {take, isOver: () => run.isOver && turns.size === 0 && calls.size === 0};
};
