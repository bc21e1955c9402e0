import type {Stamped} from '../domain/event.ts';
import {dayOf} from '../domain/limits.ts';
import type {ModelFacts} from '../domain/model.ts';
import {addUsage, noUsage, type Usage} from '../domain/usage.ts';
import type {costKeys} from './flags.ts';

export type CostKey = (typeof costKeys)[number];

/** What was spent on one thing. Amounts are nano-dollars. */
export type CostRow = {
	/** The id of an agent or a run, or the name of a role or model, or the day in UTC, such as `2026-11-21`. */
	readonly key: string;
	/** What a person calls it: the name of an agent, the goal of a run, the provider of a model; else empty. */
	readonly label: string;
	/** Turns that have their reply. */
	readonly turns: number;
	readonly failedTurns: number;
	readonly unpricedTurns: number;
	readonly usage: Usage;
	readonly settled: number;
	/** What turns that were cut short have probably cost. */
	readonly estimated: number;
};

/** What must be read of a history to add up its costs. */
export const costEvents = [
	'run.created',
	'agent.created',
	'agent.changed',
	'turn.started',
	'turn.finished',
	'turn.failed',
] as const;

const msPerDay = 86_400_000;

type Spender = {readonly name: string; readonly role: string; readonly model: ModelFacts};

const none = {turns: 0, failedTurns: 0, unpricedTurns: 0, usage: noUsage, settled: 0, estimated: 0};

type Cause = Pick<CostRow, 'key' | 'label'>;

/** What caused a turn, in each way of counting. */
const caused = (turn: {
	readonly agentId: string;
	readonly spender: Spender | undefined;
	readonly model: ModelFacts | undefined;
	readonly runId: string;
	readonly goal: string;
	readonly at: number;
}): Readonly<Record<CostKey, Cause>> => ({
	agent: {key: turn.agentId, label: turn.spender?.name ?? ''},
	role: {key: turn.spender?.role ?? '', label: ''},
	model: {key: turn.model?.id ?? '', label: turn.model?.provider ?? ''},
	run: {key: turn.runId, label: turn.goal},
	day: {key: new Date(dayOf(turn.at) * msPerDay).toISOString().slice(0, 10), label: ''},
});

/** Costs of turns by what caused them, in the order in which it first cost something; days in their own order. */
export const addCosts = (events: Iterable<Stamped>, by: CostKey): readonly CostRow[] => {
	const goals = new Map<string, string>();
	const spenders = new Map<string, Spender>();
	/** The model that a turn under way was asked of: the agent may have another one by its end. */
	const asked = new Map<string, ModelFacts>();
	const rows = new Map<string, CostRow>();
	for (const {at, runId, event} of events) {
		switch (event.type) {
			case 'run.created':
				goals.set(runId, event.goal);
				break;
			case 'agent.created': {
				const {name, model, assignment} = event;
				spenders.set(event.agentId, {name, model, role: assignment.role});
				break;
			}
			case 'agent.changed': {
				const spender = spenders.get(event.agentId);
				if (spender !== undefined && event.model !== undefined)
					spenders.set(event.agentId, {...spender, model: event.model});
				break;
			}
			case 'turn.started': {
				const spender = spenders.get(event.agentId);
				if (spender !== undefined) asked.set(event.turnId, spender.model);
				break;
			}
			case 'turn.finished':
			case 'turn.failed': {
				const spender = spenders.get(event.agentId);
				const {key, label} = caused({
					agentId: event.agentId,
					spender,
					model: asked.get(event.turnId),
					runId,
					goal: goals.get(runId) ?? '',
					at,
				})[by];
				const {usage, cost, estimated} = event.settlement;
				const row = rows.get(key) ?? {key, label, ...none};
				rows.set(key, {
					...row,
					turns: row.turns + (event.type === 'turn.finished' ? 1 : 0),
					failedTurns: row.failedTurns + (event.type === 'turn.failed' ? 1 : 0),
					unpricedTurns: row.unpricedTurns + (cost === undefined ? 1 : 0),
					usage: addUsage(row.usage, usage),
					settled: row.settled + (estimated ? 0 : (cost ?? 0)),
					estimated: row.estimated + (estimated ? (cost ?? 0) : 0),
				});
				asked.delete(event.turnId);
				break;
			}
			default:
				break;
		}
	}
	return by === 'day' ? [...rows.values()].sort((a, b) => a.key.localeCompare(b.key)) : [...rows.values()];
};

/** All rows in one. */
export const totalOf = (rows: readonly CostRow[]): CostRow =>
	rows.reduce<CostRow>(
		(sum, row) => ({
			key: 'total',
			label: '',
			turns: sum.turns + row.turns,
			failedTurns: sum.failedTurns + row.failedTurns,
			unpricedTurns: sum.unpricedTurns + row.unpricedTurns,
			usage: addUsage(sum.usage, row.usage),
			settled: sum.settled + row.settled,
			estimated: sum.estimated + row.estimated,
		}),
		{key: 'total', label: '', ...none},
	);
