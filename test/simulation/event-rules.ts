import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {AgentId, StepId} from '../../source/domain/id.ts';
import type {ModelFacts} from '../../source/domain/model.ts';
import type {Usage} from '../../source/domain/usage.ts';
import {isOver, mayChange, type Seen, type SeenStep} from './seen.ts';

/** A rule looks at an event before it is noted, and says what is wrong with it. */
type Rule = (seen: Seen, stamped: Stamped) => string | undefined;

const lateMoney: ReadonlySet<RunEvent['type']> = new Set([
	'turn.finished',
	'turn.failed',
	'call.proposed',
	'call.finished',
	'run.resumed',
	'run.permitted',
	'run.recovered',
	'budget.raised',
]);

const beginnings: ReadonlySet<RunEvent['type']> = new Set([
	'turn.started',
	'step.started',
	'call.started',
	'run.ended',
]);

const order: Rule = (seen, {seq, event}) => {
	if (seq !== seen.events + 1) return `The sequence has a gap: ${seq} follows ${seen.events}.`;
	if ((seen.status === 'none') !== (event.type === 'run.created')) return 'A history begins with run.created, once.';
	if (seen.status === 'ended' && !lateMoney.has(event.type)) return `${event.type} happens after the run's end.`;
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
	if (event.outcome === 'stopped') return undefined;
	for (const step of steps) {
		if (step.state === 'proposed' || step.state === 'held' || step.state === 'working')
			return `The run ends while ${step.id} is ${step.state}.`;
		if (step.state === 'approved' && !failedBelow(seen, step))
			return `The run ends although ${step.id} is approved and no failed step stands in its way.`;
	}
	const failed = steps.some(step => step.state === 'failed' || step.state === 'faulted');
	return failed && event.outcome === 'done' ? 'The run ends as done with a failed step.' : undefined;
};

const stepMoves: Readonly<Record<string, readonly SeenStep['state'][]>> = {
	'step.approved': ['proposed', 'held', 'rejected'],
	'step.held': ['proposed', 'approved'],
	'step.rejected': ['proposed', 'held', 'approved', 'failed'],
	'step.edited': ['proposed', 'held', 'approved', 'rejected', 'failed'],
	'step.retried': ['failed', 'faulted'],
	'step.started': ['approved'],
	'step.finished': ['working'],
	'step.failed': ['working'],
};

const stepRule: Rule = (seen, {event}) => {
	if (!('stepId' in event) || stepMoves[event.type] === undefined || event.stepId === undefined) return undefined;
	const step = seen.steps.get(event.stepId);
	if (step === undefined) return `${event.type} names ${event.stepId}, which is not in the plan.`;
	if (!stepMoves[event.type]?.includes(step.state)) return `${event.type} of ${step.id}, which is ${step.state}.`;
	if ((event.type === 'step.finished' || event.type === 'step.failed') && event.agentId !== step.agentId)
		return `${event.type} of ${step.id} by ${event.agentId}, but ${step.agentId} works on it.`;
	if (event.type !== 'step.started') return undefined;
	if (seen.status !== 'active') return `${step.id} starts while the run is ${seen.status}.`;
	const missing = step.dependsOn.find(id => {
		const state = seen.steps.get(id)?.state;
		return state === undefined || !isOver(state);
	});
	return missing === undefined ? undefined : `${step.id} starts before ${missing}, which it depends on, is done.`;
};

const agentRule: Rule = (seen, {event}) => {
	switch (event.type) {
		case 'agent.created': {
			if (seen.agents.has(event.agentId)) return `${event.agentId} is created twice.`;
			if (event.stepId === undefined) return undefined;
			const step = seen.steps.get(event.stepId);
			return step?.state === 'working' && step.agentId === event.agentId
				? undefined
				: `${event.agentId} is created for ${event.stepId}, which did not start with it.`;
		}
		case 'agent.messaged':
			return seen.messages.has(event.messageId) ? `${event.messageId} is given twice.` : undefined;
		case 'agent.interrupted':
		case 'agent.killed':
		case 'agent.finished':
		case 'agent.failed': {
			const agent = seen.agents.get(event.agentId);
			if (agent === undefined) return `${event.type} of ${event.agentId}, which does not exist.`;
			if (agent.ended !== undefined) return `${event.type} of ${agent.id}, which has ended (${agent.ended}).`;
			if (event.type !== 'agent.finished') return undefined;
			if (agent.unread.size > 0 && agent.turns < agent.maxTurns)
				return `${agent.id} finishes with a message unread and turns left.`;
			const lost = agent.calls.find(call => call.cutOff);
			return lost === undefined ? undefined : `${agent.id} finishes, and its call ${lost.id} is cut off.`;
		}
		case 'agent.continued': {
			const agent = seen.agents.get(event.agentId);
			const may = agent?.interrupted === true || (agent?.kind === 'task' && agent.ended === 'done');
			return may ? undefined : `${event.agentId} continues but was not interrupted.`;
		}
		default:
			return undefined;
	}
};

/** What a usage costs, reckoned anew: token by token class, in nano-dollars. */
const worth = (usage: Usage, {price}: ModelFacts): number | undefined => {
	if (price === undefined) return undefined;
	const {rates, largePrompt} = price;
	const prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
	const nanoPerToken = largePrompt !== undefined && prompt > largePrompt.aboveTokens ? 1000 * largePrompt.factor : 1000;
	return (
		usage.input * rates.input * nanoPerToken +
		usage.cacheWrite5m * rates.cacheWrite5m * nanoPerToken +
		usage.cacheWrite1h * rates.cacheWrite1h * nanoPerToken +
		usage.cacheRead * rates.cacheRead * nanoPerToken +
		usage.output * rates.output * nanoPerToken
	);
};

/** So many failures in a row end an agent. */
const failuresMax = 6;

const turnStarts = (seen: Seen, event: Extract<RunEvent, {type: 'turn.started'}>): string | undefined => {
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return `${event.turnId} is of ${event.agentId}, which does not exist.`;
	if (seen.turns.has(event.turnId)) return `${event.turnId} starts twice.`;
	if (seen.status !== 'active' && seen.status !== 'planning') return `A turn starts while the run is ${seen.status}.`;
	if (agent.ended !== undefined || agent.interrupted) return `${agent.id} starts a turn but does not work any more.`;
	if (agent.openTurn !== undefined) return `${agent.id} starts a turn while one is open.`;
	if (agent.calls.some(call => call.state !== 'ended')) return `${agent.id} starts a turn before its calls have ended.`;
	if (agent.failures >= failuresMax) return `${agent.id} tries again after ${agent.failures} failures in a row.`;
	// A task goes on as often as a person writes; a report that could not be read may be mended, but not for ever.
	if (agent.kind !== 'task' && agent.turns >= agent.maxTurns + 2 + agent.interruptions)
		return `${agent.id} may have ${agent.maxTurns} turns and begins with turn ${agent.turns + 1}.`;
	if (agent.kind !== 'plan' && agent.turns + 1 >= agent.maxTurns && !event.last)
		return `${event.turnId} is the last one of ${agent.id} and does not say so.`;
	if (event.delivers.some(id => !agent.unread.has(id))) return `${event.turnId} delivers a message that was delivered.`;
	if (event.delivers.length !== agent.unread.size) return `${event.turnId} leaves a message undelivered.`;
	if (!Number.isSafeInteger(event.reserved) || event.reserved < 0) return `The reserve ${event.reserved} is no sum.`;
	const committed = seen.settled + seen.estimated + seen.reserved + event.reserved;
	return seen.limit !== undefined && committed > seen.limit
		? `${event.turnId} starts with ${committed} committed, over the limit of ${seen.limit}.`
		: undefined;
};

const turnRule: Rule = (seen, {event}) => {
	if (event.type === 'turn.started') return turnStarts(seen, event);
	if (event.type !== 'turn.finished' && event.type !== 'turn.failed') return undefined;
	const agent = seen.agents.get(event.agentId);
	const turn = seen.turns.get(event.turnId);
	if (agent === undefined || turn === undefined || turn.ended || agent.openTurn !== event.turnId)
		return `${event.turnId} of ${event.agentId} ends but is not open.`;
	const {usage, cost} = event.settlement;
	const due = worth(usage, agent.model);
	// Of a turn that was lost nothing may be known; then it counts as much as was set aside for it.
	const lost = event.type === 'turn.failed' && event.failure.kind === 'lost';
	if (lost && cost === turn.reserved) return undefined;
	if ((due === undefined) !== (cost === undefined)) return `${turn.id}: only a turn without a price has no cost.`;
	if (due !== undefined && Math.abs(due - (cost ?? 0)) > 1) return `${turn.id} costs ${cost} instead of ${due}.`;
	return undefined;
};

const callRule: Rule = (seen, {event}) => {
	switch (event.type) {
		case 'call.proposed': {
			if (seen.calls.has(event.callId)) return `${event.callId} is proposed twice.`;
			const owed = seen.turns.get(event.turnId)?.owed.includes(event.useId);
			return owed === true ? undefined : `${event.callId} answers no tool use of ${event.turnId}.`;
		}
		case 'call.weighed':
		case 'call.started':
		case 'call.finished':
			return ofCall(seen, event);
		default:
			return undefined;
	}
};

const ofCall = (
	seen: Seen,
	event: Extract<RunEvent, {type: 'call.weighed' | 'call.started' | 'call.finished'}>,
): string | undefined => {
	const call = seen.calls.get(event.callId);
	if (call === undefined) return `${event.type} of ${event.callId}, which was never proposed.`;
	if (call.state === 'ended') return `${event.type} of ${call.id}, which has ended.`;
	if (event.type === 'call.weighed') return call.state === 'proposed' ? undefined : `${call.id} is weighed twice.`;
	if (event.type === 'call.finished') {
		const known = event.outcome === 'cancelled' && call.state === 'running' && mayChange(call);
		return known ? `${call.id} was running, so it is not known that it did nothing.` : undefined;
	}
	if (call.state !== 'allowed') return `${call.id} starts but is ${call.state}.`;
	const calls = seen.agents.get(call.agentId)?.calls ?? [];
	const earlier = calls.slice(0, calls.indexOf(call)).find(other => mayChange(other) && other.state !== 'ended');
	return mayChange(call) && earlier !== undefined ? `${call.id} starts before ${earlier.id} has ended.` : undefined;
};

const requestRule: Rule = (seen, {event}) => {
	if (event.type === 'request.opened' && event.ask.kind === 'budget' && seen.reserved > 0)
		return `${event.requestId} asks for money while ${seen.reserved} is reserved and may become free.`;
	if (event.type === 'request.opened')
		return seen.requests.has(event.requestId) ? `${event.requestId} is opened twice.` : aliveAsker(seen, event.agentId);
	if (event.type !== 'request.answered' && event.type !== 'request.withdrawn') return undefined;
	return seen.requests.get(event.requestId)?.open === true ? undefined : `${event.type} of a request that is not open.`;
};

const aliveAsker = (seen: Seen, agentId: AgentId | undefined): string | undefined => {
	const agent = agentId === undefined ? undefined : seen.agents.get(agentId);
	return agent?.ended === undefined ? undefined : `${agentId} has ended and asks.`;
};

export const eventRules: readonly Rule[] = [order, runRule, stepRule, agentRule, turnRule, callRule, requestRule];
