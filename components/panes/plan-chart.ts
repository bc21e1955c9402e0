import type {StepId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import {hasFailed, type Step} from '../../source/domain/step.ts';
import type {Phase, PhaseKind} from '../../store/step-phases.ts';
import {age} from '../parts/age.ts';
import {type Forecast, forecast, tookMs} from '../parts/step-forecast.ts';
import {durationWords} from '../parts/step-progress.ts';
import {stepState} from '../parts/step-state.ts';
import {cut, fitTo} from '../text/fit.ts';
import {drawLine, type Line, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, type Tone, toneOf} from '../theme.ts';
import type {PlanRow} from './plan-tree.ts';
import type {Scene} from './scene.ts';
import {axisWords, type TimeAxis, timeAxis} from './time-axis.ts';

export type ChartView = Scene & {
	readonly run: Run;
	readonly rows: readonly PlanRow[];
	readonly selected: StepId | undefined;
	/** How a step has spent its time. */
	readonly phases: (stepId: StepId) => readonly Phase[];
};

/** How a stretch of time looks: each its own shape, so that no colour is needed. A pause has the sign of its row. */
type Look = {readonly sign: string; readonly tone: Tone; readonly word: string};

const looks: Readonly<Record<Exclude<PhaseKind, 'over'>, Look>> = {
	working: {sign: '█', tone: 'working', word: 'works'},
	checking: {sign: '▒', tone: 'working', word: 'checks'},
	asking: {sign: '◐', tone: 'you', word: 'needs you'},
	approval: {sign: '◐', tone: 'you', word: 'needs you'},
	waiting: {sign: '·', tone: 'muted', word: 'waits'},
	paused: {sign: glyphOf('paused', undefined), tone: toneOf.paused, word: 'paused'},
	held: {sign: '┄', tone: 'muted', word: 'held'},
};

const estimated: Look = {sign: '░', tone: 'muted', word: 'may take'};

/** Of what falls into one column the first is seen. */
const first: readonly PhaseKind[] = ['asking', 'checking', 'working', 'approval', 'paused', 'held', 'waiting'];

export const criticalSign = '◆';

type Cell = {readonly sign: string; readonly tone: Tone};

const blank: Cell = {sign: ' ', tone: 'plain'};

/** The phases of a step with their ends, up to now. */
const stretches = (
	phases: readonly Phase[],
	now: number,
): readonly {readonly kind: PhaseKind; readonly from: number; readonly to: number}[] =>
	phases.flatMap(({kind, from}, i) => {
		const to = Math.min(now, phases[i + 1]?.from ?? now);
		return kind === 'over' || from > now ? [] : [{kind, from, to}];
	});

/** What has worked to a good or a bad end has its colour; the shape says what it was. */
const toneIn = (step: Step, kind: PhaseKind, tone: Tone): Tone => {
	if (kind !== 'working' && kind !== 'checking') return tone;
	return hasFailed(step) ? 'failed' : step.status.kind === 'done' ? 'done' : tone;
};

const cellsOf = (view: ChartView, step: Step, axis: TimeAxis, ahead: Forecast): readonly Cell[] => {
	const cells: Cell[] = Array.from({length: axis.columns}, () => blank);
	const fill = (from: number, to: number, cell: Cell, beyond: number): void => {
		// What lasted a moment is seen, too.
		const end = Math.max(axis.columnOf(from), axis.columnOf(to - 1));
		for (let column = Math.max(beyond, axis.columnOf(from)); column <= end; column++) cells[column] = cell;
	};
	const past = stretches(view.phases(step.id), view.now).filter(({to}) => to > axis.from);
	for (const kind of first.toReversed())
		for (const {from, to} of past.filter(stretch => stretch.kind === kind)) {
			const {sign, tone} = looks[kind === 'over' ? 'waiting' : kind];
			fill(Math.max(from, axis.from), to, {sign, tone: toneIn(step, kind, tone)}, 0);
		}
	if (step.status.kind === 'failed') cells[axis.columnOf(step.status.endedAt - 1)] = {sign: '✕', tone: 'failed'};
	const now = axis.columnOf(view.now);
	const rest = ahead.outstanding.get(step.id);
	if (rest !== undefined && rest.to > rest.from) {
		const at = Math.max(now + 1, axis.columnOf(rest.from));
		fill(rest.from, rest.to, estimated, now + 1);
		if (at < axis.columns) cells[at] = {sign: '~', tone: 'muted'};
	}
	if (cells[now] === blank && view.now <= axis.to) cells[now] = {sign: '│', tone: 'muted'};
	return cells;
};

const spansOf = (cells: readonly Cell[]): readonly Span[] => cells.map(({sign, tone}) => span(sign, tone));

/** How a step has spent its time and how much more it may take, for who cannot see it. */
const timesRead = (view: ChartView, step: Step, ahead: Forecast): string => {
	const spent = new Map<string, number>();
	for (const {kind, from, to} of stretches(view.phases(step.id), view.now)) {
		const {word} = looks[kind === 'over' ? 'waiting' : kind];
		spent.set(word, (spent.get(word) ?? 0) + to - from);
	}
	const rest = ahead.outstanding.get(step.id);
	const more = rest === undefined ? 0 : rest.to - Math.max(view.now, rest.from);
	return [
		...[...spent].map(([word, ms]) => `${word} ${age(ms)}`),
		...(more > 0 ? [`${estimated.word} ~${age(more)} more`] : []),
	].join(', ');
};

/** The chart begins where something was decided: a plan that waited a night for its yes would press all else flat. */
const beginOf = ({run, rows, phases, now}: ChartView): number => {
	const starts = rows.flatMap(({step}) => phases(step.id).find(({kind}) => kind !== 'approval')?.from ?? []);
	const proposed = rows.flatMap(({step}) => phases(step.id)[0]?.from ?? []);
	return Math.min(...(starts.length > 0 ? starts : proposed.length > 0 ? proposed : [run.createdAt]), now);
};

const endOf = ({run, rows, now}: ChartView, ahead: Forecast): number => {
	if (run.status.kind !== 'ended') return Math.max(now, ...[...ahead.outstanding.values()].map(({to}) => to));
	return Math.max(
		...rows.flatMap(({step: {status}}) => ('endedAt' in status ? [status.endedAt] : [])),
		run.createdAt + 1,
	);
};

const keyColumns = (rows: readonly PlanRow[], width: number): number =>
	Math.min(width >= 100 ? 20 : 12, Math.max(4, ...rows.map(({step}) => step.key.length)));

const timeColumns = 12;

/** A chart of a plan: its axis, a line for each of the rows from `top` on, and what its signs mean. */
export type PlanChart = {
	readonly axis: string;
	readonly row: (row: PlanRow) => string;
	/** The chain of steps that decides when the run ends, in words. */
	readonly critical: string;
	readonly legend: readonly string[];
};

const criticalWords = ({run, now}: ChartView, {critical, end, isGuessed}: Forecast): string => {
	if (critical.length === 0) return '';
	const keys = critical.map(({key}) => key).join(' › ');
	const over = run.status.kind === 'ended' || critical.every(step => tookMs(step) !== undefined);
	const ends = over
		? ''
		: end === undefined
			? ' · ends ?'
			: end <= now
				? ' · over its estimate'
				: ` · ends in ~${age(end - now)}`;
	return `${criticalSign} ${isGuessed && !over ? 'longest chain' : 'critical path'}: ${keys}${ends}`;
};

/** What the signs mean, the most telling first. */
export const chartSigns: readonly (readonly [sign: string, word: string])[] = [
	...(['working', 'asking', 'paused', 'held', 'waiting', 'checking'] as const).map(
		kind => [looks[kind].sign, looks[kind].word] as const,
	),
	[estimated.sign, estimated.word],
];

/** More rows would take the room of the steps. */
const legendRowsMax = 2;

/** The sign of the critical path is named where its steps are. */
const legendRows = (signs: typeof chartSigns, width: number): readonly string[] => {
	const rows: string[] = [];
	for (const [sign, word] of signs) {
		const last = rows.at(-1);
		const longer = last === undefined ? undefined : `${last}  ${sign} ${word}`;
		if (longer !== undefined && widthOf(longer) <= width) rows[rows.length - 1] = longer;
		else rows.push(`${sign} ${word}`);
	}
	return rows;
};

/** Where there is no room to name all signs, those are named that a step has. */
const legendOf = ({rows, phases}: ChartView, width: number): readonly string[] => {
	const all = legendRows(chartSigns, width);
	if (all.length <= legendRowsMax) return all;
	const kinds = new Set(rows.flatMap(({step}) => phases(step.id).map(({kind}) => kind)));
	const used = new Set([...kinds].map(kind => (kind === 'over' ? undefined : looks[kind].sign)));
	const named = chartSigns.filter(([sign]) => used.has(sign) || sign === estimated.sign);
	return legendRows(named, width).slice(0, legendRowsMax);
};

export const planChart = (view: ChartView, width: number): PlanChart => {
	const {theme, run, rows, selected, focused, frame, now, spoken = false} = view;
	const ahead = forecast(run, now);
	const critical = new Set(ahead.critical.map(({id}) => id));
	const key = keyColumns(rows, width);
	const right = width >= 56 ? timeColumns : width >= 40 ? 4 : 0;
	const left = 2 + 2 + key + 3;
	const columns = Math.max(1, width - left - right);
	const axis = timeAxis(beginOf(view), endOf(view, ahead), columns);
	const timeOf = (step: Step): string => {
		if (right === 0) return '';
		if (right === timeColumns) return ` ${fitTo(durationWords(run, step, now), right - 1, 'right')}`;
		const took = step.status.kind === 'working' ? now - step.status.startedAt : tookMs(step);
		return took === undefined ? fitTo('', right) : ` ${fitTo(age(took), right - 1, 'right')}`;
	};
	return {
		axis: drawLine(theme, [span(' '.repeat(left)), span(spoken ? '' : axisWords(axis, now), 'muted')], width),
		row: ({step}) => {
			const {mark} = stepState(run, step);
			const isSelected = step.id === selected;
			const line: Line = [
				span(isSelected ? '❯ ' : '  ', focused ? 'accent' : 'muted'),
				span(`${glyphOf(mark, frame)} `, toneOf[mark]),
				span(fitTo(cut(step.key, key), key), isSelected ? 'strong' : 'plain'),
				span(critical.has(step.id) ? (spoken ? ' (critical) ' : ` ${criticalSign} `) : '   ', 'strong'),
				...(spoken ? [span(timesRead(view, step, ahead))] : spansOf(cellsOf(view, step, axis, ahead))),
				span(spoken ? '' : timeOf(step), 'muted'),
			];
			return drawLine(theme, line, width, isSelected && focused);
		},
		critical: criticalWords(view, ahead),
		legend: spoken ? [] : legendOf(view, width),
	};
};
