import {type CostRow, type Costs, costRows} from '../../source/domain/costs.ts';
import type {Spend} from '../../source/domain/limits.ts';
import type {Run} from '../../source/domain/run.ts';
import {promptTokens, totalTokens} from '../../source/domain/usage.ts';
import {type CostSort, type CostsOverlay, type CostTab, costTabs} from '../../store/overlay.ts';
import {type CostRate, guessMark, labelled, laneLines, limitLines, spentLine, tokenLines} from '../panes/cost-lines.ts';
import {age} from '../parts/age.ts';
import {bar} from '../parts/bar.ts';
import {dollars, money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {projectionWords} from '../parts/projection.ts';
import {sparkline} from '../parts/sparkline.ts';
import {tokens} from '../parts/tokens.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

export type CostsInput = {
	readonly run: Run | undefined;
	readonly costs: Costs;
	readonly rate: CostRate;
	/** What other runs have used up today. */
	readonly elsewhere: Spend;
};

const spentIn = ({settled, estimated}: CostRow): number => settled + estimated;

/** What a person calls a row. */
const nameOf = (run: Run, by: CostTab, {key, label}: CostRow): string => {
	switch (by) {
		case 'step': {
			const step = Object.values(run.plan?.steps ?? {}).find(({id}) => id === key);
			return step === undefined ? label : `${step.key}  ${step.title}`;
		}
		case 'agent':
			return label;
		case 'role':
		case 'provider':
			return key;
		case 'model':
			return `${key}  ${label}`;
		default:
			return by satisfies never;
	}
};

type NamedRow = CostRow & {readonly name: string};

const orders: Readonly<Record<CostSort, (a: NamedRow, b: NamedRow) => number>> = {
	cost: (a, b) => spentIn(b) - spentIn(a) || totalTokens(b.usage) - totalTokens(a.usage),
	tokens: (a, b) => totalTokens(b.usage) - totalTokens(a.usage),
	turns: (a, b) => b.turns - a.turns,
	name: (a, b) => a.name.localeCompare(b.name),
};

/** Each class with its part of all tokens. */
const classLines = (run: Run, width: number): readonly Line[] => {
	const {usage} = run.ledger;
	const guess = guessMark(run);
	const classes = [
		{name: 'input', count: usage.input, mark: guess, note: ''},
		{name: 'cache write', count: usage.cacheWrite5m + usage.cacheWrite1h, mark: '', note: ''},
		{
			name: 'cache read',
			count: usage.cacheRead,
			mark: '',
			note: ` ${percent(usage.cacheRead, promptTokens(usage))} hit`,
		},
		{
			name: 'output',
			count: usage.output,
			mark: guess,
			note: usage.thinking > 0 ? ` ${tokens(usage.thinking)} thinking` : '',
		},
	];
	const whole = totalTokens(usage);
	return classes.map(({name, count, mark, note}) => {
		const words = `${fitTo(name, 12)}${fitTo(mark + tokens(count), 7, 'right')}${fitTo(percent(count, whole), 5, 'right')} `;
		const columns = Math.min(40, width - widthOf(words) - 18);
		const share = whole === 0 ? 0 : count / whole;
		return [
			span(words, 'muted'),
			...(columns < 5 ? [] : bar([{share, sign: '█', tone: 'plain'}], columns)),
			span(note, 'muted'),
		];
	});
};

const rateWords = ({createdAt, lastEventAt, ledger}: Run, {perMinute}: CostRate): string => {
	const minutes = (lastEventAt - createdAt) / 60_000;
	const mean = minutes > 0 ? dollars(Math.round((ledger.settled + ledger.estimated) / minutes)) : '?';
	return `${perMinute === undefined ? '?' : dollars(perMinute)} a minute now, ${mean} since the run began`;
};

const seriesLine = ({series: {widthMs, spent}}: Costs, width: number, spoken: boolean): Line => {
	if (spoken)
		return labelled(
			'over',
			span(`at most ${dollars(Math.max(0, ...spent))} in ${age(widthMs)}, ${dollars(spent.at(-1) ?? 0)} in the last`),
		);
	const note = ` ${age(widthMs)} each, ${dollars(Math.max(0, ...spent))} at most`;
	const columns = Math.max(0, Math.min(spent.length, width - 7 - widthOf(note)));
	return labelled('over', span(sparkline(spent, columns), 'working'), span(note, 'muted'));
};

/** All that is known of the run as a whole, the most telling first. */
const summaryLines = (scene: OverlayScene, input: CostsInput, run: Run, width: number, height: number) => {
	const {spoken = false} = scene;
	const limits = limitLines(run, {...input, spoken}, width);
	const held = !spoken && run.ledger.reserved > 0 && Object.keys(run.settings.limits.run).length > 0;
	return [
		spentLine(run),
		...limits,
		...(held && height >= 24 ? [labelled('', span('█ used  ▒ set aside for turns under way  ░ left', 'muted'))] : []),
		...laneLines(run, scene.now),
		labelled('end', span(projectionWords(run))),
		labelled('rate', span(rateWords(run, input.rate))),
		...(input.costs.count === 0 ? [] : [seriesLine(input.costs, width, spoken)]),
		...(height >= 28 ? [[], ...classLines(run, width)] : tokenLines(run, true)),
	];
};

const tabLine = (by: CostTab, sort: CostSort, width: number, spoken: boolean): Line => {
	const tabs = costTabs.flatMap(tab => [
		span(tab === by ? `▸ ${tab}` : `  ${tab}`, tab === by ? 'strong' : 'muted'),
		span('  '),
	]);
	const used = tabs.reduce((sum, {text}) => sum + widthOf(text), 0);
	const order = `sorted by ${sort}`;
	return [...tabs, span(spoken ? order : fitTo(order, Math.max(0, width - used), 'right'), 'muted')];
};

/** From here on there is room for all classes of tokens, and for bars. */
const wideColumns = 76;

type Cells = {
	readonly name: string;
	readonly turns: string;
	readonly prompt: string;
	readonly hit: string;
	readonly output: string;
	readonly cost: string;
	readonly part: string;
};

const rowLine = (cells: Cells, share: number | undefined, width: number, tone: 'plain' | 'muted' | 'strong'): Line => {
	const wide = width >= wideColumns;
	const right = (text: string, columns: number): string => fitTo(text, columns, 'right');
	const figures = [
		...(wide ? [right(cells.turns, 9), right(cells.prompt, 7), right(cells.hit, 6), right(cells.output, 7)] : []),
		right(cells.cost, 11),
		right(cells.part, 8),
	].join('');
	const barColumns = wide ? Math.min(24, width - widthOf(figures) - 32) : 0;
	const name = Math.max(0, width - widthOf(figures) - (barColumns >= 5 ? barColumns + 1 : 0));
	return [
		span(fitTo(cells.name, name), tone),
		span(figures, tone),
		...(barColumns < 5
			? []
			: [
					span(' '),
					...(share === undefined
						? [span(' '.repeat(barColumns))]
						: bar([{share, sign: '█', tone: 'plain'}], barColumns)),
				]),
	];
};

const cellsOf = (row: NamedRow, whole: number, guessed = row.guessedTurns > 0 ? '~' : ''): Cells => ({
	name: row.name,
	turns: row.failedTurns === 0 ? String(row.turns) : `${row.turns} ✕${row.failedTurns}`,
	prompt: guessed + tokens(promptTokens(row.usage)),
	hit: percent(row.usage.cacheRead, promptTokens(row.usage)),
	output: guessed + tokens(row.usage.output),
	cost: money({...row, unpriced: row.unpricedTurns > 0}),
	part: percent(spentIn(row), whole),
});

const titles: Cells = {
	name: '',
	turns: 'turns',
	prompt: 'prompt',
	hit: 'hit',
	output: 'output',
	cost: 'cost',
	part: 'of all',
};

/** A row that is read aloud: nobody hears which column a figure stands in. */
const rowRead = ({name, ...figures}: Cells): Line => [
	span(name),
	...(['turns', 'prompt', 'hit', 'output', 'cost', 'part'] as const).map((figure, i) =>
		span(`${i === 0 ? ': ' : ', '}${titles[figure]} ${figures[figure]}`),
	),
];

/** What a run costs and why: as a whole, then by whatever caused it. */
export const drawCosts = (scene: OverlayScene, input: CostsInput, overlay: CostsOverlay): OverlayPicture => {
	const {width, height} = inner(scene.main);
	const {run, costs} = input;
	const {by, sort} = overlay;
	const {spoken = false} = scene;
	const title = `Cost by ${by}`;
	const frame = {frame: scene.main, title, cursor: undefined};
	if (run === undefined)
		return {...frame, lines: [drawLine(scene.theme, [span('Nothing was spent yet.', 'muted')], width)], facts: {}};
	const rows = costRows(costs, by)
		.map(row => ({...row, name: nameOf(run, by, row)}))
		.toSorted(orders[sort]);
	const whole = rows.reduce((sum, row) => sum + spentIn(row), 0);
	// The table keeps four rows, whatever there is to say before it.
	const summary = summaryLines(scene, input, run, width, height).slice(0, Math.max(1, height - 7));
	const room = Math.max(1, height - summary.length - 3);
	const top = Math.max(0, Math.min(overlay.top, rows.length - room));
	const more = rows.length - top - room;
	const part = more > 0 || top > 0 ? `${top + 1} to ${Math.min(rows.length, top + room)} of ${rows.length}` : '';
	const shown = rows.slice(top, top + room);
	const lines: readonly Line[] = [
		...summary,
		[],
		tabLine(by, sort, width, spoken),
		...(spoken
			? [[span(part, 'muted')], ...shown.map(row => rowRead(cellsOf(row, whole)))]
			: [
					rowLine({...titles, name: part}, undefined, width, 'muted'),
					...shown.map(row => rowLine(cellsOf(row, whole), whole === 0 ? 0 : spentIn(row) / whole, width, 'plain')),
				]),
	];
	return {
		...frame,
		lines: lines.map(line => drawLine(scene.theme, line, width)),
		facts: {overlay: {rows: rows.length, height: room, top}},
	};
};
