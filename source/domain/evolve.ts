import {account, openAccounts} from './account.ts';
import {withAskedLimit} from './asked-limit.ts';
import type {Happening} from './event.ts';
import {agentOf} from './event.ts';
import {allowCall, awaitLane, evolveAgent, outdateChecks, reweighed, takeUp} from './evolve-agent.ts';
import {evolveLanes} from './evolve-lane.ts';
import {evolvePlan} from './evolve-plan.ts';
import type {RequestId} from './id.ts';
import {withLimit} from './limits.ts';
import {newAgent} from './new-agent.ts';
import type {Request, RequestStatus} from './request.ts';
import type {Run} from './run.ts';
import {agentIn, limitKey, openRequests, requestIn} from './run.ts';
import {nothingStanding} from './settings.ts';
import {withRow} from './table.ts';

const setRequest = (run: Run, requestId: RequestId, change: (request: Request) => Request): Run => {
	const request = requestIn(run, requestId);
	return request === undefined ? run : {...run, requests: withRow(run.requests, change(request))};
};

const closeRequest = (run: Run, requestId: RequestId, status: Extract<RequestStatus, {readonly at: number}>): Run => {
	const closed = setRequest(run, requestId, request => ({...request, status}));
	return openRequests(closed).length > 0 ? closed : {...closed, goesOnSince: status.at};
};

/** The call a request was about may start. */
const allowAsked = (run: Run, requestId: RequestId): Run => {
	const request = requestIn(run, requestId);
	const agent = agentIn(run, request?.agentId);
	return request?.ask.kind !== 'call' || agent === undefined
		? run
		: {...run, agents: withRow(run.agents, allowCall(agent, request.ask.callId))};
};

const isToKeep = ({rule, reach}: Run['grants'][number], kept: string): boolean => rule === kept && reach === 'always';

/** Whatever was allowed is so no more: rules, grants, loose modes, and calls that had not begun. */
const disallowed = (run: Run): Run => {
	const {rules, permissionMode} = run.settings;
	return {
		...run,
		agents: run.agents.map(reweighed),
		grants: [],
		settings: {
			...run.settings,
			standing: nothingStanding,
			permissionMode: permissionMode === 'plan' ? 'plan' : 'ask',
			rules: {...rules, allow: []},
		},
	};
};

const counted = (run: Run, kind: keyof Run['counts']): Run => ({
	...run,
	counts: {...run.counts, [kind]: run.counts[kind] + 1},
});

/** What an event changes of the run itself, beside its sums and the agent it names. */
const step = (run: Run, happening: Happening): Run => {
	const {event, at} = happening;
	switch (event.type) {
		case 'run.created':
			return run;
		case 'run.paused':
			return {...run, status: {kind: 'paused', by: event.by}};
		case 'run.resumed':
			return {
				...run,
				goesOnSince: at,
				windsUp: run.windsUp && run.status.kind !== 'ended',
				status: run.plan === undefined ? {kind: 'planning'} : {kind: 'active'},
			};
		case 'run.suspended':
			return {...run, suspended: true};
		case 'run.recovered':
			return {
				...run,
				suspended: false,
				carriedSince: at,
				goesOnSince: at,
				agents: run.agents.map(agent => takeUp(agent, at)),
			};
		case 'run.permitted':
			return {...run, settings: {...run.settings, standing: event.standing}};
		case 'run.imported':
			return disallowed(run);
		case 'run.winds_up':
			return {...run, windsUp: true};
		case 'run.ended':
			return {
				...run,
				status: {kind: 'ended', outcome: event.outcome, reason: event.reason, failure: event.failure, at},
			};
		case 'budget.raised': {
			const {scope, what, limit} = event;
			const asking = withAskedLimit(run, event, limit);
			if (scope !== 'run' && scope !== 'day') return evolvePlan(asking, happening);
			const {limits} = run.settings;
			const raised = {...limits, [scope]: withLimit(limits[scope], what, limit)};
			// Whoever sets a limit wants work to go on within it.
			return {...asking, windsUp: false, settings: {...run.settings, limits: raised}};
		}
		case 'budget.warned':
			return {...run, warned: {...run.warned, [limitKey(event)]: event.limit}};
		case 'lane.paused':
		case 'lane.closed':
			return evolveLanes({...run, agents: run.agents.map(agent => awaitLane(agent, event.lane))}, happening);
		case 'lane.opened':
		case 'lane.widened':
		case 'turn.finished':
			return evolveLanes(run, happening);
		case 'grant.added': {
			const {rule, agentId, reach, requestId} = event;
			return {...run, grants: [...run.grants, {rule, agentId, reach, requestId, kept: false}]};
		}
		case 'grant.kept':
			return {...run, grants: run.grants.map(grant => (isToKeep(grant, event.rule) ? {...grant, kept: true} : grant))};
		case 'plan.proposed':
		case 'step.approved':
		case 'step.retried':
		case 'step.held':
		case 'step.rejected':
		case 'step.skipped':
		case 'step.split':
		case 'step.joined':
		case 'step.edited':
		case 'step.added':
		case 'step.removed':
		case 'step.moved':
		case 'step.proposed':
		case 'step.started':
		case 'step.finished':
		case 'step.failed':
			return evolvePlan(run, happening);
		case 'agent.created':
			return counted({...run, agents: withRow(run.agents, newAgent(event, at))}, 'agent');
		case 'request.opened': {
			const {requestId, agentId, stepId, ask} = event;
			const request: Request = {
				id: requestId,
				openedAt: at,
				seenAt: undefined,
				overdueAt: undefined,
				agentId,
				stepId,
				ask,
				status: {kind: 'open'},
			};
			return counted({...run, requests: withRow(run.requests, request)}, 'request');
		}
		case 'request.seen':
			return setRequest(run, event.requestId, request => ({...request, seenAt: request.seenAt ?? at}));
		case 'request.overdue':
			return setRequest(run, event.requestId, request => ({...request, overdueAt: at}));
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
		case 'agent.changed':
		case 'agent.paused':
		case 'agent.resumed':
		case 'agent.interrupted':
		case 'agent.blocked':
		case 'agent.limited':
		case 'agent.winds_up':
		case 'agent.continued':
		case 'agent.killed':
		case 'agent.finished':
		case 'agent.failed':
		case 'agent.retired':
		case 'turn.failed':
		case 'turn.cut':
		case 'call.weighed':
		case 'call.started':
		case 'call.cut':
		case 'call.lost':
		case 'call.delegated':
		case 'call.held':
			return run;
		case 'call.finished':
			if (!event.changes) return run;
			return {...run, agents: run.agents.map(one => (one.id === event.agentId ? one : outdateChecks(one)))};
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
			carriedSince: at,
			goesOnSince: at,
			plan: undefined,
			agents: [],
			requests: [],
			...openAccounts(at),
			lanes: {},
			grants: [],
			warned: {},
			windsUp: false,
			counts: {step: 0, agent: 0, turn: 0, call: 0, request: 0, message: 0},
			lastEventAt: at,
		};
	if (run === undefined) throw new Error(`The history of ${runId} begins with ${event.type} instead of run.created.`);
	const next = step({...run, ...account(run, happening), lastEventAt: at}, happening);
	const agent = event.type === 'agent.created' ? undefined : agentIn(next, agentOf(event));
	if (agent === undefined) return next;
	const evolved = evolveAgent(agent, happening);
	return evolved === agent ? next : {...next, agents: withRow(next.agents, evolved)};
};
