import type {Agent} from '../../source/domain/agent.ts';
import type {Spend} from '../../source/domain/limits.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {Run} from '../../source/domain/run.ts';
import {promptTokens, totalTokens} from '../../source/domain/usage.ts';
import {amount} from '../parts/amount.ts';
import {bar} from '../parts/bar.ts';
import {laneNotes} from '../parts/lane-words.ts';
import {type LimitUse, limitUses} from '../parts/limit-use.ts';
import {dollars, money, type Spent} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {sparkline} from '../parts/sparkline.ts';
import {tokens} from '../parts/tokens.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import type {Scene} from './scene.ts';

/** How fast money and tokens go, over the last while. */
export type CostRate = {
	/** Undefined until it can be told. */
	readonly perMinute: NanoUsd | undefined;
	/** Undefined where nobody has measured it: in the past. */
	readonly tokensPerSecond: number | undefined;
	/** Tokens per second, one value a second, newest last. */
	readonly history: readonly number[];
};

export type CostPaneView = Scene & {
	readonly run: Run | undefined;
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

const byModel = (agents: readonly Agent[]): readonly Item[] => {
	const models = new Map<string, Item>();
	for (const agent of agents) {
		const name = agent.model.id.replace(/^claude-/, '');
		const before = models.get(name);
		models.set(name, {
			name,
			spent: {
				settled: (before?.spent.settled ?? 0) + agent.settled,
				estimated: (before?.spent.estimated ?? 0) + agent.estimated,
				unpriced: (before?.spent.unpriced ?? false) || agent.unpriced,
			},
			tokens: (before?.tokens ?? 0) + totalTokens(agent.usage),
			guessed: (before?.guessed ?? false) || agent.guessed,
		});
	}
	return sorted([...models.values()]);
};

/** From here on there is room for whole words. */
const wideColumns = 44;

const labelled = (label: string, ...rest: Line): Line => [span(fitTo(label, 7), 'muted'), ...rest];

const spentLine = (run: Run): Line => {
	const {settled, estimated, reserved, unpricedTurns} = run.ledger;
	return labelled(
		'spent',
		span(money({settled, estimated, unpriced: unpricedTurns > 0}), 'strong'),
		...(reserved > 0 ? [span(` +${dollars(reserved)} held`, 'muted')] : []),
		...(estimated > 0 ? [span(` ~${dollars(estimated)} of it guessed`, 'muted')] : []),
		...(unpricedTurns > 0 ? [span(` ${unpricedTurns} turns unpriced`, 'stalled')] : []),
	);
};

const limitLine = ({scope, what, limit, used, held, isNear}: LimitUse, width: number): Line => {
	const share = (part: number): number => (limit > 0 ? part / limit : part > 0 ? 1 : 0);
	const name = what === 'money' ? `${scope} $` : `${scope} ${what}`;
	const note = ` ${percent(used, limit)} of ${amount(what, limit)}`;
	const sign = isNear ? ' ! near' : '';
	const tone = isNear ? 'stalled' : 'plain';
	const label = fitTo(name, Math.max(7, widthOf(name) + 1));
	const room = width - widthOf(label) - widthOf(note) - widthOf(sign);
	const parts = [
		{share: share(used), sign: '█', tone},
		{share: share(held), sign: '▒', tone},
	] as const;
	// A bar of less than this says nothing that the words do not.
	const bars = room < 3 ? [] : bar(parts, room);
	return [
		span(label, 'muted'),
		...bars,
		span(bars.length === 0 ? note.trimStart() : note, 'muted'),
		span(sign, 'stalled'),
	];
};

/** Each limit of the run and the day; those that are nearly reached first. */
const limitLines = (run: Run, {elsewhere, limitKey}: CostPaneView, width: number): readonly Line[] => {
	const uses = limitUses(run, elsewhere);
	if (uses.length === 0)
		return [labelled('limits', span(limitKey === undefined ? 'none' : `none (${limitKey} sets one)`, 'muted'))];
	return uses.toSorted((a, b) => Number(b.isNear) - Number(a.isNear)).map(use => limitLine(use, width));
};

const laneLines = (run: Run, now: number): readonly Line[] =>
	laneNotes(run, now).map(({mark, text, reason}) =>
		labelled('lane', span(`${glyphOf(mark, undefined)} ${text}`, toneOf[mark]), span(` ${reason}`, 'muted')),
	);

const tokenLines = ({ledger: {usage}, agents}: Run, wide: boolean): readonly Line[] => {
	// What a turn that was cut short has used is guessed, and only of these two classes.
	const guess = agents.some(({guessed}) => guessed) ? '~' : '';
	const written = usage.cacheWrite5m + usage.cacheWrite1h;
	return [
		labelled(
			'tokens',
			span(guess + tokens(usage.input)),
			span(' in  ', 'muted'),
			span(guess + tokens(usage.output)),
			span(' out', 'muted'),
			...(wide && usage.thinking > 0 ? [span(` (${tokens(usage.thinking)} thinking)`, 'muted')] : []),
		),
		labelled(
			'cache',
			span(tokens(written)),
			span(wide ? ' written  ' : ' w ', 'muted'),
			span(tokens(usage.cacheRead)),
			span(wide ? ' read  ' : ' r ', 'muted'),
			span(percent(usage.cacheRead, promptTokens(usage))),
			span(' hit', 'muted'),
		),
	];
};

const rateLine = ({perMinute, tokensPerSecond, history}: CostRate, width: number): Line => {
	const [minute, second] = width >= wideColumns ? ['/min', ' tok/s'] : ['/m', 't/s'];
	const note = `${perMinute === undefined ? '–' : dollars(perMinute)}${minute} ${tokensPerSecond === undefined ? '–' : tokens(tokensPerSecond)}${second} `;
	return labelled('rate', span(note), span(sparkline(history, Math.min(120, width - 7 - widthOf(note))), 'working'));
};

const itemLine = (item: Item, whole: NanoUsd, width: number): Line => {
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
): readonly Line[] => {
	const head: Line = [span(fitTo(title, width), 'muted')];
	if (items.length <= height - 1) return [head, ...items.map(item => itemLine(item, whole, width))];
	const shown = items.slice(0, Math.max(0, height - 2));
	return [
		head,
		...shown.map(item => itemLine(item, whole, width)),
		[span(fitTo(`${items.length - shown.length} more`, width), 'muted')],
	].slice(0, Math.max(0, height));
};

/** Models take what they need, at most half; agents the rest. Side by side where there is room for both. */
const lists = (run: Run, width: number, height: number): readonly Line[] => {
	const agents = run.agents;
	const models = byModel(agents);
	const whole = run.ledger.settled + run.ledger.estimated;
	if (height < 3) return [];
	if (width >= 60) {
		const half = Math.floor((width - 2) / 2);
		const left = listLines('agents by cost', byAgent(agents), whole, half, height);
		const right = listLines('models by cost', models, whole, half, height);
		return Array.from({length: Math.max(left.length, right.length)}, (_, i) => [
			...(left[i] ?? [span(' '.repeat(half))]),
			span('  '),
			...(right[i] ?? []),
		]);
	}
	const modelRows = height >= 6 ? Math.min(models.length + 1, Math.floor(height / 2)) : 0;
	return [
		...listLines('agents by cost', byAgent(agents), whole, width, height - modelRows),
		...listLines('models by cost', models, whole, width, modelRows),
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
	const all = [...lines, ...lists(run, width, height - lines.length)];
	return drawPage(
		all.map(line => drawLine(theme, line, width)),
		width,
		height,
	);
};
