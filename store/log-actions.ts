import {always, listedAgent, noAgent, type Outcome, open, type Rule, ui, type View} from './action.ts';
import type {LogEntry} from './log-entry.ts';
import {demands, withDemand} from './log-filter.ts';
import {logLead} from './log-lead.ts';
import {anchorAt, lineAtBar, placeInLog} from './log-place.ts';
import type {UiAction} from './reduce-ui.ts';
import {sayKey} from './say-key.ts';
import {topOverlay, type UiState} from './ui.ts';

/** A demand is added to the filter, or taken out of it. */
const demand = ({log}: UiState, key: 'agent' | 'level', value: string): Outcome => {
	const {text} = log.filter;
	return ui({type: 'log.filter', text: withDemand(text, key, demands(text, key, value) ? undefined : value)});
};

/** Why no line has the bar, in words. */
const noBar = (view: View): string | undefined => {
	if (lineAtBar(view) !== undefined) return undefined;
	return view.facts.log.length === 0
		? 'There is no line in the log.'
		: `The log follows the newest event: ${sayKey(view.keymap, 'move.up', 'log')} stops it and chooses a line.`;
};

/** An action on the line at the bar. */
const onLine = (
	act: (line: LogEntry, view: View, key: string) => Outcome,
	problem: (line: LogEntry, view: View) => string | undefined = always,
): Rule => ({
	disabled: view => {
		const line = lineAtBar(view);
		return line === undefined ? noBar(view) : problem(line, view);
	},
	act: (view, key) => {
		const line = lineAtBar(view);
		return line === undefined ? ui() : act(line, view, key);
	},
});

/** Whose events alone can be shown: of the agent of the line at the bar, or else of the one that is selected. */
const agentToShow = (view: View): string | undefined => lineAtBar(view)?.agentName ?? listedAgent(view)?.name;

/** Whether events of some agents alone are shown. */
const showsAgents = ({ui: {log}}: View): boolean => /(^|\s)agent:/.test(log.filter.text);

/** The one that is being typed stays. */
const keepFilter = ({plan, agents}: UiState): UiAction =>
	plan.typing || agents.typing
		? {type: 'rows.typing', pane: plan.typing ? 'plan' : 'agents', typing: false}
		: {type: 'log.typing', typing: false};

/** Following and filtering what happened, and going from a line to what it is about. */
export const logActions = {
	'log.open': onLine(
		(line, {run}) => {
			const lead = logLead(run, line);
			return 'overlay' in lead ? open(lead.overlay) : ui();
		},
		(line, {run}) => {
			const lead = logLead(run, line);
			return 'overlay' in lead ? undefined : lead.problem;
		},
	),
	'log.event': onLine((_, {ui: state}) =>
		topOverlay(state)?.kind === 'event' ? ui({type: 'overlay.close'}) : open({kind: 'event', top: 0}),
	),
	'log.moment': onLine(({seq}, {ui: state}, key) =>
		topOverlay(state)?.kind === 'event' ? {kind: 'run', id: 'log.moment', key} : {kind: 'travel', to: {seq}},
	),
	'log.copy': onLine(({agentName, text}) => ({
		kind: 'copy',
		text: agentName === undefined ? text : `${agentName} ${text}`,
		what: 'the whole line',
	})),
	'log.follow': {
		disabled: always,
		word: view => (view.ui.log.anchor === undefined ? 'stay' : undefined),
		act: view => {
			const last = view.facts.log.length - 1;
			const anchor = view.ui.log.anchor === undefined ? anchorAt(view, last, placeInLog(view).top) : undefined;
			return ui({type: 'log.anchor', anchor});
		},
	},
	'log.details': {disabled: always, act: () => ui({type: 'log.details'})},
	'log.filter': {disabled: always, act: () => ui({type: 'log.typing', typing: true})},
	'log.level': {disabled: always, act: ({ui: state}) => demand(state, 'level', 'warn')},
	'log.agent': {
		disabled: view => (agentToShow(view) === undefined && !showsAgents(view) ? noAgent(view) : undefined),
		act: view => {
			const {text} = view.ui.log.filter;
			// What was demanded by this key at a line is taken out by it without one: the bar goes with a new filter.
			return lineAtBar(view)?.agentName === undefined && showsAgents(view)
				? ui({type: 'log.filter', text: withDemand(text, 'agent', undefined)})
				: demand(view.ui, 'agent', agentToShow(view) ?? '');
		},
	},
	'log.all': {
		disabled: ({ui: {log}}) => (log.filter.text === '' ? 'The log is not filtered.' : undefined),
		act: () => ui({type: 'log.clear'}),
	},
	'filter.keep': {disabled: always, act: ({ui: state}) => ui(keepFilter(state))},
} as const satisfies Readonly<Record<string, Rule>>;
