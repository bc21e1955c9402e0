import type {StepId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {age} from '../parts/age.ts';
import {isFree} from '../parts/is-free.ts';
import {money} from '../parts/money.ts';
import {type StepCosts, stepCosts} from '../parts/step-costs.ts';
import {stepState} from '../parts/step-state.ts';
import {cut, fitTo} from '../text/fit.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import type {PlanRow} from './plan-tree.ts';
import type {Scene} from './scene.ts';

export type TableView = Scene & {
	readonly run: Run;
	readonly rows: readonly PlanRow[];
	readonly selected: StepId | undefined;
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

/** Deep branches would push everything off the screen: their tail says enough. */
const branchesIn = (branches: string, width: number): string => {
	const columns = Math.floor(width / 3);
	return branches.length <= columns ? branches : `…${branches.slice(branches.length - Math.max(0, columns - 1))}`;
};

/** What stands behind the title, in columns that are the same in all rows. */
type Figure = 'word' | 'role' | 'cost' | 'age';

/** The title is what a person reads: a figure is shown only where it `leaves` so many columns to all titles. */
const figures: Readonly<Record<Figure, {readonly columns: number; readonly leaves: number}>> = {
	cost: {columns: 9, leaves: 14},
	age: {columns: 3, leaves: 20},
	word: {columns: 'needs you'.length, leaves: 16},
	role: {columns: 10, leaves: 16},
};

/** In the order in which they appear when a pane grows. The state comes late: its glyph and its colour tell it as well. */
const byWorth: readonly Figure[] = ['cost', 'age', 'word', 'role'];

/** A key that is longer than this takes the room from its own title only. */
const keyColumnsMax = 12;
/** The mark of the selection, and the glyph. */
const leadColumns = 4;

/** What there is room for beside the titles of all rows, so that nothing moves when they scroll. */
const figuresIn = ({run, rows}: TableView, width: number): ReadonlySet<Figure> => {
	const widest = rows.reduce((most, {branches, step}) => {
		const columns = branchesIn(branches, width).length + Math.min(keyColumnsMax, widthOf(step.key));
		return Math.max(most, columns);
	}, 0);
	const chosen = new Set<Figure>();
	let room = width - leadColumns - widest;
	for (const figure of byWorth) {
		if (figure === 'cost' && isFree(run)) continue;
		const {columns, leaves} = figures[figure];
		room -= columns + 1;
		// Nothing of less worth may take the place of what has just not found room.
		if (room < leaves) break;
		chosen.add(figure);
	}
	return chosen;
};

/** Read aloud, there are no branches to tell under which step it stands. */
const needsRead = ({plan}: Run, {dependsOn}: Step): string => {
	const keys = dependsOn.flatMap(id => plan?.steps[id]?.key ?? []);
	return keys.length === 0 ? '' : ` (needs ${keys.join(', ')})`;
};

/** The plan as a tree with what there is room for of each step: how a row of it is drawn. */
export const planTable = (view: TableView, width: number): ((row: PlanRow) => string) => {
	const {theme, now, frame, focused, run, spoken = false} = view;
	const costs = stepCosts(run);
	const shown = figuresIn(view, width);
	return row => {
		const {step} = row;
		const {mark, word} = stepState(run, step);
		const tone = toneOf[mark];
		const selected = step.id === view.selected;
		const right = [
			...(shown.has('word') ? [span(` ${fitTo(word, figures.word.columns)}`, tone)] : []),
			...(shown.has('role') ? [span(` ${fitTo(step.role, figures.role.columns)}`, 'muted')] : []),
			...(shown.has('cost') ? [span(` ${fitTo(costOf(step, costs), figures.cost.columns, 'right')}`)] : []),
			...(shown.has('age') ? [span(` ${fitTo(ageOf(step, now), figures.age.columns, 'right')}`, 'muted')] : []),
		];
		const branches = branchesIn(row.branches, width);
		const taken = leadColumns + branches.length + right.reduce((sum, part) => sum + part.text.length, 0);
		const room = Math.max(0, width - taken);
		const needs = spoken ? needsRead(run, step) : row.alsoNeeds.length > 0 ? ` +${row.alsoNeeds.join(', ')}` : '';
		const key = cut(step.key, room);
		const rest = room - widthOf(key);
		// The title says more than further dependencies do; each is shown when at least a few of its letters are.
		const title = rest >= 10 && step.title !== step.key ? cut(` ${step.title}`, rest) : '';
		const also = rest - widthOf(title) >= 5 ? cut(needs, rest - widthOf(title)) : '';
		const fill = ' '.repeat(Math.max(0, rest - widthOf(title) - widthOf(also)));
		const line: Line = [
			span(selected ? '❯ ' : '  ', focused ? 'accent' : 'muted'),
			span(branches, 'border'),
			span(`${glyphOf(mark, frame)} `, tone),
			span(key, selected ? 'strong' : 'plain'),
			span(title, 'muted'),
			span(also, 'muted'),
			span(fill),
			...right,
		];
		return drawLine(theme, line, width, selected && focused);
	};
};
