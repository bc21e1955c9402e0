import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {type Allowance, type Draw, dayOf} from '../../source/domain/limits.ts';
import {isCounted} from './note-work.ts';
import {noSums, type Seen, type SeenAgent, type Sums} from './seen.ts';

type Started = Extract<RunEvent, {type: 'turn.started'}>;

const quantities = ['money', 'tokens', 'turns', 'calls'] as const;

/** What an agent has drawn and holds for its open turn. */
const committed = (seen: Seen, agents: Iterable<SeenAgent>): Sums => {
	const sums = noSums();
	for (const {spent, openTurn} of agents) {
		for (const what of quantities) sums[what] += spent[what];
		const turn = openTurn === undefined ? undefined : seen.turns.get(openTurn);
		if (turn === undefined) continue;
		sums.money += turn.reserved;
		sums.tokens += turn.tokens;
		sums.turns++;
	}
	return sums;
};

const isOfFamily = (seen: Seen, agent: SeenAgent, head: SeenAgent): boolean => {
	for (let member: SeenAgent | undefined = agent; member !== undefined; ) {
		if (member.id === head.id) return true;
		member = member.parent === undefined ? undefined : seen.agents.get(member.parent.agentId);
	}
	return false;
};

/** What the run has drawn on a day, and holds. */
const drawnOn = (seen: Seen, day: number): Sums => {
	const used = day === seen.today.day ? seen.today.sums : noSums();
	const all = committed(seen, seen.agents.values());
	for (const {spent} of seen.agents.values()) for (const what of quantities) all[what] -= spent[what];
	for (const what of quantities) all[what] += used[what];
	return all;
};

type Purse = {readonly name: string; readonly allowance: Allowance; readonly sums: Sums};

const pursesOf = (seen: Seen, agent: SeenAgent, at: number, elsewhere: Draw): readonly Purse[] => {
	const agents = [...seen.agents.values()];
	const purses: Purse[] = [];
	for (let head: SeenAgent | undefined = agent; head !== undefined; ) {
		const owner: SeenAgent = head;
		purses.push({
			name: owner.id,
			allowance: {...seen.limits.agent, ...owner.limits.agent},
			sums: committed(
				seen,
				agents.filter(other => isOfFamily(seen, other, owner)),
			),
		});
		head = owner.parent === undefined ? undefined : seen.agents.get(owner.parent.agentId);
	}
	const step = agent.stepId === undefined ? undefined : seen.steps.get(agent.stepId);
	if (step !== undefined)
		purses.push({
			name: step.id,
			allowance: {...seen.limits.step, ...step.allowance},
			sums: committed(
				seen,
				agents.filter(({stepId}) => stepId === step.id),
			),
		});
	purses.push({name: 'the run', allowance: seen.limits.run, sums: committed(seen, agents)});
	const today = drawnOn(seen, Math.max(dayOf(at), seen.today.day));
	for (const what of quantities) today[what] += elsewhere.used[what] + elsewhere.held[what];
	purses.push({name: 'the day', allowance: seen.limits.day, sums: today});
	return purses;
};

/** What a turn needs is within every limit there is, together with what was drawn and is held. */
export const turnFits = (seen: Seen, {at}: Stamped, event: Started, elsewhere: Draw): string | undefined => {
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return undefined;
	const needs: Sums = {money: event.reserved, tokens: event.reservedTokens, turns: 1, calls: 0};
	const ofTurn = {...seen.limits.turn, ...agent.limits.turn};
	for (const what of ['money', 'tokens'] as const)
		if (needs[what] > (ofTurn[what] ?? Number.POSITIVE_INFINITY))
			return `${event.turnId} may need ${needs[what]} of ${what}, over the limit of a turn.`;
	for (const {name, allowance, sums} of pursesOf(seen, agent, at, elsewhere))
		for (const what of quantities) {
			const limit = allowance[what];
			if (limit === undefined || sums[what] + needs[what] <= limit) continue;
			return `${event.turnId} starts with ${sums[what] + needs[what]} of ${what} committed, over the limit of ${limit} of ${name}.`;
		}
	return undefined;
};

/** A call that is counted is within every limit there is. */
export const callFits = (seen: Seen, {at, event}: Stamped, elsewhere: Draw): string | undefined => {
	if (event.type !== 'call.proposed' || !isCounted(event)) return undefined;
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return undefined;
	const ofTurn = {...seen.limits.turn, ...agent.limits.turn}.calls ?? Number.POSITIVE_INFINITY;
	if ((seen.turns.get(event.turnId)?.calls ?? 0) + 1 > ofTurn) return `${event.callId} is over the limit of a turn.`;
	const over = pursesOf(seen, agent, at, elsewhere).find(
		({allowance, sums}) => allowance.calls !== undefined && sums.calls + 1 > allowance.calls,
	);
	return over === undefined ? undefined : `${event.callId} is over the limit of calls of ${over.name}.`;
};
