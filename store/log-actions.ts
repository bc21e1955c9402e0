import {always, listedAgent, type Outcome, type Rule, ui} from './action.ts';
import {demands, withDemand} from './log-filter.ts';
import type {UiState} from './ui.ts';

/** A demand is added to the filter, or taken out of it. */
const demand = ({log}: UiState, key: 'agent' | 'level', value: string): Outcome => {
	const {text} = log.filter;
	return ui({type: 'log.filter', text: withDemand(text, key, demands(text, key, value) ? undefined : value)});
};

/** Following and filtering what happened. */
export const logActions = {
	'log.follow': {
		disabled: always,
		act: ({ui: {log}, facts}) => {
			const top = facts.log[Math.max(0, facts.log.length - facts.pageRows.log)];
			const newest = facts.log.at(-1);
			const stay = log.anchor === undefined && top !== undefined && newest !== undefined;
			return ui({type: 'log.anchor', anchor: stay ? {top, newest} : undefined});
		},
	},
	'log.details': {disabled: always, act: () => ui({type: 'log.details'})},
	'log.filter': {disabled: always, act: () => ui({type: 'log.typing', typing: true})},
	'log.level': {disabled: always, act: ({ui: state}) => demand(state, 'level', 'warn')},
	'log.agent': {
		disabled: view => (listedAgent(view) === undefined ? 'There is no agent yet.' : undefined),
		act: view => demand(view.ui, 'agent', listedAgent(view)?.name ?? ''),
	},
	'log.all': {
		disabled: ({ui: {log}}) => (log.filter.text === '' ? 'The log is not filtered.' : undefined),
		act: () => ui({type: 'log.clear'}),
	},
	'filter.keep': {disabled: always, act: () => ui({type: 'log.typing', typing: false})},
} as const satisfies Readonly<Record<string, Rule>>;
