import {z} from 'zod';
import {toUsd} from '../../source/domain/money.ts';
import {billed} from '../support/billed.ts';
import type {Evidence, Finding} from './invariants-evidence.ts';
import type {StoredEvent} from './invariants-rows.ts';

const settlement = z.looseObject({cost: z.number().optional(), estimated: z.boolean()});
const plan = z.looseObject({steps: z.array(z.looseObject({id: z.string(), key: z.string()}))});
const usage = z.looseObject({
	usage: z.looseObject({settledUsd: z.number(), estimatedUsd: z.number(), reservedUsd: z.number()}),
});

type EndedTurn = {readonly finished: boolean; readonly cost: number; readonly estimated: boolean};

/** What was asked at one place of one agent's conversation: the turns we know of, and the bills of the server. */
type Place = {readonly turns: EndedTurn[]; readonly bills: number[]};

const agentsIn = (events: readonly StoredEvent[]): ReadonlyMap<unknown, string> => {
	const keys = new Map<unknown, string>();
	const agents = new Map<unknown, string>();
	for (const {type, body} of events) {
		if (type === 'plan.proposed') for (const {id, key} of plan.parse(body).steps) keys.set(id, key);
		if (type === 'agent.created') agents.set(body['agentId'], keys.get(body['stepId']) ?? 'planner');
	}
	return agents;
};

/**
 * Turns and bills by agent and place. Requests of one place repeat each other: at most one of them was answered for
 * good, and that is the last; the others were cut short, and their turns are lost.
 */
const placesOf = ({events, requests, ledger, askerOf}: Evidence): ReadonlyMap<string, Place> => {
	const places = new Map<string, Place>();
	const at = (name: string): Place => {
		const known = places.get(name) ?? {turns: [], bills: []};
		places.set(name, known);
		return known;
	};
	const agents = agentsIn(events);
	const said = new Map<unknown, number>();
	for (const {type, body} of events) {
		if (type !== 'turn.finished' && type !== 'turn.failed') continue;
		const {cost = 0, estimated} = settlement.parse(body['settlement']);
		const before = said.get(body['agentId']) ?? 0;
		const finished = type === 'turn.finished';
		at(`${agents.get(body['agentId'])} after ${before} turns`).turns.push({finished, cost, estimated});
		if (finished) said.set(body['agentId'], before + 1);
	}
	for (const [index, request] of requests.entries()) {
		const entries = ledger.filter(({n}) => n === index + 1);
		const cost = billed(entries, true) + billed(entries, false);
		at(`${askerOf(request)} after ${request.turns} turns`).bills.push(cost);
	}
	return places;
};

const placeFindings = (name: string, {turns, bills}: Place): readonly Finding[] => {
	const findings: Finding[] = [];
	const finished = turns.find(turn => turn.finished);
	const rest = finished === undefined ? bills : bills.slice(0, -1);
	const bill = bills.at(-1);
	if (finished !== undefined && (finished.estimated || finished.cost !== bill))
		findings.push({rule: 'money', words: `${name}: settled ${finished.cost} where the server charges ${bill}`});
	const lost = turns.filter(turn => !turn.finished).map(({cost}) => cost);
	const [most, bound] = [rest.toSorted((a, b) => b - a), lost.toSorted((a, b) => b - a)];
	const uncovered = most.filter((cost, at) => cost > (bound[at] ?? 0));
	if (uncovered.length > 0)
		findings.push({
			rule: 'turn paid twice unaccounted',
			words: `${name}: the server charges ${most.join(', ')} for what was cut short, estimated is ${bound.join(', ') || 'nothing'}`,
		});
	return findings;
};

/** Settled is what the server charges for whole replies; of every other reply the estimate covers the charge. */
export const moneyFindings = (evidence: Evidence): readonly Finding[] => {
	const places = placesOf(evidence);
	const findings = [...places].flatMap(([name, place]) => placeFindings(name, place));
	const shown = usage.parse(evidence.shown).usage;
	const sum = (wanted: boolean): number =>
		[...places.values()]
			.flatMap(({turns}) => turns)
			.reduce((all, {cost, estimated}) => all + (estimated === wanted ? cost : 0), 0);
	if (shown.settledUsd !== toUsd(sum(false)) || shown.estimatedUsd !== toUsd(sum(true)))
		findings.push({
			rule: 'money',
			words: `shown are ${shown.settledUsd} and ~${shown.estimatedUsd}; the turns come to ${toUsd(sum(false))} and ~${toUsd(sum(true))}`,
		});
	if (shown.reservedUsd !== 0) findings.push({rule: 'money', words: `${shown.reservedUsd} are still reserved`});
	return findings;
};
