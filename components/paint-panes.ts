import type {AgentId, StepId} from '../source/domain/id.ts';
import type {Run} from '../source/domain/run.ts';
import {listedAgent, selectedStep, type View} from '../store/action.ts';
import type {Facts, Spot} from '../store/facts.ts';
import type {LiveAgent} from '../store/live.ts';
import type {LogEntry} from '../store/log-entry.ts';
import type {ReadFilter} from '../store/log-filter.ts';
import {logPlace} from '../store/log-place.ts';
import type {FoundEntries} from '../store/log-search.ts';
import {planWords} from '../store/plan-words.ts';
import {sayKey} from '../store/say-key.ts';
import type {Phase} from '../store/step-phases.ts';
import type {Told} from '../store/told.ts';
import {filterIn, type Pane, panes, type UiState} from '../store/ui.ts';
import {isIn, type Layout, type Place, type Rect} from './layout.ts';
import type {AgentList} from './panes/agent-list.ts';
import {type AgentsPaneView, agentAt, drawAgentsPane} from './panes/agents-pane.ts';
import {drawCostPane} from './panes/cost-pane.ts';
import {drawBox} from './panes/dialog-box.ts';
import type {Filtered} from './panes/filtered.ts';
import {drawLogPane, type LogPaneView, lineAt} from './panes/log-pane.ts';
import type {PlanList} from './panes/plan-list.ts';
import {drawPlanPane, leftOut, type PlanPaneView, stepAt} from './panes/plan-pane.ts';
import type {Scene} from './panes/scene.ts';
import {percent} from './parts/percent.ts';
import type {Layer} from './screen.ts';
import type {ShownFleet} from './shown-fleet.ts';

export type PanesInput = {
	readonly scene: Scene;
	readonly view: View;
	readonly fleet: ShownFleet;
	/** The log's entries that pass its filter. */
	readonly log: readonly LogEntry[];
	readonly filter: ReadFilter;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
	readonly told: (agentId: AgentId) => Told | undefined;
	readonly phases: (stepId: StepId) => readonly Phase[];
	readonly layout: Layout;
	readonly list: AgentList;
	readonly plan: PlanList;
	readonly focused: Pane | undefined;
};

/** Rows of each pane as they are drawn now. */
export const paneFacts = (
	log: readonly LogEntry[],
	layout: Layout,
	{rows: agents, folded, filtered}: AgentList,
	plan: PlanList,
): Pick<Facts, 'steps' | 'agents' | 'stray' | 'foldedAgents' | 'log' | 'pageRows'> => {
	const rows = (pane: Pane): number => Math.max(1, layout.panes[pane]?.body.height ?? 1);
	return {
		steps: plan.rows.map(({step}) => step.id),
		stray: {agent: filtered?.stray, step: plan.filtered?.stray},
		agents: agents.map(({agent}) => agent.id),
		foldedAgents: folded.length,
		log,
		pageRows: {plan: rows('plan'), agents: rows('agents'), log: rows('log')},
	};
};

/** What the planner has said so far. */
const planningText = ({fleet, live}: PanesInput): string => {
	if (fleet.run === undefined || fleet.run.plan !== undefined) return '';
	const planner = fleet.run.agents.findLast(agent => agent.assignment.kind === 'plan');
	const said = planner === undefined ? undefined : live(planner.id);
	if (said === undefined) return '';
	const plan = planWords(said.text, true);
	const thought = said.thinking === '' || plan === undefined ? said.thinking : `${said.thinking}\n`;
	return thought + (plan ?? said.text) + said.toolInput;
};

const logView = ({scene, log, view, fleet, filter: read}: PanesInput, height: number): LogPaneView => {
	const {anchor, filter} = view.ui.log;
	return {
		...scene,
		...logPlace(log, view.ui, height),
		rows: log,
		unseen: anchor === undefined ? 0 : log.length - 1 - log.findLastIndex(({seq}) => seq <= anchor.newest),
		filter: filter.text === '' ? '' : `"${filter.text}"`,
		problem: read.kind === 'problem' ? read.lines : [],
		reading: fleet.percentRead !== undefined,
		searching: fleet.older.left > 0,
	};
};

const planView = (input: PanesInput): PlanPaneView => {
	const {scene, view, fleet} = input;
	return {
		...scene,
		run: fleet.run,
		phases: view.ui.plan.chart ? input.phases : undefined,
		selected: selectedStep({...view, ui: {...view.ui, overlays: []}})?.id,
		list: input.plan,
		allKey: sayKey(view.keymap, 'rows.all'),
		planning: planningText(input),
	};
};

const agentsView = ({scene, view, fleet, list, live, told}: PanesInput): AgentsPaneView => ({
	...scene,
	run: fleet.run,
	selected: listedAgent(view)?.id,
	list,
	allKey: sayKey(view.keymap, 'rows.all'),
	foldKey: sayKey(view.keymap, 'agents.fold'),
	live,
	told,
});

/** What the row on a line of a pane is about. */
const rowAt = (input: PanesInput, pane: Pane, {width, height}: Rect, line: number): Partial<Spot & {kind: 'pane'}> => {
	switch (pane) {
		case 'plan':
			return {stepId: stepAt(planView(input), width, height, line)};
		case 'agents':
			return {agentId: agentAt(agentsView(input), width, height, line)};
		case 'log':
			return {seq: lineAt(logView(input, height), height, line)?.seq};
		case 'cost':
			return {};
		default:
			return pane satisfies never;
	}
};

/** What stands at a cell of the screen while nothing covers the panes. */
export const spotInPanes = (input: PanesInput, x: number, y: number): Spot | undefined => {
	for (const pane of panes) {
		const place = input.layout.panes[pane];
		if (place === undefined || !isIn(place.frame, x, y)) continue;
		const {body} = place;
		return {...(isIn(body, x, y) ? rowAt(input, pane, body, y - body.y) : {}), kind: 'pane', pane};
	}
	return undefined;
};

const drawBody = (input: PanesInput, pane: Pane, width: number, height: number): readonly string[] => {
	const scene: Scene = {...input.scene, focused: input.focused === pane};
	const {fleet, view} = input;
	const {run} = fleet;
	switch (pane) {
		case 'plan':
			return drawPlanPane(planView({...input, scene}), width, height);
		case 'agents':
			return drawAgentsPane(agentsView({...input, scene}), width, height);
		case 'log':
			return drawLogPane(logView({...input, scene}, height), width, height);
		case 'cost':
			return drawCostPane(
				{
					...scene,
					run,
					costs: fleet.costs,
					rate: fleet.rate,
					elsewhere: fleet.elsewhere,
					limitKey: sayKey(view.keymap, 'limit.set'),
				},
				width,
				height,
			);
		default:
			return pane satisfies never;
	}
};

/** How far the past was looked through for what passes the filter; nothing once it was. */
const searchWords = ({left, of}: FoundEntries): string =>
	left === 0 || of === 0 ? '' : ` · ${percent(of - left, of)} looked through`;

const logTitle = ({log, past}: UiState, {older, percentRead}: PanesInput['fleet']): string =>
	[
		'3 log',
		percentRead === undefined ? '' : ` · reading, ${percentRead} %`,
		log.details ? ' · details' : '',
		log.anchor === undefined || past !== undefined ? '' : ' · not following',
		log.filter.text.trim() === '' ? '' : ` · filter "${log.filter.text}"${searchWords(older)}`,
	].join('');

/** How much of a list a filter leaves in sight, and what it is. */
const filterWords = (filtered: Filtered<unknown> | undefined, {filter}: UiState['plan' | 'agents']): string =>
	filtered === undefined ? '' : ` · ${filtered.matches} of ${filtered.of} · ${filter.text.trim()}`;

const agentsTitle = (run: Run | undefined, {filtered}: AgentList, view: UiState['agents']): string => {
	const {retired: shown} = view;
	const agents = run === undefined ? [] : run.agents;
	const retired = agents.filter(agent => agent.retired).length;
	const also = retired === 0 ? '' : shown ? ` · ${retired} retired among them` : ` · ${retired} retired`;
	const count = filtered === undefined ? ` (${agents.length - (shown ? 0 : retired)})` : filterWords(filtered, view);
	return `2 agents${count}${also}`;
};

const titleOf = (input: PanesInput, pane: Pane, {width, height}: Rect): string => {
	const {view, fleet, list, plan} = input;
	switch (pane) {
		case 'plan':
			return fleet.run?.plan === undefined
				? '1 plan'
				: `1 plan${filterWords(plan.filtered, view.ui.plan)}${leftOut(planView(input), width, height)} · ${fleet.run.plan.taskType}${view.ui.plan.chart ? ' · over time' : ''}`;
		case 'agents':
			return agentsTitle(fleet.run, list, view.ui.agents);
		case 'log':
			return logTitle(view.ui, fleet);
		case 'cost':
			return '4 cost';
		default:
			return pane satisfies never;
	}
};

/** What the key that leaves what is shown here leads to. In the past it leads to the present. */
const leaveWords = ({view: {ui, keymap}, focused}: PanesInput, pane: Pane): string => {
	const key = sayKey(keymap, 'pane.leaveFull');
	if (ui.arrangement.full) return ` · ${key} shows the others`;
	return focused !== pane || ui.past !== undefined || filterIn(ui, pane) === '' ? '' : ` · ${key}: all`;
};

const paintPane = (input: PanesInput, pane: Pane, {frame, body}: Place): Layer => {
	const lines = drawBody(input, pane, body.width, body.height);
	const bordered = body.height < frame.height;
	const {theme} = input.scene;
	const focused = input.focused === pane;
	const title = `${focused ? '▸ ' : ''}${titleOf(input, pane, body)}${leaveWords(input, pane)}`;
	return {
		name: pane,
		rect: frame,
		text: (bordered ? drawBox({theme, title, focused, lines}, frame.width, frame.height) : lines).join('\n'),
	};
};

/** The panes that the layout has room for. */
export const paintPanes = (input: PanesInput): readonly Layer[] =>
	panes.flatMap(pane => {
		const place = input.layout.panes[pane];
		return place === undefined ? [] : [paintPane(input, pane, place)];
	});

/** The layers of the same input again, with the words that agents have said since. */
export const repaintWords = (input: PanesInput, layers: readonly Layer[]): readonly Layer[] => {
	const {agents} = input.layout.panes;
	return agents === undefined
		? layers
		: layers.map(layer => (layer.name === 'agents' ? paintPane(input, 'agents', agents) : layer));
};
