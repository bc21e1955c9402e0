import {type Agent, isEnded} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import {totalTokens} from '../../source/domain/usage.ts';
import {age} from '../parts/age.ts';
import {agentActivity} from '../parts/agent-activity.ts';
import {type AgentState, agentState} from '../parts/agent-state.ts';
import {money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {tokens} from '../parts/tokens.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, type Tone, toneOf} from '../theme.ts';
import {type AgentRow, agentRows} from './agent-order.ts';
import type {Scene} from './scene.ts';

export type AgentsPaneView = Scene & {
	readonly run: Run | undefined;
	readonly selected: AgentId | undefined;
	/** Those that were retired, too. */
	readonly retired: boolean;
};

type Column = {
	readonly label: string;
	readonly columns: number;
	readonly align: 'left' | 'right';
	readonly tone: Tone | 'state';
	readonly text: (agent: Agent, state: AgentState, now: number, branches: string) => string;
};

const nameOf = (columns: number): Column => ({
	label: 'agent',
	columns,
	align: 'left',
	tone: 'plain',
	text: (agent, _state, _now, branches) => branches + agent.name,
});
const stateOf: Column = {label: 'state', columns: 12, align: 'left', tone: 'state', text: (_, state) => state.word};
const roleOf: Column = {label: 'role', columns: 10, align: 'left', tone: 'muted', text: agent => agent.assignment.role};
const modelOf: Column = {
	label: 'model',
	columns: 12,
	align: 'left',
	tone: 'muted',
	text: agent => agent.model.id.replace(/^claude-/, ''),
};
const turnsOf: Column = {
	label: 'turns',
	columns: 5,
	align: 'right',
	tone: 'muted',
	text: agent => String(agent.turns),
};
const contextOf: Column = {
	label: 'ctx',
	columns: 4,
	align: 'right',
	tone: 'muted',
	text: agent => percent(agent.contextTokens, agent.model.contextTokens),
};
const tokensOf: Column = {
	label: 'tokens',
	columns: 6,
	align: 'right',
	tone: 'plain',
	text: agent => tokens(totalTokens(agent.usage)),
};
const costOf: Column = {label: 'cost', columns: 8, align: 'right', tone: 'plain', text: agent => money(agent)};
const ageOf: Column = {
	label: 'age',
	columns: 3,
	align: 'right',
	tone: 'muted',
	text: (agent, _, now) => age((agent.endedAt ?? now) - agent.createdAt),
};

/** In the order in which they stand, the name before all; what an agent does stands between the two. */
const before = [stateOf, roleOf, modelOf];
const behind = [turnsOf, contextOf, tokensOf, costOf, ageOf];

/** In the order in which they appear when a pane grows; the name comes before all. */
const byWorth = [costOf, tokensOf, stateOf, ageOf, contextOf, turnsOf, modelOf, roleOf];

const activityColumnsMin = 12;

/** The marker of the selection and the glyph. */
const leadColumns = 4;

/** Which columns there are at a width. What an agent does takes the room that is left. */
type Table = {
	readonly width: number;
	readonly before: readonly Column[];
	readonly activityColumns: number;
	readonly behind: readonly Column[];
};

const tableOf = (rows: readonly AgentRow[], width: number): Table => {
	const name = nameOf(
		rows.reduce((most, {agent, branches}) => Math.max(most, Math.min(16, widthOf(branches + agent.name))), 6),
	);
	const chosen = new Set<Column>();
	let used = leadColumns;
	for (const column of [name, ...byWorth]) {
		const needed = used + column.columns + 1;
		// Nothing of less worth may take the place of what has just not found room.
		if (needed + activityColumnsMin > width) break;
		used = needed;
		chosen.add(column);
	}
	return {
		width,
		before: [name, ...before].filter(column => chosen.has(column)),
		activityColumns: Math.max(0, width - used),
		behind: behind.filter(column => chosen.has(column)),
	};
};

const rowOf = (
	table: Table,
	lead: readonly Span[],
	cell: (column: Column) => Span,
	activity: Span,
): readonly Span[] => [
	...lead,
	...table.before.flatMap(column => [cell(column), span(' ')]),
	activity,
	...table.behind.flatMap(column => [span(' '), cell(column)]),
];

const drawHead = (view: AgentsPaneView, table: Table, note: string): string =>
	drawLine(
		view.theme,
		rowOf(
			table,
			[span(' '.repeat(leadColumns))],
			({label, columns, align}) => span(fitTo(label, columns, align), 'muted'),
			span(fitTo(`doing${note}`, table.activityColumns), 'muted'),
		),
		table.width,
	);

const drawAgent = (view: AgentsPaneView, run: Run, table: Table, {agent, branches}: AgentRow): string => {
	const {theme, now, frame, focused} = view;
	const state = agentState(agent, now);
	const stateTone = toneOf[state.mark];
	const selected = agent.id === view.selected;
	const activity = agentActivity(run, agent, state, now, table.before.includes(stateOf));
	return drawLine(
		theme,
		rowOf(
			table,
			[span(selected ? '❯ ' : '  ', 'strong'), span(`${glyphOf(state.mark, frame)} `, stateTone)],
			({columns, align, tone, text}) =>
				span(fitTo(text(agent, state, now, branches), columns, align), tone === 'state' ? stateTone : tone),
			// On the narrowest pane the name is all there is room for.
			span(
				fitTo(table.before.length > 0 ? activity : branches + agent.name, table.activityColumns),
				state.mark === 'needsYou' || state.mark === 'failed' ? stateTone : isEnded(agent) ? 'muted' : 'plain',
			),
		),
		table.width,
		selected && focused,
	);
};

const drawFold = (view: AgentsPaneView, folded: readonly Agent[], width: number): string => {
	const done = folded.filter(agent => agent.status.kind === 'done').length;
	const killed = folded.length - done;
	return drawLine(
		view.theme,
		[
			span('  '),
			...(done > 0 ? [span(`${glyphOf('done', undefined)} ${done} done`, 'done')] : []),
			...(done > 0 && killed > 0 ? [span('  ')] : []),
			...(killed > 0 ? [span(`${glyphOf('stopped', undefined)} ${killed} killed`, 'muted')] : []),
		],
		width,
	);
};

/**
 * The agents as a table, in the order of `agentRows`. Columns come and go with the width. When there is not enough
 * room, those that are done fold into one row, unless the selection is among them; the selected row is always seen.
 */
export const drawAgentsPane = (view: AgentsPaneView, width: number, height: number): readonly string[] => {
	const {theme, run, selected} = view;
	const all = run === undefined ? [] : agentRows(run, view.retired);
	if (run === undefined || all.length === 0)
		return drawPage([drawLine(theme, [span('No agents yet.', 'muted')], width)], width, height);
	const headRows = height >= 4 && width >= leadColumns + activityColumnsMin ? 1 : 0;
	const room = height - headRows;
	const folded = all.filter(row => row.folds);
	const folds = all.length > room && room >= 2 && folded.length > 0 && !folded.some(({agent}) => agent.id === selected);
	const rows = folds ? all.filter(row => !row.folds) : all;
	const {top, end} = windowAround(
		rows.length,
		folds ? room - 1 : room,
		rows.findIndex(({agent}) => agent.id === selected),
	);
	const table = tableOf(all, width);
	const note = end - top < rows.length ? ` (${top + 1}–${end} of ${rows.length})` : '';
	return drawPage(
		[
			...(headRows > 0 ? [drawHead(view, table, note)] : []),
			...rows.slice(top, end).map(row => drawAgent(view, run, table, row)),
			...(folds
				? [
						drawFold(
							view,
							folded.map(({agent}) => agent),
							width,
						),
					]
				: []),
		],
		width,
		height,
	);
};
