import type {Agent} from './agent.ts';
import {largestCostOf, type ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {RoleFacts} from './role.ts';
import type {Run} from './run.ts';

/** Guessed tokens of the next prompt of an agent: what its context holds, and what has come since. */
export const promptGuess = (agent: Agent): number => agent.contextTokens + agent.freshTokens;

/** What must be set aside before the next turn of an agent may start. */
const reserveFor = (agent: Agent): NanoUsd =>
	// A quarter more than guessed: a guess from characters may be short, and a limit must hold all the same.
	largestCostOf(Math.ceil(promptGuess(agent) * 1.25), agent.assignment.maxOutputTokens, agent.model.price);

/** How an agent's next turn stands against the run's limit. */
export type Admission =
	| {readonly kind: 'fits'; readonly reserved: NanoUsd}
	/** It may fit once the turns under way are settled. */
	| {readonly kind: 'later'}
	| {readonly kind: 'over'; readonly limit: NanoUsd; readonly needed: NanoUsd};

export const admit = (run: Run, agent: Agent): Admission => {
	const reserved = reserveFor(agent);
	const limit = run.settings.budget;
	if (limit === undefined) return {kind: 'fits', reserved};
	const {ledger} = run;
	const committed = ledger.settled + ledger.estimated + ledger.reserved;
	if (committed + reserved <= limit) return {kind: 'fits', reserved};
	if (ledger.reserved > 0) return {kind: 'later'};
	return {kind: 'over', limit, needed: committed + reserved};
};

/**
 * A guess of what a step will cost, made before there is any history: so many turns as the tool budget suggests,
 * each prompt 1,500 tokens longer than the last and mostly read from the cache, 600 tokens of reply each.
 * Undefined when the price of the model is unknown.
 */
export const estimateStep = (role: RoleFacts, toolBudget: number, model: ModelFacts): NanoUsd | undefined => {
	if (model.price === undefined) return undefined;
	const turns = Math.max(1, Math.min(role.maxTurns, 1 + Math.ceil(toolBudget / 3)));
	const {rates} = model.price;
	let cost = 0;
	for (let turn = 0; turn < turns; turn++) {
		const fresh = turn === 0 ? 3500 : 1500;
		const cached = turn === 0 ? 0 : 3500 + 1500 * (turn - 1);
		cost += 1000 * (fresh * rates.cacheWrite5m + cached * rates.cacheRead + 600 * rates.output);
	}
	return Math.round(cost);
};
