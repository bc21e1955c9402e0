import {runBudget, type Spend} from '../../source/domain/limits.ts';
import {type Run, runWord} from '../../source/domain/run.ts';
import {fleetCounts} from '../parts/fleet-counts.ts';
import {shutLanes} from '../parts/lane-words.ts';
import {limitUses} from '../parts/limit-use.ts';
import {dollars, money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {runMark} from '../parts/word-mark.ts';
import {cut} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import type {Scene} from './scene.ts';

export type HeaderView = Scene & {
	readonly run: Run | undefined;
	/** What other runs have used up today. */
	readonly elsewhere: Spend;
};

const widthOfLine = (line: Line): number => line.reduce((sum, part) => sum + widthOf(part.text), 0);

/** The models at work, each once; the one of most agents need not come first. */
const modelWords = (run: Run): string => {
	const ids = new Set(run.agents.map(agent => agent.model.id.replace(/^claude-/, '')));
	return `${run.settings.provider} ${[...ids].join(' ')}`.trim();
};

/** Limits that are nearly reached, the fullest first, by shape and word. */
const warningsOf = (run: Run, elsewhere: Spend): Line =>
	limitUses(run, elsewhere)
		.filter(({isNear}) => isNear)
		.toSorted((a, b) => b.used / b.limit - a.used / a.limit)
		.slice(0, 1)
		.flatMap(({scope, what, used, limit}) => [span(` ! ${percent(used, limit)} of ${scope} ${what}`, 'stalled')]);

/** What the run costs: the whole story, and the short one for narrow screens. Without a price there is none to tell. */
const costLines = (run: Run, elsewhere: Spend): readonly Line[] => {
	if (run.settings.provider === 'offline') return [[span('offline model (no key, costs nothing)', 'strong')]];
	const {settled, estimated, reserved, unpricedTurns} = run.ledger;
	const budget = runBudget(run.settings.limits);
	const spent = span(money({settled, estimated, unpriced: unpricedTurns > 0}), 'strong');
	const limit = budget === undefined ? [] : [span(` of ${dollars(budget)}`, 'muted')];
	const held = reserved === 0 ? [] : [span(` +${dollars(reserved)} held`, 'muted')];
	const near = warningsOf(run, elsewhere);
	return [
		[spent, ...limit, ...held, ...near, span(`  ${modelWords(run)}`, 'muted')],
		[spent, ...limit, ...held, ...near],
		[spent, ...limit, ...near],
		[spent, ...(near.length > 0 ? [span(' ! near', 'stalled')] : [])],
	];
};

/** Ways to a provider that are shut at present. */
const laneLine = (run: Run, now: number): Line =>
	shutLanes(run, now).flatMap(({mark, text}) => [span(`  ${glyphOf(mark, undefined)} ${text}`, toneOf[mark])]);

const countLines = (run: Run, frame: number | undefined): readonly Line[] => {
	const counts = fleetCounts(run).filter(({count}) => count > 0);
	const long = counts.flatMap(({mark, word, count}, i) => [
		...(i === 0 ? [] : [span(' · ', 'muted')]),
		span(`${word} ${count}`, toneOf[mark]),
	]);
	const short = counts.flatMap(({mark, count}, i) => [
		...(i === 0 ? [] : [span(' ')]),
		span(`${glyphOf(mark, frame)}${count}`, toneOf[mark]),
	]);
	return [long, short];
};

const goalColumnsMin = 16;

/**
 * One line that says what is going on: goal, state, how many are in which state, cost against the budget. What has no
 * room is told shorter, the goal is cut first of all.
 */
export const drawHeader = (view: HeaderView, width: number, height: number): readonly string[] => {
	const {theme, run, frame} = view;
	const name = span('flotilla', 'strong');
	if (run === undefined)
		return drawPage([drawLine(theme, [name, span('  no run yet', 'muted')], width)], width, height);
	const word = runWord(run);
	const mark = runMark[word];
	const state = span(`${glyphOf(mark, frame)} ${word}`, toneOf[mark]);
	const [long = [], short = []] = countLines(run, frame);
	const costs = costLines(run, view.elsewhere);
	const lanes = laneLine(run, view.now);
	const gap = span('  ');
	const withCost = [long, short].flatMap(counts =>
		costs.map((cost): Line => [state, ...lanes, gap, ...counts, gap, ...cost]),
	);
	const shortest = withCost.at(-1) ?? [state];
	const roomFor = (tail: Line): number => width - widthOf(name.text) - 4 - widthOfLine(tail);
	// The cost, or that there is none, is worth more than the goal; without room for both, the state is what remains.
	const tail = withCost.find(line => roomFor(line) >= goalColumnsMin) ??
		[shortest, [state, ...lanes, gap, ...short], [state, ...lanes]].find(line => roomFor(line) >= -2) ?? [state];
	const room = roomFor(tail);
	const goal = room >= 6 ? [gap, span(cut(run.goal, room))] : [];
	const left = [name, ...goal];
	const fill = ' '.repeat(Math.max(2, width - widthOfLine(left) - widthOfLine(tail)));
	return drawPage([drawLine(theme, [...left, span(fill), ...tail], width)], width, height);
};
