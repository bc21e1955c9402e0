import type {Happening} from './event.ts';
import {agentOf} from './event.ts';
import {allowCall, evolveAgent, newAgent} from './evolve-agent.ts';
import type {RequestId, StepId} from './id.ts';
import type {Plan} from './plan.ts';
import type {RequestStatus} from './request.ts';
import type {Ledger, Run} from './run.ts';
import type {Step, StepStatus} from './step.ts';
import {addUsage, noUsage} from './usage.ts';

const emptyLedger: Ledger = {settled: 0, estimated: 0, reserved: 0, unpricedTurns: 0, usage: noUsage};

const setStep = (run: Run, stepId: StepId, change: (step: Step) => Step): Run => {
	const step = run.plan?.steps[stepId];
	if (run.plan === undefined || step === undefined) return run;
	return {...run, plan: {...run.plan, steps: {...run.plan.steps, [stepId]: change(step)}}};
};

const setStatus = (run: Run, stepId: StepId, status: StepStatus): Run =>
	setStep(run, stepId, step => ({...step, status}));

const closeRequest = (run: Run, requestId: keyof Run['requests'], status: RequestStatus): Run => {
	const request = run.requests[requestId];
	return request === undefined ? run : {...run, requests: {...run.requests, [requestId]: {...request, status}}};
};

/** The call a request was about may start. */
const allowAsked = (run: Run, requestId: RequestId): Run => {
	const request = run.requests[requestId];
	if (request?.ask.kind !== 'call' || request.agentId === undefined) return run;
	const agent = run.agents[request.agentId];
	return agent === undefined
		? run
		: {...run, agents: {...run.agents, [agent.id]: allowCall(agent, request.ask.callId)}};
};

const startedAt = (run: Run, stepId: StepId, fallback: number): number => {
	const status = run.plan?.steps[stepId]?.status;
	return status?.kind === 'working' ? status.startedAt : fallback;
};

const counted = (run: Run, kind: keyof Run['counts'], by = 1): Run => ({
	...run,
	counts: {...run.counts, [kind]: run.counts[kind] + by},
});

/** What money and tokens a turn moved: set aside at its start, settled at its end. */
const account = (run: Run, {event}: Happening): Ledger => {
	const {ledger} = run;
	switch (event.type) {
		case 'turn.started':
			return {...ledger, reserved: ledger.reserved + event.reserved};
		case 'turn.finished':
		case 'turn.failed': {
			const {usage, cost, estimated} = event.settlement;
			const turn = run.agents[event.agentId]?.turn;
			return {
				settled: ledger.settled + (estimated ? 0 : (cost ?? 0)),
				estimated: ledger.estimated + (estimated ? (cost ?? 0) : 0),
				reserved: ledger.reserved - (turn?.reserved ?? 0),
				unpricedTurns: ledger.unpricedTurns + (cost === undefined ? 1 : 0),
				usage: addUsage(ledger.usage, usage),
			};
		}
		default:
			return ledger;
	}
};

const step = (run: Run, happening: Happening): Run => {
	const {event, at} = happening;
	switch (event.type) {
		case 'run.created':
			return run;
		case 'run.paused':
			return {...run, status: {kind: 'paused', by: event.by}};
		case 'run.resumed':
			return {...run, status: run.plan === undefined ? {kind: 'planning'} : {kind: 'active'}};
		case 'run.suspended':
			return {...run, suspended: true};
		case 'run.recovered':
			return {...run, suspended: false};
		case 'run.permitted':
			return {...run, settings: {...run.settings, standing: event.standing}};
		case 'run.ended':
			return {
				...run,
				status: {kind: 'ended', outcome: event.outcome, reason: event.reason, failure: event.failure, at},
			};
		case 'budget.raised':
			return {...run, settings: {...run.settings, budget: event.limit}};
		case 'plan.proposed': {
			const plan: Plan = {
				taskType: event.taskType,
				source: event.source,
				order: event.steps.map(planned => planned.id),
				steps: Object.fromEntries(event.steps.map(planned => [planned.id, {...planned, status: {kind: 'proposed'}}])),
			};
			// A run that was paused while its plan was made stays so.
			const status: Run['status'] = run.status.kind === 'planning' ? {kind: 'active'} : run.status;
			return counted({...run, plan, status}, 'step', event.steps.length);
		}
		case 'step.approved':
		case 'step.retried':
			return setStatus(run, event.stepId, {kind: 'approved'});
		case 'step.held':
			return setStatus(run, event.stepId, {kind: 'held'});
		case 'step.rejected':
			return setStatus(run, event.stepId, {kind: 'rejected', reason: event.reason});
		case 'step.edited':
			return setStep(run, event.stepId, before => ({...before, ...event.patch, estimate: event.estimate}));
		case 'step.started':
			return setStatus(run, event.stepId, {kind: 'working', agentId: event.agentId, startedAt: at});
		case 'step.finished':
			return setStatus(run, event.stepId, {
				kind: 'done',
				agentId: event.agentId,
				startedAt: startedAt(run, event.stepId, at),
				endedAt: at,
				packet: event.packet,
			});
		case 'step.failed':
			return setStatus(run, event.stepId, {
				kind: 'failed',
				agentId: event.agentId,
				startedAt: startedAt(run, event.stepId, at),
				endedAt: at,
				failure: event.failure,
			});
		case 'agent.created':
			return counted({...run, agents: {...run.agents, [event.agentId]: newAgent(event, at)}}, 'agent');
		case 'request.opened':
			return counted(
				{
					...run,
					requests: {
						...run.requests,
						[event.requestId]: {
							id: event.requestId,
							openedAt: at,
							agentId: event.agentId,
							stepId: event.stepId,
							ask: event.ask,
							status: {kind: 'open'},
						},
					},
				},
				'request',
			);
		case 'request.answered': {
			const closed = closeRequest(run, event.requestId, {kind: 'answered', answer: event.answer, by: event.by, at});
			return event.answer.kind === 'approve' ? allowAsked(closed, event.requestId) : closed;
		}
		case 'request.withdrawn':
			return closeRequest(run, event.requestId, {kind: 'withdrawn', at});
		case 'agent.messaged':
			return counted(run, 'message');
		case 'turn.started':
			return counted(run, 'turn');
		case 'call.proposed':
			return counted(run, 'call');
		case 'agent.interrupted':
		case 'agent.continued':
		case 'agent.killed':
		case 'agent.finished':
		case 'agent.failed':
		case 'turn.finished':
		case 'turn.failed':
		case 'call.weighed':
		case 'call.started':
		case 'call.finished':
			return run;
		default:
			return event satisfies never;
	}
};

/**
 * The run after one more event. Pure and total: any stored history folds, also one written by an older version.
 * The first event of a run must be `run.created`; without it there is nothing to fold, which is a defect.
 */
export const evolve = (run: Run | undefined, happening: Happening): Run => {
	const {event, at, runId} = happening;
	if (event.type === 'run.created')
		return {
			id: runId,
			goal: event.goal,
			createdAt: at,
			settings: event.settings,
			status: {kind: 'planning'},
			suspended: false,
			plan: undefined,
			agents: {},
			requests: {},
			ledger: emptyLedger,
			counts: {step: 0, agent: 0, turn: 0, call: 0, request: 0, message: 0},
			lastEventAt: at,
		};
	if (run === undefined) throw new Error(`The history of ${runId} begins with ${event.type} instead of run.created.`);
	const ledger = account(run, happening);
	const next = step({...run, ledger, lastEventAt: at}, happening);
	const agentId = agentOf(event);
	const agent = agentId === undefined || event.type === 'agent.created' ? undefined : next.agents[agentId];
	if (agent === undefined) return next;
	const evolved = evolveAgent(agent, happening);
	return evolved === agent ? next : {...next, agents: {...next.agents, [agent.id]: evolved}};
};
