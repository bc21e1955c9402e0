import {runBudget, type Spend} from '../../source/domain/limits.ts';
import {type NanoUsd, toUsd} from '../../source/domain/money.ts';
import {openRequests, type Run, runWord} from '../../source/domain/run.ts';
import {elsewhereWords} from '../../store/waits-elsewhere.ts';
import {age} from '../parts/age.ts';
import {clockTime} from '../parts/clock-time.ts';
import {duration} from '../parts/duration.ts';
import {fleetCounts} from '../parts/fleet-counts.ts';
import {isFree} from '../parts/is-free.ts';
import {shutLanes} from '../parts/lane-words.ts';
import {limitUses} from '../parts/limit-use.ts';
import {modelMix} from '../parts/model-mix.ts';
import {dollars, money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {tokens} from '../parts/tokens.ts';
import {runMark} from '../parts/word-mark.ts';
import {cut} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import type {CostRate} from './cost-lines.ts';
import type {Scene} from './scene.ts';

/** The moment in the past that is looked at. */
export type PastNote = {
	readonly at: number;
	/** The numbers of the event and of the newest one of the run, as every command takes them. */
	readonly seq: number;
	readonly newestSeq: number;
	readonly playing: boolean;
	readonly speed: number;
	/** How long the run rested here, ms, when the play does not wait as long. */
	readonly shortened: number | undefined;
};

export type HeaderView = Scene & {
	/** Undefined: the present. */
	readonly past?: PastNote | undefined;
	readonly run: Run | undefined;
	/** What other runs have used up today. */
	readonly elsewhere: Spend;
	readonly rate: CostRate;
	/** How many requests wait in other runs; none when absent. */
	readonly waitsElsewhere?: number;
};

const widthOfLine = (line: Line): number => line.reduce((sum, part) => sum + widthOf(part.text), 0);

/** Limits that are nearly reached, the fullest first, by shape and word. */
const warningsOf = (run: Run, elsewhere: Spend): Line =>
	limitUses(run, elsewhere)
		.filter(({isNear}) => isNear)
		.toSorted((a, b) => b.used / b.limit - a.used / a.limit)
		.slice(0, 1)
		.flatMap(({scope, what, used, limit}) => [span(` ! ${percent(used, limit)} of ${scope} ${what}`, 'stalled')]);

/** Ways to a provider that are shut at present. */
const laneLine = (run: Run, now: number): Line =>
	shutLanes(run, now).flatMap(({mark, text}) => [span(`  ${glyphOf(mark, undefined)} ${text}`, toneOf[mark])]);

const countsOf = (run: Run, {now, frame}: Scene, long: boolean): Line =>
	fleetCounts(run, now)
		.filter(({count}) => count > 0)
		.flatMap(({mark, word, count}, i) => [
			span(i === 0 ? '' : long ? '  ' : ' '),
			span(`${glyphOf(mark, frame)}${long ? ` ${word} ` : ''}${count}`, toneOf[mark]),
		]);

/** A rate that is measured over a minute is no more exact than to the cent. */
const perHour = (perMinute: NanoUsd): string => {
	const usd = toUsd(perMinute * 60);
	return usd < 0.01 ? '<$0.01/h' : `$${usd.toFixed(2)}/h`;
};

/** How fast money goes, in dollars an hour, and how fast the models write. */
const burnOf = ({perMinute, tokensPerSecond}: CostRate, costs: boolean): readonly string[] => [
	...(perMinute === undefined || perMinute === 0 || !costs ? [] : [perHour(perMinute)]),
	...(tokensPerSecond !== undefined && tokensPerSecond >= 1 ? [`~${tokens(tokensPerSecond)} tok/s`] : []),
];

/** How long the run goes on, or went on. */
const elapsedOf = ({status, createdAt}: Run, now: number): string =>
	duration((status.kind === 'ended' ? status.at : now) - createdAt);

/** A piece of the header, from the shortest way to tell it to the longest. */
type Piece = readonly Line[];

/** Everything the header could tell, in the order in which it stands there. */
type Pieces = {
	readonly state: Piece;
	/** What waits for the person in other runs. */
	readonly others: Piece;
	readonly counts: Piece;
	readonly cost: Piece;
	readonly burn: Piece;
	readonly mix: Piece;
	readonly elapsed: Piece;
};

const nothing: Line = [];

/** Between two pieces. */
const gapText = '   ';

const costOf = (run: Run, elsewhere: Spend): Piece => {
	if (isFree(run)) {
		const long = [span('offline model (no key, costs nothing)', 'strong')];
		// On a narrow screen the goal is worth more than what the model costs.
		const short = [span('offline model', 'strong')];
		return [nothing, [span('offline', 'strong')], short, short, long];
	}
	const {settled, estimated, reserved, unpricedTurns} = run.ledger;
	const budget = runBudget(run.settings.limits);
	const spent = span(money({settled, estimated, unpriced: unpricedTurns > 0}), 'strong');
	const limit = budget === undefined ? [] : [span(` of ${dollars(budget)}`, 'muted')];
	const held = reserved === 0 ? [] : [span(` +${dollars(reserved)} held`, 'muted')];
	const near = warningsOf(run, elsewhere);
	const isReached = limitUses(run, elsewhere).some(use => use.isReached);
	return [
		nothing,
		[spent, ...(near.length > 0 ? [span(isReached ? ' ! reached' : ' ! near', 'stalled')] : [])],
		[spent, ...near],
		[spent, ...limit, ...near],
		[spent, ...limit, ...held, ...near],
	];
};

/** By shape, number and word: for one row first, then so that everybody understands it. */
const othersOf = (count: number, run: Run): Piece => {
	if (count === 0) return [nothing];
	const told = (words: string): Line => [span(`${glyphOf('needsYou', undefined)} ${words}`, toneOf.needsYou)];
	return [told(`${count} elsewhere`), told(elsewhereWords(count, openRequests(run).length > 0))];
};

const piecesOf = (view: HeaderView, run: Run): Pieces => {
	const {frame, now, elsewhere, rate, waitsElsewhere = 0} = view;
	const word = runWord(run);
	const mark = runMark[word];
	const state = [span(`${glyphOf(mark, frame)} ${word}`, toneOf[mark])];
	const offline = isFree(run);
	return {
		state: [state, [...state, ...laneLine(run, now)]],
		others: othersOf(waitsElsewhere, run),
		counts: [nothing, countsOf(run, view, false), countsOf(run, view, true)],
		cost: costOf(run, elsewhere),
		burn: [nothing, ...burnOf(rate, !offline).map((_, i, words) => [span(words.slice(0, i + 1).join('  '), 'muted')])],
		// The offline model is named where its cost would stand.
		mix: [nothing, offline ? nothing : [span(modelMix(run), 'muted')]],
		elapsed: [nothing, [span(elapsedOf(run, now), 'muted')]],
	};
};

type Name = keyof Pieces;

/** What is told at first, and what comes when there is room, the most telling first: a longer way each time. */
const growth: readonly Name[] = [
	'state',
	'cost',
	'counts',
	'cost',
	'cost',
	'elapsed',
	'others',
	'burn',
	'counts',
	'mix',
	'burn',
	'cost',
];

/** The goal is given this much before anything that is not needed to know where things stand. */
const goalColumnsMin = 16;
const beforeGoal = 6;

/** The pieces in so many columns, each as long as there is room for in the order of their worth. */
const fitPieces = (pieces: Pieces, names: readonly Name[], columns: number, spare: number): Line => {
	const level: Record<Name, number> = {state: 0, others: 0, counts: 0, cost: 0, burn: 0, mix: 0, elapsed: 0};
	const lineOf = (): Line =>
		names.flatMap(name => {
			const line = pieces[name][level[name]] ?? nothing;
			return line.length === 0 ? [] : [span(gapText), ...line];
		});
	for (const [i, name] of growth.entries()) {
		if (!names.includes(name) || level[name] >= pieces[name].length - 1) continue;
		level[name]++;
		if (widthOfLine(lineOf()) > columns - (i < beforeGoal ? 0 : spare)) level[name]--;
	}
	return lineOf();
};

/** A line with one part at its left end and one at its right. */
const bothEnds = (left: Line, right: Line, width: number): Line => [
	...left,
	span(' '.repeat(Math.max(0, width - widthOfLine(left) - widthOfLine(right)))),
	...right,
];

/** That this is the past, by shape and word, and which moment of it: told long, or as short as it must be. */
const pastLines = ({at, seq, newestSeq, playing, speed, shortened}: PastNote): readonly Line[] => {
	const where = `${clockTime(at)} · event #${seq} of #${newestSeq}`;
	const play = playing ? `▶ ${speed}x` : speed > 1 ? `${speed}x` : '';
	const rest = shortened === undefined ? '' : ` · a pause of ${age(shortened)} is cut short`;
	const told = (text: string): Line => [span(` ◀ PAST ${text} `, 'matchHere')];
	return [
		told(`${where} ${play}${rest}`.trimEnd()),
		told(`${where} ${play}`.trimEnd()),
		told(`${clockTime(at)} #${seq}/#${newestSeq} ${play}`.trimEnd()),
	];
};

/**
 * What is going on: goal, state, how many are in which state, cost against the budget, how fast money goes, which
 * models, for how long. On one row what has no room is told shorter or not at all; on two there is room for all.
 */
export const drawHeader = (view: HeaderView, width: number, height: number): readonly string[] => {
	const {theme, run} = view;
	const names = view.past === undefined ? [[span('flotilla', 'strong')]] : pastLines(view.past);
	const name = names.find(line => widthOfLine(line) * 2 <= width) ?? names.at(-1) ?? [];
	if (run === undefined)
		return drawPage([drawLine(theme, [...name, span('  no run yet', 'muted')], width)], width, height);
	const pieces = piecesOf(view, run);
	const room = width - widthOfLine(name);
	const withGoal = (tail: Line): Line => {
		const columns = room - 2 - widthOfLine(tail);
		return bothEnds(columns >= 6 ? [...name, span('  '), span(cut(run.goal, columns))] : name, tail, width);
	};
	if (height < 2) {
		const tail = fitPieces(
			pieces,
			['state', 'others', 'counts', 'cost', 'burn', 'mix', 'elapsed'],
			room,
			goalColumnsMin,
		);
		return drawPage([drawLine(theme, withGoal(tail), width)], width, height);
	}
	const counts = fitPieces(pieces, ['counts'], width, 0).slice(1);
	const figures = fitPieces(pieces, ['cost', 'burn', 'mix'], width - widthOfLine(counts), 0);
	return drawPage(
		[
			drawLine(theme, withGoal(fitPieces(pieces, ['state', 'others', 'elapsed'], room, goalColumnsMin)), width),
			drawLine(theme, bothEnds(counts, figures, width), width),
		],
		width,
		height,
	);
};
