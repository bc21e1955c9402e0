import type {Agent} from '../../source/domain/agent.ts';
import type {StepId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Phase} from '../../store/step-phases.ts';
import {age} from '../parts/age.ts';
import {agentState} from '../parts/agent-state.ts';
import {stepState} from '../parts/step-state.ts';
import {type RowWindow, windowAround} from '../parts/window.ts';
import {sanitise} from '../text/sanitise.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {drawNoMatch} from './no-match.ts';
import {planChart} from './plan-chart.ts';
import {planFoot} from './plan-foot.ts';
import type {PlanList} from './plan-list.ts';
import {planTable} from './plan-table.ts';
import {type PlanRow, planRows} from './plan-tree.ts';
import type {Scene} from './scene.ts';

export type PlanPaneView = Scene & {
	readonly run: Run | undefined;
	readonly selected: StepId | undefined;
	/** What `planList` says of the run. */
	readonly list: PlanList;
	/** The key that shows all again while there is a filter. */
	readonly allKey: string;
	/** How a step has spent its time: the plan is shown as a chart of it. Undefined: as a tree. */
	readonly phases: ((stepId: StepId) => readonly Phase[]) | undefined;
	/** What the planner has said so far, newest last; shown while there is no plan. */
	readonly planning: string;
};

const plannerOf = (run: Run): Agent | undefined => run.agents.findLast(agent => agent.assignment.kind === 'plan');

/** What is on the pane before there is a plan: who makes it, for how long, and the end of what it says. */
const planningLines = (view: PlanPaneView, run: Run, width: number, height: number): readonly string[] => {
	const {theme, now, frame} = view;
	const planner = plannerOf(run);
	if (run.status.kind === 'ended' || planner === undefined)
		return wrapLine(
			sanitise(run.status.kind === 'ended' ? `No plan: ${run.status.reason}` : 'No plan yet.').replaceAll('\n', ' '),
			width,
		).map(row => drawLine(theme, [span(row.text, run.status.kind === 'ended' ? 'failed' : 'muted')], width));
	const state = agentState(run, planner, now);
	const told = state.mark === 'working' ? 'makes the plan' : state.word;
	const head = drawLine(
		theme,
		[
			span(`${glyphOf(state.mark, frame)} `, toneOf[state.mark]),
			span(`${planner.name} ${told}`),
			span(` ${age(now - planner.createdAt)}`, 'muted'),
		],
		width,
	);
	// Only the end can be seen: so much of the text, at most, fills the pane.
	const tail = sanitise(view.planning.slice(-width * height))
		.split('\n')
		.flatMap(line => wrapLine(line, width))
		.slice(-Math.max(0, height - 1));
	return [head, ...(height > 1 ? tail.map(row => drawLine(theme, [span(row.text, 'muted')], width)) : [])];
};

/** Fewer rows than these are left to the steps alone. */
const footRowsMin = 6;

/** Which rows are shown in how much room, and what stands above and below them. */
const pageOf = (view: PlanPaneView, run: Run, width: number, height: number) => {
	const {phases} = view;
	const {rows, filtered} = view.list;
	// The axis and the sums are those of the whole plan.
	const all = filtered === undefined ? rows : planRows(run.plan);
	const chart = phases === undefined ? undefined : planChart({...view, run, rows: all, phases}, width);
	const isTall = height >= footRowsMin;
	const head = chart !== undefined && isTall ? [chart.axis] : [];
	const foot = isTall ? planFoot({...view, run, rows: all, chart}, height) : [];
	const room = height - head.length - foot.length;
	const selected = rows.findIndex(row => row.step.id === view.selected);
	const needy = rows.findIndex(row => needsPerson(run, row));
	const window = withRow(windowAround(rows.length, room, selected), needy, selected);
	return {rows, chart, head, foot, room, ...window};
};

const needsPerson = (run: Run, {step}: PlanRow): boolean => stepState(run, step).word === 'needs you';

/** The window moved so that it has a row in it too, if the selected one remains in it. */
const withRow = ({top, end}: RowWindow, row: number, selected: number): RowWindow => {
	const height = end - top;
	const moved = row < 0 || (row >= top && row < end) ? top : row < top ? row : row - height + 1;
	return selected >= moved && selected < moved + height ? {top: moved, end: moved + height} : {top, end};
};

/** How many steps are left out above and below, and how many of those need the person; in words for the title. */
export const leftOut = (view: PlanPaneView, width: number, height: number): string => {
	if (view.run?.plan === undefined) return '';
	const {run} = view;
	const {rows, top, end} = pageOf(view, run, width, height);
	const needy = [...rows.slice(0, top), ...rows.slice(end)].filter(row => needsPerson(run, row)).length;
	return [
		...(top > 0 ? [` · ↑ ${top} more`] : []),
		...(end < rows.length ? [` · ↓ ${rows.length - end} more`] : []),
		...(needy > 0 ? [` · ${glyphOf('needsYou', undefined)} ${needy} need${needy === 1 ? 's' : ''} you`] : []),
	].join('');
};

/** The step on a line of the pane. */
export const stepAt = (view: PlanPaneView, width: number, height: number, line: number): StepId | undefined => {
	if (view.run?.plan === undefined) return undefined;
	const {rows, head, top, end} = pageOf(view, view.run, width, height);
	const at = top + line - head.length;
	return at >= top && at < end ? rows[at]?.step.id : undefined;
};

/**
 * The plan as a tree of steps with state, role, cost and age, or as a chart of their time, as far as there is room for
 * them. The rows are those of `planList` in both; the selected one is always on screen.
 */
export const drawPlanPane = (view: PlanPaneView, width: number, height: number): readonly string[] => {
	const {theme, run} = view;
	if (run === undefined) return drawPage([drawLine(theme, [span('Reading the run …', 'muted')], width)], width, height);
	if (run.plan === undefined) return drawPage(planningLines(view, run, width, height), width, height);
	const {rows, chart, head, foot, room, top, end} = pageOf(view, run, width, height);
	const {filtered} = view.list;
	const rowOf = chart?.row ?? planTable({...view, run, rows}, width);
	const drawn = rows.slice(top, end).map(rowOf);
	const body =
		filtered !== undefined && rows.length === 0
			? drawNoMatch(view, 'step', filtered, width, room)
			: drawPage(drawn, width, room);
	return [
		...head,
		...body,
		...foot.map((line, i) =>
			drawLine(
				theme,
				i === foot.length - 1 && rows.length > room ? [...line, span(` · ${top + 1}–${end}`, 'muted')] : line,
				width,
			),
		),
	];
};
