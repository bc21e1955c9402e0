import type {Happening, RunEvent} from './event.ts';
import type {AgentId, StepId, TurnId} from './id.ts';
import {dayOf} from './limits.ts';
import type {ModelFacts} from './model.ts';
import type {NanoUsd} from './money.ts';
import {rowOf, type Table, withRow} from './table.ts';
import {addUsage, noUsage, type Usage} from './usage.ts';

/** What turns have cost together. */
export type CostSums = {
	/** Turns that have their reply. */
	readonly turns: number;
	readonly failedTurns: number;
	readonly unpricedTurns: number;
	/** Turns that were cut short: what they have used is a guess. */
	readonly guessedTurns: number;
	readonly usage: Usage;
	readonly settled: NanoUsd;
	/** What turns that were cut short have probably cost. */
	readonly estimated: NanoUsd;
};

export const noCost: CostSums = {
	turns: 0,
	failedTurns: 0,
	unpricedTurns: 0,
	guessedTurns: 0,
	usage: noUsage,
	settled: 0,
	estimated: 0,
};

export const addCost = (a: CostSums, b: CostSums): CostSums => ({
	turns: a.turns + b.turns,
	failedTurns: a.failedTurns + b.failedTurns,
	unpricedTurns: a.unpricedTurns + b.unpricedTurns,
	guessedTurns: a.guessedTurns + b.guessedTurns,
	usage: addUsage(a.usage, b.usage),
	settled: a.settled + b.settled,
	estimated: a.estimated + b.estimated,
});

/** What one agent has spent on one model on one day. */
type CostCell = CostSums & {
	/** The model that was asked: the agent may have another one by now. Undefined when nobody knows. */
	readonly model: ModelFacts | undefined;
	readonly day: number;
	/** When it first cost something: its place among all that did. */
	readonly since: number;
};

/** An agent, and all it has spent. */
type Spender = {
	readonly id: AgentId;
	readonly name: string;
	readonly role: string;
	readonly stepId: StepId | undefined;
	/** What it works on, in words. */
	readonly title: string;
	readonly model: ModelFacts;
	readonly asked: readonly {readonly turnId: TurnId; readonly model: ModelFacts}[];
	readonly cells: readonly CostCell[];
};

/** What was spent in stretches of time of one length, the first from `from` on; ms. */
type CostSeries = {readonly from: number; readonly widthMs: number; readonly spent: readonly NanoUsd[]};

/** What a run has cost, by whatever caused it: a fold of its events. */
export type Costs = {
	readonly goal: string;
	readonly spenders: Table<Spender>;
	/** How many turns have cost something. */
	readonly count: number;
	readonly series: CostSeries;
};

/** What must be read of a history to add up its costs. */
export const costEvents = [
	'run.created',
	'agent.created',
	'agent.changed',
	'turn.started',
	'turn.finished',
	'turn.failed',
] as const satisfies readonly RunEvent['type'][];

export const noCosts: Costs = {goal: '', spenders: [], count: 0, series: {from: 0, widthMs: 1000, spent: []}};

/** So many stretches of time are kept apart; of longer runs two become one. */
const stretchesMax = 240;

const addToSeries = (series: CostSeries, at: number, cost: NanoUsd): CostSeries => {
	const from = series.spent.length === 0 ? at : series.from;
	const place = Math.max(0, Math.floor((at - from) / series.widthMs));
	if (place >= stretchesMax) {
		const halved = Array.from(
			{length: Math.ceil(series.spent.length / 2)},
			(_, i) => (series.spent[2 * i] ?? 0) + (series.spent[2 * i + 1] ?? 0),
		);
		return addToSeries({from, widthMs: 2 * series.widthMs, spent: halved}, at, cost);
	}
	const spent = Array.from({length: Math.max(series.spent.length, place + 1)}, (_, i) => series.spent[i] ?? 0);
	return {...series, from, spent: spent.with(place, (spent[place] ?? 0) + cost)};
};

type Ended = Extract<RunEvent, {type: 'turn.finished' | 'turn.failed'}>;

const costOf = ({type, settlement: {usage, cost, estimated}}: Ended): CostSums => ({
	turns: type === 'turn.finished' ? 1 : 0,
	failedTurns: type === 'turn.failed' ? 1 : 0,
	unpricedTurns: cost === undefined ? 1 : 0,
	guessedTurns: estimated ? 1 : 0,
	usage,
	settled: estimated ? 0 : (cost ?? 0),
	estimated: estimated ? (cost ?? 0) : 0,
});

const book = (spender: Spender, event: Ended, at: number, since: number): Spender => {
	const model = spender.asked.find(({turnId}) => turnId === event.turnId)?.model;
	const day = dayOf(at);
	const cost = costOf(event);
	const isSame = (cell: CostCell): boolean =>
		cell.day === day && cell.model?.id === model?.id && cell.model?.provider === model?.provider;
	const known = spender.cells.some(isSame);
	return {
		...spender,
		asked: spender.asked.filter(({turnId}) => turnId !== event.turnId),
		cells: known
			? spender.cells.map(cell => (isSame(cell) ? {...cell, ...addCost(cell, cost)} : cell))
			: [...spender.cells, {...cost, model, day, since}],
	};
};

/** The costs after one more event. */
export const evolveCosts = (costs: Costs, {event, at}: Happening): Costs => {
	switch (event.type) {
		case 'run.created':
			return {...noCosts, goal: event.goal};
		case 'agent.created': {
			const {agentId: id, name, stepId, model, assignment} = event;
			const {role, title} = assignment;
			return {
				...costs,
				spenders: withRow(costs.spenders, {id, name, role, stepId, title, model, asked: [], cells: []}),
			};
		}
		case 'agent.changed': {
			const spender = rowOf(costs.spenders, event.agentId);
			if (spender === undefined || event.model === undefined) return costs;
			return {...costs, spenders: withRow(costs.spenders, {...spender, model: event.model})};
		}
		case 'turn.started': {
			const spender = rowOf(costs.spenders, event.agentId);
			if (spender === undefined) return costs;
			const asked = [...spender.asked, {turnId: event.turnId, model: spender.model}];
			return {...costs, spenders: withRow(costs.spenders, {...spender, asked})};
		}
		case 'turn.finished':
		case 'turn.failed': {
			const spender = rowOf(costs.spenders, event.agentId);
			if (spender === undefined) return costs;
			const {settled, estimated} = costOf(event);
			return {
				...costs,
				spenders: withRow(costs.spenders, book(spender, event, at, costs.count)),
				count: costs.count + 1,
				series: addToSeries(costs.series, at, settled + estimated),
			};
		}
		default:
			return costs;
	}
};

/** What costs can be added up by, within a run. */
export const costKeys = ['step', 'agent', 'role', 'model', 'provider', 'day'] as const;
export type CostKey = (typeof costKeys)[number];

/** What was spent on one thing. */
export type CostRow = CostSums & {
	/** An id, a name, or a day in UTC such as `2026-11-21`; empty for what belongs to none, as an agent beside the plan. */
	readonly key: string;
	/** What a person calls it: the name of an agent, what a step is for, the provider of a model, `beside the plan`; else empty. */
	readonly label: string;
};

const msPerDay = 86_400_000;

const causeOf = (by: CostKey, spender: Spender, {model, day}: CostCell): Pick<CostRow, 'key' | 'label'> => {
	switch (by) {
		case 'step':
			return spender.stepId === undefined
				? {key: '', label: 'beside the plan'}
				: {key: spender.stepId, label: spender.title};
		case 'agent':
			return {key: spender.id, label: spender.name};
		case 'role':
			return {key: spender.role, label: ''};
		case 'model':
			return {key: model?.id ?? '', label: model?.provider ?? ''};
		case 'provider':
			return {key: model?.provider ?? '', label: ''};
		case 'day':
			return {key: new Date(day * msPerDay).toISOString().slice(0, 10), label: ''};
		default:
			return by satisfies never;
	}
};

/** Costs by what caused them, in the order in which it first cost something. */
export const costRows = ({spenders}: Costs, by: CostKey): readonly CostRow[] => {
	const rows = new Map<string, CostRow & {readonly since: number}>();
	for (const spender of spenders)
		for (const cell of spender.cells) {
			const {key, label} = causeOf(by, spender, cell);
			const row = rows.get(key) ?? {key, label, ...noCost, since: cell.since};
			rows.set(key, {
				...addCost(row, cell),
				key,
				label: row.label,
				since: Math.min(row.since, cell.since),
			});
		}
	return [...rows.values()].sort((a, b) => a.since - b.since).map(({since: _, ...row}) => row);
};
