import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import {type Arrangement, grown, shrunk, usualArrangement} from './arrangement.ts';
import {sayKey} from './say-key.ts';
import {filterIn, type Pane, panes, type UiState} from './ui.ts';

/**
 * Rows of agents move as their states change. Who looks at the list keeps the agent that was first then, so that no key
 * hits another one.
 */
export const focusPane = ({ui: {agentId}, facts}: View, pane: Pane): Outcome => {
	const [first] = facts.agents;
	return pane === 'agents' && agentId === undefined && first !== undefined
		? ui({type: 'pane.focus', pane}, {type: 'agent.select', agentId: first})
		: ui({type: 'pane.focus', pane});
};

const toPane = (pane: Pane): Rule => ({disabled: always, act: view => focusPane(view, pane)});

/** The next pane that is shown. */
const shownFrom = (pane: Pane, {hidden}: Arrangement, step: 1 | -1): Pane => {
	const shown = panes.filter(one => one === pane || !hidden.includes(one));
	return shown[(shown.indexOf(pane) + step + shown.length) % shown.length] ?? pane;
};

const byPanes = (step: 1 | -1): Rule => ({
	disabled: always,
	act: view => focusPane(view, shownFrom(view.ui.pane, view.ui.arrangement, step)),
});

const toPaneBy = {
	plan: 'pane.plan',
	agents: 'pane.agents',
	log: 'pane.log',
	cost: 'pane.cost',
} as const satisfies Readonly<Record<Pane, string>>;

const arrange = (arrangement: Arrangement | undefined): Outcome =>
	arrangement === undefined ? ui() : ui({type: 'panes.arrange', arrangement});

/** All that the filter of the pane leaves out is shown again. */
const withoutFilter = (state: UiState): Outcome => {
	const {pane} = state;
	if (filterIn(state, pane) === '' || pane === 'cost') return ui();
	return ui(pane === 'log' ? {type: 'log.clear'} : {type: 'rows.filter', pane, text: ''});
};

/** Going from pane to pane, and how they are arranged. */
export const paneActions = {
	'pane.next': byPanes(1),
	'pane.previous': byPanes(-1),
	'pane.plan': toPane('plan'),
	'pane.agents': toPane('agents'),
	'pane.log': toPane('log'),
	'pane.cost': toPane('cost'),
	'pane.grow': {
		disabled: ({ui: {arrangement}}) => (arrangement.full ? 'The pane has the whole window.' : undefined),
		act: ({ui: {arrangement, pane}}) => arrange(grown(arrangement, pane)),
	},
	'pane.shrink': {
		disabled: ({ui: {arrangement, pane}}) =>
			shrunk(arrangement, pane) === undefined ? 'The pane is as small as it gets.' : undefined,
		act: ({ui: {arrangement, pane}}) => arrange(shrunk(arrangement, pane)),
	},
	'pane.hide': {
		disabled: ({ui: {arrangement, pane}}) =>
			shownFrom(pane, arrangement, 1) === pane ? 'It is the only pane that is shown.' : undefined,
		act: view => {
			const {arrangement, pane} = view.ui;
			const next = focusPane(view, shownFrom(pane, arrangement, 1));
			const hidden = [...arrangement.hidden.filter(one => one !== pane), pane];
			const actions = next.kind === 'ui' ? next.actions : [];
			const text = `Hidden: ${sayKey(view.keymap, toPaneBy[pane])} shows it again.`;
			return ui(
				...actions,
				{type: 'panes.arrange', arrangement: {...arrangement, hidden, full: false}},
				{type: 'notice', notice: {tone: 'info', text}},
			);
		},
	},
	'pane.usual': {disabled: always, act: () => arrange(usualArrangement)},
	'pane.leaveFull': {
		// There is nothing to say where there is nothing to leave.
		disabled: always,
		act: ({ui: state}) =>
			state.arrangement.full ? arrange({...state.arrangement, full: false}) : withoutFilter(state),
	},
} as const satisfies Readonly<Record<string, Rule>>;
