import {basename, dirname} from 'node:path';
import type {RunId} from '../../source/domain/id.ts';
import {type HomeRow, type HomeRun, type HomeWord, homeWords, standsSince} from '../../store/home/home-runs.ts';
import type {Scene} from '../panes/scene.ts';
import {age} from '../parts/age.ts';
import {sumMoney} from '../parts/money.ts';
import {stepsToDo} from '../parts/steps-to-do.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {glyphOf, type Mark, toneOf} from '../theme.ts';

export const homeMark: Readonly<Record<HomeWord, Mark>> = {
	'needs you': 'needsYou',
	'left off': 'stalled',
	failed: 'failed',
	working: 'working',
	paused: 'paused',
	stopped: 'stopped',
	done: 'done',
};

export type HomeListView = Scene & {
	readonly rows: readonly HomeRow[];
	readonly chosen: RunId | undefined;
	/** What is said where no run is listed. */
	readonly empty: readonly string[];
};

const wordColumns = Math.max(...homeWords.map(word => word.length));

/** From these widths on the columns have room. */
const costFrom = 46;
const stepsFrom = 56;

export const costOf = ({summary}: HomeRun): string => sumMoney(summary);

const stepsText = ({word, summary: {steps}}: HomeRun): string =>
	steps.total === 0 ? '' : `${steps.done}/${stepsToDo(word, steps)}`;

const drawRun = (view: HomeListView, run: HomeRun, width: number): string => {
	const {theme, now, frame} = view;
	const {summary, word, isArchived} = run;
	const here = summary.id === view.chosen;
	const mark = homeMark[word];
	const tail = [
		...(width < stepsFrom ? [] : [fitTo(stepsText(run), 6, 'right')]),
		...(width < costFrom ? [] : [fitTo(costOf(run), 9, 'right')]),
	];
	const tailText = tail.map(text => ` ${text}`).join('');
	const lead: Line = [
		span(here ? '❯ ' : '  ', 'accent'),
		span(`${glyphOf(mark, frame)} ${fitTo(word, wordColumns)} `, toneOf[mark]),
		span(`${fitTo(age(now - standsSince(run)), 4, 'right')}  `, 'muted'),
	];
	const room = Math.max(0, width - 2 - 2 - wordColumns - 1 - 6 - tailText.length);
	const goal = `${isArchived ? '(archived) ' : ''}${summary.goal}`;
	const over = word === 'done' || word === 'stopped' || isArchived;
	return drawLine(
		theme,
		[...lead, span(fitTo(goal, room), over ? 'muted' : 'plain'), span(tailText, 'muted')],
		width,
		here && view.focused,
	);
};

/** The name of the folder first: it is what a person knows it by. */
const drawFolder = ({theme}: HomeListView, row: Extract<HomeRow, {kind: 'folder'}>, width: number): string => {
	const {dir, isHere, count} = row;
	return drawLine(
		theme,
		[
			span(basename(dir) || dir, 'strong'),
			span(isHere ? ' · this folder' : '', 'strong'),
			span(` · ${count} ${count === 1 ? 'run' : 'runs'} · ${dirname(dir)}`, 'muted'),
		],
		width,
	);
};

/** Which row stands in the first line: as many as there is room for are seen around the selected one. */
const topOf = ({rows, chosen}: Pick<HomeListView, 'rows' | 'chosen'>, height: number): number => {
	const at = rows.findIndex(row => row.kind === 'run' && row.run.summary.id === chosen);
	// The first run is seen with the folder it is in.
	return at <= 1 ? 0 : windowAround(rows.length, height, at).top;
};

/** The run on a line of the list; folders are none. */
export const runOnLine = (
	view: Pick<HomeListView, 'rows' | 'chosen'>,
	line: number,
	height: number,
): RunId | undefined => {
	const row = line >= 0 && line < height ? view.rows[topOf(view, height) + line] : undefined;
	return row?.kind === 'run' ? row.run.summary.id : undefined;
};

/** The runs of all projects, by folders: as many rows as there is room for around the selected one. */
export const drawHomeList = (view: HomeListView, width: number, height: number): readonly string[] => {
	const {theme, rows} = view;
	if (rows.length === 0)
		return drawPage(
			view.empty.map(text => drawLine(theme, [span(text, 'muted')], width)),
			width,
			height,
		);
	const top = topOf(view, height);
	return drawPage(
		rows
			.slice(top, top + height)
			.map(row => (row.kind === 'folder' ? drawFolder(view, row, width) : drawRun(view, row.run, width))),
		width,
		height,
	);
};
