import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import {demands, withDemand} from './log-filter.ts';
import type {UiAction} from './reduce-ui.ts';
import type {RowState} from './row-filter.ts';
import type {UiState} from './ui.ts';

/** The list that the keys of a filter are about. */
export type FilteredPane = 'plan' | 'agents';

const paneOf = ({pane}: UiState): FilteredPane => (pane === 'plan' ? 'plan' : 'agents');

const filterWith = (state: UiState, text: string): Outcome => ui({type: 'rows.filter', pane: paneOf(state), text});

/** Only rows in a state, whatever else is asked for; once more: in any. */
const only = (state: RowState): Rule => ({
	disabled: always,
	act: ({ui: now}) => {
		const {text} = now[paneOf(now)].filter;
		return filterWith(now, withDemand(text, 's', demands(text, 's', state) ? undefined : state));
	},
});

/**
 * After a change of a filter the selection goes to a row that passes it. Later on the row that it is on stays, also when
 * it passes no more.
 */
export const offStray = ({facts: {stray, agents, steps}}: View): readonly UiAction[] => {
	const agentId = stray.agent === undefined ? undefined : agents.find(id => id !== stray.agent);
	const stepId = stray.step === undefined ? undefined : steps.find(id => id !== stray.step);
	return [
		...(agentId === undefined ? [] : [{type: 'agent.select', agentId} as const]),
		...(stepId === undefined ? [] : [{type: 'step.select', stepId} as const]),
	];
};

/** Finding rows among many. A filter hides rows and nothing else: what waits for a person is told and opened as ever. */
export const rowActions = {
	'rows.filter': {
		disabled: always,
		act: ({ui: state}) => ui({type: 'rows.typing', pane: paneOf(state), typing: true}),
	},
	'rows.needsYou': only('you'),
	'rows.working': only('working'),
	'rows.failed': only('failed'),
	'rows.done': only('done'),
	'rows.all': {
		disabled: ({ui: state}) => (state[paneOf(state)].filter.text === '' ? 'All rows are shown.' : undefined),
		act: ({ui: state}) => filterWith(state, ''),
	},
} as const satisfies Readonly<Record<string, Rule>>;
