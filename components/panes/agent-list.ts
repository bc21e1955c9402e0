import type {Agent} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import {type RowWords, readRowFilter} from '../../store/row-filter.ts';
import type {UiState} from '../../store/ui.ts';
import {agentState} from '../parts/agent-state.ts';
import {type AgentRow, agentRows} from './agent-order.ts';
import {type Filtered, filterRows} from './filtered.ts';
import {rowStatesOf} from './row-states.ts';

/** The rows of the list of agents, and who is folded into one row below them. */
export type AgentList = {
	readonly rows: readonly AgentRow[];
	readonly folded: readonly Agent[];
	/** Undefined without a filter. */
	readonly filtered: Filtered<AgentId> | undefined;
};

/** The rows that are left for agents: a head stands above them where there is room for one. */
export const agentRowsIn = (width: number, height: number): number =>
	height >= 4 && width >= 16 ? height - 1 : height;

const wordsOf =
	(run: Run) =>
	({agent, askedAt}: AgentRow): RowWords => {
		// How long it waits for another try is no word to look for.
		const state = agentState(run, agent, Number.POSITIVE_INFINITY);
		const {role, title} = agent.assignment;
		const word = askedAt === undefined ? state.word : 'needs you';
		return {
			text: [agent.name, role, title, word].join('\n').toLowerCase(),
			names: [agent.name.toLowerCase()],
			role: role.toLowerCase(),
			states: rowStatesOf(askedAt === undefined ? state.mark : 'needsYou', word),
		};
	};

/**
 * What of all agents is listed in so many rows. Those that are finished fold when there is not enough room for all, or
 * as the person has said; the selected one never does, and never everybody. Of those that a filter lets through none
 * folds.
 */
export const agentList = (
	run: Run | undefined,
	{retired, done, filter}: UiState['agents'],
	selected: AgentId | undefined,
	room: number,
): AgentList => {
	const all = run === undefined ? [] : agentRows(run, retired);
	if (run !== undefined && filter.text.trim() !== '') {
		const {rows, filtered} = filterRows(all, readRowFilter(filter.text), selected, ({agent}) => agent.id, wordsOf(run));
		// Out of its tree a row has no branches, and who looks for some wants to see them all.
		return {rows: rows.map(row => ({...row, branches: ''})), folded: [], filtered};
	}
	const fold = done === 'folded' || (done === 'auto' && all.length > room && room >= 2);
	if (!fold) return {rows: all, folded: [], filtered: undefined};
	const rows = all.filter(row => !row.folds || row.agent.id === selected);
	if (rows.length === 0) return {rows: all, folded: [], filtered: undefined};
	const folded = all.flatMap(({agent, folds}) => (folds && agent.id !== selected ? [agent] : []));
	return {rows, folded, filtered: undefined};
};
