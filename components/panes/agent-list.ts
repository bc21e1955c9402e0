import type {Agent} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {UiState} from '../../store/ui.ts';
import {type AgentRow, agentRows} from './agent-order.ts';

/** The rows of the list of agents, and who is folded into one row below them. */
export type AgentList = {readonly rows: readonly AgentRow[]; readonly folded: readonly Agent[]};

/** The rows that are left for agents: a head stands above them where there is room for one. */
export const agentRowsIn = (width: number, height: number): number =>
	height >= 4 && width >= 16 ? height - 1 : height;

/**
 * What of all agents is listed in so many rows. Those that are finished fold when there is not enough room for all, or
 * as the person has said; the selected one never does, and never everybody.
 */
export const agentList = (
	run: Run | undefined,
	{retired, done}: UiState['agents'],
	selected: AgentId | undefined,
	room: number,
): AgentList => {
	const all = run === undefined ? [] : agentRows(run, retired);
	const fold = done === 'folded' || (done === 'auto' && all.length > room && room >= 2);
	if (!fold) return {rows: all, folded: []};
	const rows = all.filter(row => !row.folds || row.agent.id === selected);
	if (rows.length === 0) return {rows: all, folded: []};
	return {rows, folded: all.flatMap(({agent, folds}) => (folds && agent.id !== selected ? [agent] : []))};
};
