import {agentsOf, type Run} from '../../source/domain/run.ts';
import {couldThink, isAtWork, isOver, mayChange, type Seen, type SeenAgent} from './seen.ts';

/** A rule for the state between two batches, when nothing is half done. */
type Rule = (seen: Seen, run: Run, now: number) => string | undefined;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const money: Rule = (seen, run) => {
	const {ledger} = run;
	if (ledger.reserved < 0) return `The reserve is negative: ${ledger.reserved}.`;
	for (const part of ['settled', 'estimated', 'reserved'] as const)
		if (ledger[part] !== seen[part]) return `The ledger's ${part} is ${ledger[part]}; the events say ${seen[part]}.`;
	for (const agent of agentsOf(run)) {
		const {settled, estimated} = seen.agents.get(agent.id) ?? {settled: 0, estimated: 0};
		if (agent.settled !== settled || agent.estimated !== estimated) return `${agent.id} has other sums than its turns.`;
	}
	const agents = agentsOf(run);
	if (sum(agents.map(agent => agent.settled + agent.estimated)) !== ledger.settled + ledger.estimated)
		return 'The sums of the agents are not the ledger.';
	return undefined;
};

const parallel: Rule = seen => {
	const atWork = [...seen.agents.values()].filter(isAtWork).length;
	return atWork > seen.maxParallel ? `${atWork} agents are at work; at most ${seen.maxParallel} may be.` : undefined;
};

const wholeness: Rule = seen => {
	for (const step of seen.steps.values()) {
		const agent = step.agentId === undefined ? undefined : seen.agents.get(step.agentId);
		if (step.state === 'working' && (agent === undefined || agent.ended !== undefined))
			return `${step.id} is working, but nobody works on it.`;
		if (step.state !== 'working' && agent !== undefined && agent.ended === undefined)
			return `${agent.id} still works on ${step.id}, which is ${step.state}.`;
	}
	for (const agent of seen.agents.values()) {
		if (agent.ended !== undefined && agent.calls.some(call => call.state !== 'ended'))
			return `${agent.id} has ended (${agent.ended}) with an open call.`;
		if (agent.calls.some(call => call.state === 'denied')) return `A denied call of ${agent.id} has no end.`;
	}
	for (const turn of seen.turns.values())
		if (turn.owed.length > 0) return `${turn.id} asked for ${turn.owed.join(', ')}, which became no call.`;
	return undefined;
};

const requests: Rule = seen => {
	for (const request of seen.requests.values()) {
		if (!request.open) continue;
		if (seen.status === 'ended') return `${request.id} is open after the run's end.`;
		if ('callId' in request.ask && seen.calls.get(request.ask.callId)?.state !== 'asked')
			return `${request.id} is open, but the call it is about does not wait.`;
		if (request.ask.kind === 'budget' && seen.status !== 'paused')
			return `${request.id} is open in a run that goes on.`;
	}
	return undefined;
};

const plan: Rule = seen => {
	if (seen.status !== 'active' || seen.suspended) return undefined;
	const proposed = [...seen.steps.values()].find(step => step.state === 'proposed');
	if (proposed === undefined || [...seen.requests.values()].some(({open, ask}) => open && ask.kind === 'plan'))
		return undefined;
	return `${proposed.id} waits for a person, and nothing asks them.`;
};

const afterEnd: Rule = seen => {
	if (seen.status !== 'ended') return undefined;
	const alive = [...seen.agents.values()].find(agent => agent.ended === undefined);
	return alive === undefined ? undefined : `${alive.id} is alive after the run's end.`;
};

/** A call that could run now: allowed, and no earlier one that changes something is in its way. */
const couldAct = (agent: SeenAgent): boolean =>
	!agent.interrupted &&
	agent.ended === undefined &&
	agent.calls.some(
		(call, i) =>
			call.state === 'allowed' &&
			(!mayChange(call) || agent.calls.slice(0, i).every(other => !mayChange(other) || other.state === 'ended')),
	);

const nothingIdle: Rule = (seen, _run, now) => {
	const agents = [...seen.agents.values()];
	const free = agents.filter(isAtWork).length < seen.maxParallel;
	if (seen.status === 'ended' || seen.status === 'none' || seen.suspended) return undefined;
	const held = agents.find(agent => couldAct(agent) && (free || isAtWork(agent)));
	if (held !== undefined) return `${held.id} has an allowed call that does not start, though there is a place.`;
	if (seen.status === 'paused') return undefined;
	const unlimited = seen.limit === undefined;
	const due = agents.find(agent => agent.retryAt !== undefined && agent.retryAt <= now && agent.openTurn === undefined);
	if (unlimited && due !== undefined) return `${due.id} has waited long enough and is not asked again.`;
	if (!free) return undefined;
	const idle = agents.find(couldThink);
	if (idle !== undefined)
		return unlimited ? `${idle.id} could go on: there is a place and no limit of money.` : undefined;
	if (seen.status !== 'active' || seen.suspended) return undefined;
	for (const step of seen.steps.values()) {
		if (step.state !== 'approved') continue;
		const ready = step.dependsOn.every(id => isOver(seen.steps.get(id)?.state ?? 'done'));
		if (ready) return `${step.id} is approved and ready, there is a place, and it does not start.`;
	}
	return undefined;
};

export const batchRules: readonly Rule[] = [money, parallel, wholeness, plan, requests, afterEnd, nothingIdle];
