import type {Run} from '../../source/domain/run.ts';
import {openRequestRule} from './request-rules.ts';
import {couldThink, isAtWork, isOver, laneTakes, mayChange, type Seen, type SeenAgent, type SeenStep} from './seen.ts';

/** A rule for the state between two batches, when nothing is half done. */
type Rule = (seen: Seen, run: Run, now: number) => string | undefined;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const money: Rule = (seen, run) => {
	const {ledger} = run;
	if (ledger.reserved < 0) return `The reserve is negative: ${ledger.reserved}.`;
	for (const part of ['settled', 'estimated', 'reserved'] as const)
		if (ledger[part] !== seen[part]) return `The ledger's ${part} is ${ledger[part]}; the events say ${seen[part]}.`;
	for (const agent of run.agents) {
		const {settled, estimated} = seen.agents.get(agent.id) ?? {settled: 0, estimated: 0};
		if (agent.settled !== settled || agent.estimated !== estimated) return `${agent.id} has other sums than its turns.`;
	}
	const agents = run.agents;
	if (sum(agents.map(agent => agent.settled + agent.estimated)) !== ledger.settled + ledger.estimated)
		return 'The sums of the agents are not the ledger.';
	for (const what of ['money', 'tokens', 'turns', 'calls'] as const) {
		const drawn = sum([...seen.agents.values()].map(({spent}) => spent[what]));
		if (run.spent[what] !== drawn) return `The run has spent ${run.spent[what]} of ${what}; its agents ${drawn}.`;
		if (run.today[what] !== seen.today.sums[what]) return `The day's ${what} are ${run.today[what]}.`;
	}
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

/** Whoever works for another has somebody who waits for it, and who waits has somebody at work. */
const family: Rule = seen => {
	const waited = new Set<string>();
	for (const agent of seen.agents.values()) {
		if (agent.kind !== 'part' || agent.ended !== undefined || agent.parent === undefined) continue;
		const parent = seen.agents.get(agent.parent.agentId);
		const {callId} = agent.parent;
		if (callId !== undefined) waited.add(callId);
		const waits = callId === undefined ? parent?.stopped === 'blocked' : seen.calls.get(callId)?.state === 'delegated';
		if (parent?.ended !== undefined || !waits)
			return `${agent.id} works for ${agent.parent.agentId}, which does not wait.`;
	}
	for (const agent of seen.agents.values())
		for (const call of agent.calls)
			if (call.state === 'delegated' && !waited.has(call.id)) return `${call.id} waits for a report that nobody makes.`;
	return undefined;
};

/** Who is blocked or limited is being helped, or somebody is asked. */
const nobodyForgotten: Rule = seen => {
	for (const agent of seen.agents.values()) {
		if (agent.stopped !== 'blocked' && agent.stopped !== 'limited') continue;
		const asks = [...seen.requests.values()].some(({open, agentId}) => open && agentId === agent.id);
		const helped = [...seen.agents.values()].some(
			({parent, ended}) => ended === undefined && parent?.agentId === agent.id,
		);
		if (!asks && !helped) return `${agent.id} is ${agent.stopped}, and nobody is asked.`;
	}
	return undefined;
};

const lanes: Rule = seen => {
	for (const [name, {owesPause}] of seen.lanes)
		if (owesPause) return `${name} has said that it is too much, and is open.`;
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
	agent.stopped === undefined &&
	!agent.paused &&
	agent.ended === undefined &&
	agent.calls.some(
		(call, i) =>
			call.state === 'allowed' &&
			(!mayChange(call) || agent.calls.slice(0, i).every(other => !mayChange(other) || other.state === 'ended')),
	);

const hasLimits = (seen: Seen): boolean =>
	[...Object.values(seen.limits), ...[...seen.steps.values()].map(({allowance}) => allowance)].some(
		allowance => Object.keys(allowance).length > 0,
	);

const nothingIdle: Rule = (seen, _run, now) => {
	const agents = [...seen.agents.values()];
	const free = agents.filter(isAtWork).length < seen.maxParallel;
	if (seen.status === 'ended' || seen.status === 'none' || seen.suspended) return undefined;
	const held = agents.find(agent => couldAct(agent) && (free || isAtWork(agent)));
	if (held !== undefined) return `${held.id} has an allowed call that does not start, though there is a place.`;
	if (seen.status === 'paused') return undefined;
	for (const [name, lane] of seen.lanes)
		if (lane.state === 'paused' && lane.until <= now) return `${name} has waited long enough and is still shut.`;
	if (hasLimits(seen)) return undefined;
	const mayAsk = (agent: SeenAgent): boolean => laneTakes(seen, agent.model.provider);
	const due = agents.find(
		agent => agent.restUntil !== undefined && agent.restUntil <= now && agent.openTurn === undefined && mayAsk(agent),
	);
	if (due !== undefined) return `${due.id} has waited long enough and is not asked again.`;
	if (!free) return undefined;
	const idle = agents.find(agent => couldThink(agent) && mayAsk(agent));
	if (idle !== undefined) return `${idle.id} could go on: there is a place and no limit.`;
	for (const step of readySteps(seen))
		if (laneTakes(seen, seen.models?.[step.tier].provider ?? ''))
			return `${step.id} is approved and ready, there is a place, and it does not start.`;
	return undefined;
};

/** Steps that could begin, if there were a place, a lane and money for them. */
const readySteps = (seen: Seen): readonly SeenStep[] =>
	seen.status !== 'active' || seen.windsUp
		? []
		: [...seen.steps.values()].filter(
				({state, dependsOn}) =>
					state === 'approved' && dependsOn.every(id => isOver(seen.steps.get(id)?.state ?? 'done')),
			);

/** Whoever waits for a provider that will not do by itself has somebody who is asked about it. */
const closedLanes: Rule = seen => {
	if (seen.suspended || (seen.status !== 'active' && seen.status !== 'planning')) return undefined;
	for (const [name, {state}] of seen.lanes) {
		if (state !== 'closed') continue;
		const waits =
			[...seen.agents.values()].some(agent => couldThink(agent) && agent.model.provider === name) ||
			readySteps(seen).some(step => seen.models?.[step.tier].provider === name);
		const asked = [...seen.requests.values()].some(({open, ask}) => open && ask.kind === 'lane' && ask.lane === name);
		if (waits !== asked)
			return `${name} is closed, ${waits ? 'somebody waits for it, and nobody is asked' : 'and nobody waits for it'}.`;
	}
	return undefined;
};

export const batchRules: readonly Rule[] = [
	money,
	parallel,
	wholeness,
	family,
	nobodyForgotten,
	lanes,
	plan,
	openRequestRule,
	afterEnd,
	closedLanes,
	nothingIdle,
];
