import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {StepId} from '../../source/domain/id.ts';
import type {Draw} from '../../source/domain/limits.ts';
import {callRule, verifiedRule} from './call-rules.ts';
import {laneRule} from './lane-rules.ts';
import {callFits, turnFits} from './limit-rules.ts';
import {requestRule} from './request-rules.ts';
import {isOver, type Seen, type SeenStep} from './seen.ts';
import {seenRows} from './seen-rows.ts';
import {turnRule} from './turn-rules.ts';

/** A rule looks at an event before it is noted, and says what is wrong with it. */
type Rule = (seen: Seen, stamped: Stamped, elsewhere: Draw) => string | undefined;

const afterEnd: ReadonlySet<RunEvent['type']> = new Set([
	'turn.finished',
	'turn.failed',
	'call.proposed',
	'call.finished',
	'run.resumed',
	'run.permitted',
	'run.suspended',
	'run.recovered',
	'budget.raised',
	'grant.kept',
]);

const beginnings: ReadonlySet<RunEvent['type']> = new Set([
	'turn.started',
	'step.started',
	'call.started',
	'run.ended',
]);

const order: Rule = (seen, {event}) => {
	if ((seen.status === 'none') !== (event.type === 'run.created')) return 'A history begins with run.created, once.';
	if (seen.status === 'ended' && !afterEnd.has(event.type)) return `${event.type} happens after the run's end.`;
	if (seen.suspended && beginnings.has(event.type)) return `${event.type} happens while nobody carries the run.`;
	return undefined;
};

const runRule: Rule = (seen, {event}) => {
	switch (event.type) {
		case 'run.paused':
			return seen.status === 'paused' ? 'The run is paused twice.' : undefined;
		case 'run.resumed':
			return seen.status === 'paused' || seen.status === 'ended' ? undefined : 'The run is resumed but was not paused.';
		case 'plan.proposed': {
			if (seen.planned) return 'The run gets a second plan.';
			const ids = new Set(event.steps.map(step => step.id));
			if (ids.size !== event.steps.length || event.steps.length === 0) return 'The plan has no steps or one twice.';
			const lost = event.steps.some(step => step.dependsOn.some(id => !ids.has(id)));
			return lost ? 'A step depends on a step outside the plan.' : undefined;
		}
		case 'budget.warned': {
			const {scope, what, agentId, stepId, limit, used} = event;
			if (used < 0.8 * limit) return `A person is warned at ${used} of ${limit}.`;
			const key = `${scope} ${what} ${agentId} ${stepId} ${limit}`;
			if (seen.warned.has(key)) return `A person is warned twice of the limit of ${limit} ${what} (${scope}).`;
			seen.warned.add(key);
			return undefined;
		}
		case 'run.ended':
			return endRule(seen, event);
		default:
			return undefined;
	}
};

/** Whether a failed step stands in the way of a step. */
const failedBelow = (seen: Seen, step: SeenStep, path: readonly StepId[] = []): boolean =>
	step.dependsOn.some(id => {
		const need = seen.steps.get(id);
		if (need === undefined || path.includes(id)) return false;
		if (need.state === 'failed') return true;
		return !isOver(need.state) && failedBelow(seen, need, [...path, id]);
	});

const endRule = (seen: Seen, event: Extract<RunEvent, {type: 'run.ended'}>): string | undefined => {
	const steps = [...seen.steps.values()];
	if (event.outcome === 'done') {
		const undone = steps.find(step => !isOver(step.state) || step.state === 'faulted');
		if (undone !== undefined) return `The run ends as done, and ${undone.id} is ${undone.state}.`;
		const alive = [...seen.agents.values()].find(agent => agent.ended === undefined);
		return alive === undefined ? undefined : `The run ends as done, and ${alive.id} has not ended.`;
	}
	if (event.outcome === 'stopped') return undefined;
	for (const step of steps) {
		if (step.state === 'proposed' || step.state === 'held' || step.state === 'working')
			return `The run ends while ${step.id} is ${step.state}.`;
		if (step.state === 'approved' && !failedBelow(seen, step))
			return `The run ends although ${step.id} is approved and no failed step stands in its way.`;
	}
	return undefined;
};

const stepMoves: Readonly<Record<string, readonly SeenStep['state'][]>> = {
	'step.approved': ['proposed', 'held', 'rejected'],
	'step.held': ['proposed', 'approved'],
	'step.rejected': ['proposed', 'held', 'approved', 'failed'],
	'step.skipped': ['proposed', 'held', 'approved', 'failed'],
	'step.split': ['proposed', 'held', 'approved', 'failed'],
	'step.joined': ['split'],
	'step.edited': ['proposed', 'held', 'approved', 'rejected', 'failed'],
	'step.retried': ['failed', 'faulted'],
	'step.removed': ['proposed', 'held', 'approved', 'rejected', 'skipped'],
	'step.proposed': ['held', 'approved', 'rejected', 'skipped'],
	'step.started': ['approved'],
	'step.finished': ['working'],
	'step.failed': ['working'],
};

/** One that could start as well and stands higher in the plan. Others of its tier wait for the same lane and model. */
const higherReady = (seen: Seen, step: SeenStep): SeenStep | undefined => {
	const isReady = ({state, tier, dependsOn}: SeenStep): boolean =>
		state === 'approved' &&
		tier === step.tier &&
		dependsOn.every(id => {
			const need = seen.steps.get(id);
			return need === undefined || isOver(need.state);
		});
	const rows = seenRows(seen);
	return rows.slice(0, rows.indexOf(step)).find(isReady);
};

/** They stand beside each other: neither needs the other. */
const movedRule: Rule = (seen, {event}) => {
	if (event.type !== 'step.moved') return undefined;
	const [a, b] = [event.stepId, event.past].map(id => seen.steps.get(id));
	if (a === undefined || b === undefined || a === b) return `${event.stepId} changes places with ${event.past}.`;
	const needs = (from: SeenStep, to: SeenStep): boolean =>
		from.dependsOn.some(id => {
			const need = seen.steps.get(id);
			return need !== undefined && (need === to || needs(need, to));
		});
	return needs(a, b) || needs(b, a) ? `${a.id} is moved past ${b.id}, and one needs the other.` : undefined;
};

const stepRule: Rule = (seen, {event}) => {
	if (!('stepId' in event) || stepMoves[event.type] === undefined || event.stepId === undefined) return undefined;
	const step = seen.steps.get(event.stepId);
	if (step === undefined) return `${event.type} names ${event.stepId}, which is not in the plan.`;
	if (!stepMoves[event.type]?.includes(step.state)) return `${event.type} of ${step.id}, which is ${step.state}.`;
	if ((event.type === 'step.finished' || event.type === 'step.failed') && event.agentId !== step.agentId)
		return `${event.type} of ${step.id} by ${event.agentId}, but ${step.agentId} works on it.`;
	if ((event.type === 'step.removed' || event.type === 'step.proposed') && step.agentId !== undefined)
		return `${event.type} of ${step.id}, on which ${step.agentId} has worked.`;
	const begun = (event.type === 'step.joined' ? (step.split?.into ?? []) : []).find(
		id => seen.steps.get(id)?.agentId !== undefined,
	);
	if (begun !== undefined) return `${step.id} is one step again, and an agent has worked on its part ${begun}.`;
	if (event.type !== 'step.started') return undefined;
	if (seen.status !== 'active') return `${step.id} starts while the run is ${seen.status}.`;
	if (seen.windsUp) return `${step.id} starts while those at work report.`;
	const missing = step.dependsOn.find(id => {
		const state = seen.steps.get(id)?.state;
		return state === undefined || !isOver(state);
	});
	if (missing !== undefined) return `${step.id} starts before ${missing}, which it depends on, is done.`;
	const passed = higherReady(seen, step);
	return passed === undefined ? undefined : `${step.id} starts before ${passed.id}, which is ready and stands higher.`;
};

/** How deep work may be handed on. */
const depthMax = 4;

const createRule = (seen: Seen, event: Extract<RunEvent, {type: 'agent.created'}>): string | undefined => {
	if (seen.agents.has(event.agentId)) return `${event.agentId} is created twice.`;
	if (event.parent !== undefined) {
		const parent = seen.agents.get(event.parent.agentId);
		if (parent === undefined || parent.ended !== undefined) return `${event.agentId} works for nobody.`;
		if (seen.windsUp) return `${event.agentId} begins while those at work report.`;
		return event.depth === parent.depth + 1 && event.depth <= depthMax
			? undefined
			: `${event.agentId} is at depth ${event.depth}.`;
	}
	if (event.stepId === undefined) return undefined;
	const step = seen.steps.get(event.stepId);
	return step?.state === 'working' && step.agentId === event.agentId
		? undefined
		: `${event.agentId} is created for ${event.stepId}, which did not start with it.`;
};

/** All that can still happen to an agent that has ended for good. */
const aftermath: ReadonlySet<RunEvent['type']> = new Set([
	'turn.finished',
	'turn.failed',
	'call.proposed',
	'call.finished',
	'agent.retired',
	'step.failed',
	'budget.warned',
	'request.withdrawn',
]);

const ending: ReadonlySet<RunEvent['type']> = new Set(['agent.killed', 'agent.finished', 'agent.failed']);

const agentRule: Rule = (seen, {event}) => {
	if (event.type === 'agent.created') return createRule(seen, event);
	if (!('agentId' in event) || event.agentId === undefined) return undefined;
	const agent = seen.agents.get(event.agentId);
	if (event.type === 'step.started') return undefined;
	if (agent === undefined) return `${event.type} of ${event.agentId}, which does not exist.`;
	if (agent.ended !== undefined && ending.has(event.type))
		return `${event.type} of ${agent.id}, which has ended (${agent.ended}).`;
	const isOver = agent.retired || agent.ended === 'killed' || agent.ended === 'failed';
	if (isOver && !aftermath.has(event.type))
		return `${event.type} of ${agent.id}, which ${agent.retired ? 'is retired' : `was ${agent.ended}`}.`;
	switch (event.type) {
		case 'agent.retired':
			if (agent.retired) return `${agent.id} is retired twice.`;
			return agent.ended === undefined ? `${agent.id} is retired and has not ended.` : undefined;
		case 'agent.messaged':
			return seen.messages.has(event.messageId) ? `${event.messageId} is given twice.` : undefined;
		case 'agent.finished': {
			if (agent.unread.size > 0 && agent.spent.turns < agent.maxTurns)
				return `${agent.id} finishes with a message unread and turns left.`;
			const lost = agent.calls.find(call => call.cutOff);
			return lost === undefined ? undefined : `${agent.id} finishes, and its call ${lost.id} is cut off.`;
		}
		case 'agent.continued': {
			const may = agent.stopped !== undefined || (agent.kind === 'task' && agent.ended === 'done');
			return may ? undefined : `${event.agentId} continues but did not wait for anybody.`;
		}
		case 'agent.paused':
		case 'agent.resumed':
			return agent.paused === (event.type === 'agent.paused') ? `${event.type} of ${agent.id} twice.` : undefined;
		default:
			return undefined;
	}
};

export const eventRules: readonly Rule[] = [
	order,
	runRule,
	stepRule,
	movedRule,
	agentRule,
	turnRule,
	laneRule,
	callRule,
	verifiedRule,
	requestRule,
	(seen, stamped, elsewhere) =>
		stamped.event.type === 'turn.started' ? turnFits(seen, stamped, stamped.event, elsewhere) : undefined,
	callFits,
];
