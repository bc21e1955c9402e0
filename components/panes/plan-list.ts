import type {StepId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import {type RowWords, readRowFilter} from '../../store/row-filter.ts';
import type {UiState} from '../../store/ui.ts';
import {stepState} from '../parts/step-state.ts';
import {type Filtered, filterRows} from './filtered.ts';
import {type PlanRow, planRows} from './plan-tree.ts';
import {rowStatesOf} from './row-states.ts';

/** The rows of the plan; undefined without a filter. */
export type PlanList = {readonly rows: readonly PlanRow[]; readonly filtered: Filtered<StepId> | undefined};

const wordsOf =
	(run: Run) =>
	({step}: PlanRow): RowWords => {
		const {mark, word} = stepState(run, step);
		const names = run.agents.filter(agent => agent.stepId === step.id).map(({name}) => name.toLowerCase());
		return {
			text: [step.key, step.title, step.role, word, ...names].join('\n').toLowerCase(),
			names,
			role: step.role.toLowerCase(),
			states: rowStatesOf(mark, word),
		};
	};

/** What of the plan is listed. Rows out of their tree have no branches, and name all that they need. */
export const planList = (run: Run | undefined, {filter}: UiState['plan'], selected: StepId | undefined): PlanList => {
	const all = planRows(run?.plan);
	if (run === undefined || filter.text.trim() === '') return {rows: all, filtered: undefined};
	const {rows, filtered} = filterRows(all, readRowFilter(filter.text), selected, ({step}) => step.id, wordsOf(run));
	const keyOf = new Map(all.map(({step}) => [step.id, step.key]));
	return {
		rows: rows.map(({step}) => ({step, branches: '', alsoNeeds: step.dependsOn.flatMap(id => keyOf.get(id) ?? [])})),
		filtered,
	};
};
