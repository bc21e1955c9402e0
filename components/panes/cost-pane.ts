import type {Agent} from '../../source/domain/agent.ts';
import {type Costs, costRows} from '../../source/domain/costs.ts';
import type {Spend} from '../../source/domain/limits.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {Run} from '../../source/domain/run.ts';
import {totalTokens} from '../../source/domain/usage.ts';
import {money, type Spent} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {tokens} from '../parts/tokens.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {type CostRate, laneLines, limitLines, rateLine, spentLine, tokenLines, wideColumns} from './cost-lines.ts';
import type {Scene} from './scene.ts';

export type CostPaneView = Scene & {
	readonly run: Run | undefined;
	readonly costs: Costs;
	readonly rate: CostRate;
	/** What other runs have used up today. */
	readonly elsewhere: Spend;
	/** The key that sets a limit; without it, none is named. */
	readonly limitKey?: string;
};

/** A cost with its name, and how much of the whole it is. */
type Item = {readonly name: string; readonly spent: Spent; readonly tokens: number; readonly guessed: boolean};

const sumOf = ({settled, estimated}: Spent): NanoUsd => settled + estimated;

/** Dearest first; what costs nothing stands in the order of its tokens. */
const sorted = (items: readonly Item[]): readonly Item[] =>
	items.toSorted((a, b) => sumOf(b.spent) - sumOf(a.spent) || b.tokens - a.tokens);

const byAgent = (agents: readonly Agent[]): readonly Item[] =>
	sorted(
		agents.map(agent => ({
			name: agent.name,
			spent: agent,
			tokens: totalTokens(agent.usage),
			guessed: agent.guessed,
		})),
	);

/** An agent may have had several models. */
const byModel = (costs: Costs): readonly Item[] =>
	sorted(
		costRows(costs, 'model').map(({key, settled, estimated, unpricedTurns, guessedTurns, usage}) => ({
			name: key.replace(/^claude-/, ''),
			spent: {settled, estimated, unpriced: unpricedTurns > 0},
			tokens: totalTokens(usage),
			guessed: guessedTurns > 0,
		})),
	);

/** `spoken`: nobody hears which column a figure stands in. */
const itemLine = (item: Item, whole: NanoUsd, width: number, spoken: boolean): Line => {
	if (spoken) {
		const used = `${item.guessed ? '~' : ''}${tokens(item.tokens)} tokens`;
		return [span(`${item.name}: ${used}, ${money(item.spent)}, ${percent(sumOf(item.spent), whole)} of all`)];
	}
	const count = width >= 40 ? fitTo(`${item.guessed ? '~' : ''}${tokens(item.tokens)}`, 6, 'right') : '';
	const cost = fitTo(money(item.spent), 10, 'right');
	const share = fitTo(percent(sumOf(item.spent), whole), 5, 'right');
	const name = Math.max(0, width - widthOf(count) - 15);
	return [span(fitTo(item.name, name)), span(count, 'muted'), span(cost), span(share, 'muted')];
};

/** A titled list cut to its room; what is left out is counted. */
const listLines = (
	title: string,
	items: readonly Item[],
	whole: NanoUsd,
	width: number,
	height: number,
	spoken: boolean,
): readonly Line[] => {
	const head: Line = [span(fitTo(title, width), 'muted')];
	if (items.length <= height - 1) return [head, ...items.map(item => itemLine(item, whole, width, spoken))];
	const shown = items.slice(0, Math.max(0, height - 2));
	return [
		head,
		...shown.map(item => itemLine(item, whole, width, spoken)),
		[span(fitTo(`${items.length - shown.length} more`, width), 'muted')],
	].slice(0, Math.max(0, height));
};

/** Models take what they need, at most half; agents the rest. Side by side where there is room for both. */
const lists = ({costs, spoken = false}: CostPaneView, run: Run, width: number, height: number): readonly Line[] => {
	const agents = run.agents;
	const models = byModel(costs);
	const whole = run.ledger.settled + run.ledger.estimated;
	if (height < 3) return [];
	if (width >= 60 && !spoken) {
		const half = Math.floor((width - 2) / 2);
		const left = listLines('agents by cost', byAgent(agents), whole, half, height, spoken);
		const right = listLines('models by cost', models, whole, half, height, spoken);
		return Array.from({length: Math.max(left.length, right.length)}, (_, i) => [
			...(left[i] ?? [span(' '.repeat(half))]),
			span('  '),
			...(right[i] ?? []),
		]);
	}
	const modelRows = height >= 6 ? Math.min(models.length + 1, Math.floor(height / 2)) : 0;
	return [
		...listLines('agents by cost', byAgent(agents), whole, width, height - modelRows, spoken),
		...listLines('models by cost', models, whole, width, modelRows, spoken),
	];
};

/**
 * What the run costs: spent, held for turns under way, ways that are shut, and of what limits; tokens by class; the rate; and who and what
 * model spent it. The most telling lines come first, so that a low pane shows those.
 */
export const drawCostPane = (view: CostPaneView, width: number, height: number): readonly string[] => {
	const {theme, run, rate} = view;
	if (run === undefined)
		return drawPage([drawLine(theme, [span('Nothing spent yet.', 'muted')], width)], width, height);
	const lines = [
		spentLine(run),
		...laneLines(run, view.now),
		...limitLines(run, view, width),
		...tokenLines(run, width >= wideColumns),
		rateLine(rate, width),
	];
	const all = [...lines, ...lists(view, run, width, height - lines.length)];
	return drawPage(
		all.map(line => drawLine(theme, line, width)),
		width,
		height,
	);
};
