import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import type {RoleFacts} from './role.ts';
import type {StepHistory} from './settings.ts';

/** What is known before a step begins. */
export type EstimateParts = {
	readonly role: RoleFacts;
	readonly toolBudget: number;
	readonly model: ModelFacts;
	readonly history: readonly StepHistory[];
};

/**
 * Without any history: so many turns as the tool budget suggests, each prompt 1,500 tokens longer than the last and
 * mostly read from the cache, 600 tokens of reply each.
 */
const firstGuess = ({role, toolBudget, model}: EstimateParts): NanoUsd | undefined => {
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

/**
 * A guess of what a step will cost: the mean of what steps of the same role on the same model have cost, where there
 * were any. Undefined when the price of the model is unknown.
 */
export const estimateStep = (parts: EstimateParts): NanoUsd | undefined => {
	if (parts.model.price === undefined) return undefined;
	const known = parts.history.find(({role, model}) => role === parts.role.name && model === parts.model.id);
	return known === undefined || known.steps === 0 ? firstGuess(parts) : Math.round(known.cost);
};
