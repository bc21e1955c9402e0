import {addCost, type CostRow, type Costs, costRows, evolveCosts, noCost, noCosts} from '../domain/costs.ts';
import type {Stamped} from '../domain/event.ts';
import type {costKeys} from './flags.ts';

type CostKey = (typeof costKeys)[number];

/** Rows of several runs with the same key in one. */
const merged = (rows: readonly CostRow[]): readonly CostRow[] => {
	const sums = new Map<string, CostRow>();
	for (const row of rows) {
		const before = sums.get(row.key);
		sums.set(row.key, before === undefined ? row : {...before, ...addCost(before, row)});
	}
	return [...sums.values()];
};

/** All rows in one. */
export const totalOf = (rows: readonly CostRow[]): CostRow => ({
	key: 'total',
	label: '',
	...rows.reduce(addCost, noCost),
});

/** Costs of one run or of several by what caused them, in the order in which it first cost something; days in their own. */
export const addCosts = (events: Iterable<Stamped>, by: CostKey): readonly CostRow[] => {
	const runs = new Map<string, Costs>();
	for (const stamped of events) runs.set(stamped.runId, evolveCosts(runs.get(stamped.runId) ?? noCosts, stamped));
	if (by === 'run')
		return [...runs].flatMap(([key, costs]) =>
			costs.count === 0 ? [] : [{...totalOf(costRows(costs, 'agent')), key, label: costs.goal}],
		);
	const rows = merged([...runs.values()].flatMap(costs => costRows(costs, by)));
	return by === 'day' ? rows.toSorted((a, b) => a.key.localeCompare(b.key)) : rows;
};
