import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {StepId} from '../../source/domain/id.ts';
import {dayOf, withLimit} from '../../source/domain/limits.ts';
import {bytesOf, noteCall, noteLane, noteTurn} from './note-work.ts';
import {noSums, type Seen, type SeenAgent, type SeenStep} from './seen.ts';

/** Fewer bytes than the program takes a prompt's beginning to have. */
const openingBytes = 38_000;

const setStep = (seen: Seen, id: StepId, state: SeenStep['state']): void => {
	const step = seen.steps.get(id);
	if (step !== undefined) step.state = state;
};

const addStep = (seen: Seen, {id, tier, dependsOn, allowance}: Omit<SeenStep, 'state' | 'agentId' | 'split'>): void => {
	seen.steps.set(id, {id, tier, dependsOn, allowance, state: 'proposed', agentId: undefined, split: undefined});
};

const raise = (seen: Seen, event: Extract<RunEvent, {type: 'budget.raised'}>): void => {
	const {scope, what, limit} = event;
	if (scope === 'step') {
		const step = event.stepId === undefined ? undefined : seen.steps.get(event.stepId);
		if (step !== undefined) step.allowance = withLimit(step.allowance, what, limit);
		return;
	}
	if (scope === 'turn' || scope === 'agent') {
		const agent = event.agentId === undefined ? undefined : seen.agents.get(event.agentId);
		if (agent !== undefined) agent.limits = {...agent.limits, [scope]: withLimit(agent.limits[scope], what, limit)};
		return;
	}
	seen.limits = {...seen.limits, [scope]: withLimit(seen.limits[scope], what, limit)};
};

const create = (seen: Seen, event: Extract<RunEvent, {type: 'agent.created'}>): void => {
	const {agentId: id, stepId, parent, depth, model, assignment} = event;
	seen.agents.set(id, {
		id,
		stepId,
		parent,
		depth,
		kind: assignment.kind,
		maxTurns: assignment.maxTurns,
		model,
		ended: undefined,
		retired: false,
		paused: false,
		stopped: undefined,
		restUntil: undefined,
		openTurn: undefined,
		lastTurns: 0,
		failures: 0,
		stops: 0,
		unread: new Set(),
		calls: [],
		// A fork says again all that its original had in mind.
		context: event.fork === undefined ? 0 : (seen.agents.get(event.fork.agentId)?.context ?? 0),
		sent: 0,
		unsent:
			openingBytes +
			bytesOf(JSON.stringify(assignment)) +
			(event.fork === undefined ? 0 : heldBack(seen.agents.get(event.fork.agentId))),
		spent: noSums(),
		settled: 0,
		estimated: 0,
		limits: {turn: {}, agent: {}},
	});
};

const heldBack = (agent: SeenAgent | undefined): number => (agent?.sent ?? 0) + (agent?.unsent ?? 0);

const noteAgent = (seen: Seen, event: Extract<RunEvent, {type: `agent.${string}`}>): void => {
	if (event.type === 'agent.created') {
		create(seen, event);
		return;
	}
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return;
	switch (event.type) {
		case 'agent.messaged':
			seen.messages.add(event.messageId);
			agent.unread.add(event.messageId);
			agent.unsent += bytesOf(event.text);
			if (event.from === 'person') agent.lastTurns = 0;
			return;
		case 'agent.changed':
			agent.model = event.model ?? agent.model;
			agent.unsent += bytesOf(event.instructions ?? '');
			return;
		case 'agent.paused':
			agent.paused = true;
			agent.restUntil = undefined;
			return;
		case 'agent.resumed':
			agent.paused = false;
			return;
		case 'agent.interrupted':
		case 'agent.blocked':
		case 'agent.limited':
			agent.stopped =
				event.type === 'agent.interrupted' ? 'interrupted' : event.type === 'agent.blocked' ? 'blocked' : 'limited';
			agent.restUntil = undefined;
			return;
		case 'agent.continued':
			agent.stopped = undefined;
			agent.ended = undefined;
			agent.lastTurns = 0;
			agent.stops++;
			return;
		case 'agent.winds_up':
			return;
		case 'agent.retired':
			agent.retired = true;
			return;
		case 'agent.killed':
		case 'agent.finished':
		case 'agent.failed':
			agent.ended = event.type === 'agent.killed' ? 'killed' : event.type === 'agent.finished' ? 'done' : 'failed';
			agent.stopped = undefined;
			agent.restUntil = undefined;
			return;
		default:
			event satisfies never;
	}
};

const noteStep = (seen: Seen, event: Extract<RunEvent, {type: `step.${string}`}>): void => {
	switch (event.type) {
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
		case 'step.skipped':
			setStep(seen, event.stepId, 'skipped');
			return;
		case 'step.finished':
			setStep(seen, event.stepId, event.packet.status === 'FAIL' ? 'faulted' : 'done');
			return;
		case 'step.failed':
			setStep(seen, event.stepId, 'failed');
			return;
		case 'step.joined': {
			const step = seen.steps.get(event.stepId);
			if (step?.split === undefined) return;
			const {was, into} = step.split;
			for (const id of into) seen.steps.delete(id);
			seen.order = seen.order.filter(id => !into.includes(id));
			for (const other of seen.steps.values())
				if (other.dependsOn.some(need => into.includes(need)))
					other.dependsOn = [...other.dependsOn.filter(need => !into.includes(need)), step.id];
			step.state = was;
			step.split = undefined;
			return;
		}
		case 'step.split': {
			const whole = seen.steps.get(event.stepId);
			if (whole !== undefined) whole.split = {was: whole.state, into: event.into.map(({id}) => id)};
			setStep(seen, event.stepId, 'split');
			const last = event.into.at(-1);
			for (const part of event.into) addStep(seen, part);
			seen.order = seen.order.toSpliced(seen.order.indexOf(event.stepId) + 1, 0, ...event.into.map(({id}) => id));
			if (last === undefined) return;
			for (const step of seen.steps.values())
				if (!event.into.some(({id}) => id === step.id) || step.id === last.id)
					step.dependsOn = step.dependsOn.map(need => (need === event.stepId ? last.id : need));
			return;
		}
		case 'step.added': {
			addStep(seen, event.step);
			const before = seen.order.findIndex(id => event.neededBy.includes(id));
			seen.order = seen.order.toSpliced(before === -1 ? seen.order.length : before, 0, event.step.id);
			for (const id of event.neededBy) {
				const step = seen.steps.get(id);
				if (step !== undefined) step.dependsOn = [...step.dependsOn, event.step.id];
			}
			return;
		}
		case 'step.removed': {
			const needs = seen.steps.get(event.stepId)?.dependsOn ?? [];
			seen.steps.delete(event.stepId);
			seen.order = seen.order.filter(id => id !== event.stepId);
			for (const step of seen.steps.values())
				if (step.dependsOn.includes(event.stepId))
					step.dependsOn = [...step.dependsOn.filter(id => id !== event.stepId), ...needs];
			return;
		}
		case 'step.moved': {
			const {stepId, past} = event;
			seen.order = seen.order.map(id => (id === stepId ? past : id === past ? stepId : id));
			return;
		}
		case 'step.proposed':
			setStep(seen, event.stepId, 'proposed');
			return;
		case 'step.started': {
			setStep(seen, event.stepId, 'working');
			const step = seen.steps.get(event.stepId);
			if (step !== undefined) step.agentId = event.agentId;
			return;
		}
		case 'step.edited': {
			const step = seen.steps.get(event.stepId);
			if (step === undefined) return;
			step.dependsOn = event.patch.dependsOn ?? step.dependsOn;
			step.tier = event.patch.tier ?? step.tier;
			step.allowance = event.patch.allowance ?? step.allowance;
			return;
		}
		default:
			event satisfies never;
	}
};

const noteRequest = (seen: Seen, event: Extract<RunEvent, {type: `request.${string}`}>): void => {
	if (event.type === 'request.seen' || event.type === 'request.overdue') return;
	if (event.type === 'request.opened') {
		const {requestId: id, agentId, stepId, ask} = event;
		seen.requests.set(id, {id, agentId, stepId, ask, open: true});
		const waits = ask.kind === 'call' || ask.kind === 'question' || ask.kind === 'blocker';
		const call = waits && ask.callId !== undefined ? seen.calls.get(ask.callId) : undefined;
		if (call !== undefined) call.state = 'asked';
		return;
	}
	const request = seen.requests.get(event.requestId);
	if (request === undefined) return;
	request.open = false;
	const call = request.ask.kind === 'call' ? seen.calls.get(request.ask.callId) : undefined;
	if (call !== undefined && event.type === 'request.answered' && event.answer.kind === 'approve')
		call.state = 'allowed';
};

const isOf = <P extends string>(event: RunEvent, prefix: P): event is Extract<RunEvent, {type: `${P}.${string}`}> =>
	event.type.startsWith(`${prefix}.`);

/** Take note of one more event. It has passed the rules already. */
export const note = (seen: Seen, stamped: Stamped): void => {
	const {event, at} = stamped;
	seen.events++;
	const day = Math.max(seen.today.day, dayOf(at));
	if (day !== seen.today.day) seen.today = {day, sums: noSums()};
	if (isOf(event, 'turn')) noteTurn(seen, event, at);
	else if (isOf(event, 'call')) noteCall(seen, event, stamped);
	else if (isOf(event, 'agent')) noteAgent(seen, event);
	else if (isOf(event, 'step')) noteStep(seen, event);
	else if (isOf(event, 'request')) noteRequest(seen, event);
	else if (isOf(event, 'lane')) noteLane(seen, event, at);
	else noteRun(seen, event);
};

const noteRun = (
	seen: Seen,
	event: Extract<RunEvent, {type: `run.${string}` | `budget.${string}` | `plan.${string}` | `grant.${string}`}>,
): void => {
	switch (event.type) {
		case 'run.created':
			seen.status = 'planning';
			seen.maxParallel = event.settings.maxParallel;
			seen.outputsDir = event.settings.outputsDir;
			seen.models = event.settings.models;
			seen.limits = event.settings.limits;
			return;
		case 'run.paused':
			seen.status = 'paused';
			seen.pausedBy = event.by;
			return;
		case 'run.resumed':
			if (seen.status === 'ended') seen.windsUp = false;
			seen.status = seen.planned ? 'active' : 'planning';
			return;
		case 'run.ended':
			seen.status = 'ended';
			return;
		case 'run.winds_up':
			seen.windsUp = true;
			return;
		case 'budget.raised':
			if (event.scope === 'run' || event.scope === 'day') seen.windsUp = false;
			raise(seen, event);
			return;
		case 'budget.warned':
			return;
		case 'plan.proposed':
			seen.planned = true;
			if (seen.status === 'planning') seen.status = 'active';
			for (const step of event.steps) addStep(seen, step);
			seen.order = event.steps.map(({id}) => id);
			return;
		case 'run.suspended':
			seen.suspended = true;
			return;
		case 'run.recovered':
			seen.suspended = false;
			return;
		case 'run.permitted':
		case 'run.imported':
			return;
		case 'grant.added':
			if (event.reach === 'always') seen.unkept.add(event.rule);
			return;
		case 'grant.kept':
			seen.unkept.delete(event.rule);
			return;
		default:
			event satisfies never;
	}
};
