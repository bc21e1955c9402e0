import type {Parent} from '../domain/agent.ts';
import {agentOf, type PlannedStep, type RunEvent, type Stamped} from '../domain/event.ts';
import type {AgentId, CallId, RequestId, StepId} from '../domain/id.ts';
import {forgetBrief, forgetEvent, forgotten} from './forget-event.ts';

type Traces = {
	/** The requests it opened, whose answers were given to it. */
	readonly requests: ReadonlySet<RequestId>;
	/** The keys of the steps it finished, under which others were told what it found. */
	readonly keys: ReadonlySet<string>;
	/** The call of another agent that it answered. */
	readonly call: CallId | undefined;
	/** The event by which whom it worked for was told of its end, or a person that it could not help; by place. */
	readonly told: number | undefined;
};

/** Whether an event can bring what a helper said to whom it works for, beside the result of a call. */
const tells = (event: RunEvent): boolean =>
	(event.type === 'agent.messaged' && event.from === 'engine') ||
	(event.type === 'request.opened' && event.ask.kind === 'blocker');

const ends: ReadonlySet<RunEvent['type']> = new Set(['agent.finished', 'agent.failed', 'agent.killed']);

/** The steps that enter the plan with an event. */
const plannedBy = (event: RunEvent): readonly PlannedStep[] => {
	switch (event.type) {
		case 'plan.proposed':
			return event.steps;
		case 'step.split':
			return event.into;
		case 'step.added':
			return [event.step];
		default:
			return [];
	}
};

const tracesOf = (history: readonly Stamped[], agentId: AgentId): Traces => {
	const requests = new Set<RequestId>();
	const finished = new Set<StepId>();
	const keys = new Set<string>();
	let parent: Parent | undefined;
	let hasEnded = false;
	let told: number | undefined;
	for (const {seq, event} of history) {
		if (parent !== undefined && hasEnded && agentOf(event) === parent.agentId && tells(event)) told ??= seq;
		if (agentOf(event) !== agentId) continue;
		if (event.type === 'request.opened') requests.add(event.requestId);
		if (event.type === 'step.finished') finished.add(event.stepId);
		if (event.type === 'agent.created') parent = event.parent;
		hasEnded ||= ends.has(event.type);
	}
	for (const {event} of history) {
		for (const {id, key} of plannedBy(event)) if (finished.has(id)) keys.add(key);
	}
	return {requests, keys, call: parent?.callId, told};
};

/**
 * What other events carry of an agent's words: its packet as a brief, its report as a result, a message or the reason
 * why a person is asked, what it was answered, and what it told those who work for it to do.
 */
const withoutTraces = ({seq, event}: Stamped, agentId: AgentId, {requests, keys, call, told}: Traces): RunEvent => {
	if (seq === told) return forgetEvent(event);
	switch (event.type) {
		case 'request.answered':
			return requests.has(event.requestId) ? forgetEvent(event) : event;
		case 'agent.created': {
			if (event.parent?.agentId === agentId) return forgetEvent(event);
			if (!event.assignment.briefs.some(brief => keys.has(brief.key))) return event;
			const briefs = event.assignment.briefs.map(brief => (keys.has(brief.key) ? forgetBrief(brief) : brief));
			return {...event, assignment: {...event.assignment, briefs}};
		}
		case 'call.finished':
			return event.callId === call ? {...event, output: forgotten} : event;
		default:
			return event;
	}
};

/**
 * The events of a run that change when a person has the words of one agent, or of the whole run, forgotten; in their
 * new form. What other agents said of it in words of their own stays, unless the whole run is purged.
 */
export const purgeHistory = (history: readonly Stamped[], agentId: AgentId | undefined): readonly Stamped[] => {
	const traces = agentId === undefined ? undefined : tracesOf(history, agentId);
	return history.flatMap(stamped => {
		const {event} = stamped;
		const isOthers = agentId !== undefined && traces !== undefined && agentOf(event) !== agentId;
		const changed = isOthers ? withoutTraces(stamped, agentId, traces) : forgetEvent(event);
		return changed === event ? [] : [{...stamped, event: changed}];
	});
};
