import type {Agent} from '../../source/domain/agent.ts';
import type {StepId} from '../../source/domain/id.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {type Run, stepOf} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import type {Keymap} from '../../store/keymap.ts';
import {sayKey} from '../../store/say-key.ts';
import {outlookOf} from '../../store/step-outlook.ts';
import {age} from '../parts/age.ts';
import {agentState} from '../parts/agent-state.ts';
import {dollars, money} from '../parts/money.ts';
import {outlookWords} from '../parts/outlook-words.ts';
import {type StepCosts, stepCosts} from '../parts/step-costs.ts';
import {stepState} from '../parts/step-state.ts';
import {windowAround} from '../parts/window.ts';
import {cut, fitTo} from '../text/fit.ts';
import {sanitise} from '../text/sanitise.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {type PlanRow, planRows} from './plan-tree.ts';
import type {Scene} from './scene.ts';

export type PlanPaneView = Scene & {
	readonly run: Run | undefined;
	readonly keymap: Keymap;
	readonly selected: StepId | undefined;
	/** What the planner has said so far, newest last; shown while there is no plan. */
	readonly planning: string;
};

/** What was spent on a step; before it begins, the guess made when it was planned. */
const costOf = (step: Step, costs: StepCosts): string => {
	const spent = costs.get(step.id);
	if (spent !== undefined) return money(spent);
	return step.estimate === undefined ? 'unpriced' : money({settled: 0, estimated: step.estimate, unpriced: false});
};

const ageOf = (step: Step, now: number): string => {
	const {status} = step;
	if (status.kind === 'working') return age(now - status.startedAt);
	return status.kind === 'done' || status.kind === 'failed' ? age(status.endedAt - status.startedAt) : '';
};

/** Nothing costs anything then, so that nothing is said of it. */
const isOffline = (run: Run): boolean => run.settings.provider === 'offline';

const wordColumns = 'needs you'.length;

/** Deep branches would push everything off the screen: their tail says enough. */
const branchesIn = (branches: string, columns: number): string =>
	branches.length <= columns ? branches : `…${branches.slice(branches.length - Math.max(0, columns - 1))}`;

const drawRow = (view: PlanPaneView, run: Run, row: PlanRow, costs: StepCosts, width: number): string => {
	const {theme, now, frame, focused} = view;
	const {step} = row;
	const {mark, word} = stepState(run, step);
	const tone = toneOf[mark];
	const selected = step.id === view.selected;
	const right = [
		...(width >= 22 ? [span(` ${fitTo(word, wordColumns)}`, tone)] : []),
		...(width >= 64 ? [span(` ${fitTo(step.role, 10)}`, 'muted')] : []),
		...(width >= 40 && !isOffline(run) ? [span(` ${fitTo(costOf(step, costs), 9, 'right')}`)] : []),
		...(width >= 50 ? [span(` ${fitTo(ageOf(step, now), 3, 'right')}`, 'muted')] : []),
	];
	const branches = branchesIn(row.branches, Math.floor(width / 3));
	const glyph = glyphOf(mark, frame);
	const taken = 2 + branches.length + 2 + right.reduce((sum, part) => sum + part.text.length, 0);
	const room = Math.max(0, width - taken);
	const needs = row.alsoNeeds.length > 0 ? ` +${row.alsoNeeds.join(', ')}` : '';
	const key = cut(step.key, room);
	const rest = room - widthOf(key);
	// The title says more than further dependencies do; each is shown when at least a few of its letters are.
	const title = rest >= 10 && step.title !== step.key ? cut(` ${step.title}`, rest) : '';
	const also = rest - widthOf(title) >= 5 ? cut(needs, rest - widthOf(title)) : '';
	const fill = ' '.repeat(Math.max(0, rest - widthOf(title) - widthOf(also)));
	const line: Line = [
		span(selected ? '❯ ' : '  ', 'accent'),
		span(branches, 'muted'),
		span(`${glyph} `, tone),
		span(key, selected ? 'strong' : 'plain'),
		span(title, 'muted'),
		span(also, 'muted'),
		span(fill),
		...right,
	];
	return drawLine(theme, line, width, selected && focused);
};

const summaryOf = (run: Run, rows: readonly PlanRow[]): string => {
	const done = rows.filter(({step}) => step.status.kind === 'done').length;
	// The parts of a step that was split do its work; what will not run costs nothing.
	const live = rows.filter(({step: {status}}) => !['split', 'skipped', 'rejected'].includes(status.kind));
	const estimates = live.map(({step}) => step.estimate);
	const guess = estimates.includes(undefined)
		? 'unpriced'
		: `~${dollars(estimates.reduce<number>((sum, estimate) => sum + (estimate ?? 0), 0))}`;
	const source = run.plan?.source === 'template' ? ' · from a template' : '';
	return `${done} of ${rows.filter(({step}) => step.status.kind !== 'split').length} done${isOffline(run) ? '' : ` · guess ${guess}`}${source}`;
};

/** What a yes may cost and let agents do, before it is said: to the selected step, and to all that wait. */
const approvalLines = (run: Run, {keymap, selected}: PlanPaneView, width: number): readonly string[] => {
	const waiting = stepsOf(run.plan).filter(({status}) => status.kind === 'proposed');
	const step = stepOf(run, selected);
	const one = step?.status.kind === 'proposed' || step?.status.kind === 'held' ? step : undefined;
	const said = [
		...(one === undefined
			? []
			: [`${sayKey(keymap, 'step.approve')} ${one.key}: ${outlookWords(outlookOf(run, [one]))}`]),
		...(waiting.length < 2
			? []
			: [`${sayKey(keymap, 'plan.approve')} all ${waiting.length}: ${outlookWords(outlookOf(run, waiting))}`]),
	];
	if (run.status.kind === 'ended' || said.length === 0) return [];
	const together = said.join('   ');
	return widthOf(together) <= width ? [together] : said;
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

/** Which rows are shown in how much room, and what stands below them. */
const pageOf = (view: PlanPaneView, run: Run, width: number, height: number) => {
	const rows = planRows(run.plan);
	const outlook = height >= 9 ? approvalLines(run, view, width) : [];
	const room = height - (height >= 6 ? 1 + outlook.length : 0);
	const selected = rows.findIndex(row => row.step.id === view.selected);
	return {rows, outlook, room, ...windowAround(rows.length, room, selected)};
};

/** The step on a line of the pane. */
export const stepAt = (view: PlanPaneView, width: number, height: number, line: number): StepId | undefined => {
	if (view.run?.plan === undefined) return undefined;
	const {rows, top, end} = pageOf(view, view.run, width, height);
	return top + line < end ? rows[top + line]?.step.id : undefined;
};

/**
 * The plan as a tree of steps with state, role, cost and age, as far as there is room for them. The rows are those of
 * `planRows`; the selected one is always on screen.
 */
export const drawPlanPane = (view: PlanPaneView, width: number, height: number): readonly string[] => {
	const {theme, run} = view;
	if (run === undefined) return drawPage([drawLine(theme, [span('Reading the run …', 'muted')], width)], width, height);
	if (run.plan === undefined) return drawPage(planningLines(view, run, width, height), width, height);
	const {rows, outlook, room, top, end} = pageOf(view, run, width, height);
	const costs = stepCosts(run);
	const drawn = drawPage(
		rows.slice(top, end).map(row => drawRow(view, run, row, costs, width)),
		width,
		room,
	);
	if (room === height) return drawn;
	const hidden = rows.length > room ? ` · ${top + 1}–${end}` : '';
	return [
		...drawn,
		...outlook.map(line => drawLine(theme, [span(line, 'you')], width)),
		drawLine(theme, [span(`${summaryOf(run, rows)}${hidden}`, 'muted')], width),
	];
};
