import type {Spend} from '../../source/domain/limits.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {Run} from '../../source/domain/run.ts';
import {promptTokens} from '../../source/domain/usage.ts';
import {amount} from '../parts/amount.ts';
import {bar} from '../parts/bar.ts';
import {laneNotes} from '../parts/lane-words.ts';
import {type LimitUse, limitUses} from '../parts/limit-use.ts';
import {dollars, money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {sparkline} from '../parts/sparkline.ts';
import {tokens} from '../parts/tokens.ts';
import {fitTo} from '../text/fit.ts';
import {type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';

/** How fast money and tokens go, over the last while. */
export type CostRate = {
	/** Undefined until it can be told. */
	readonly perMinute: NanoUsd | undefined;
	/** Undefined where nobody has measured it: in the past. */
	readonly tokensPerSecond: number | undefined;
	/** Tokens per second, one value a second, newest last. */
	readonly history: readonly number[];
};

/** From here on there is room for whole words. */
export const wideColumns = 44;

export const labelled = (label: string, ...rest: Line): Line => [span(fitTo(label, 7), 'muted'), ...rest];

export const spentLine = (run: Run): Line => {
	const {settled, estimated, reserved, unpricedTurns} = run.ledger;
	return labelled(
		'spent',
		span(money({settled, estimated, unpriced: unpricedTurns > 0}), 'strong'),
		...(reserved > 0 ? [span(` +${dollars(reserved)} held`, 'muted')] : []),
		...(estimated > 0 ? [span(` ~${dollars(estimated)} of it guessed`, 'muted')] : []),
		...(unpricedTurns > 0 ? [span(` ${unpricedTurns} turns unpriced`, 'stalled')] : []),
	);
};

const limitLine = (
	{scope, what, limit, used, held, isNear, isReached, isAsked}: LimitUse,
	width: number,
	spoken: boolean,
): Line => {
	const share = (part: number): number => (limit > 0 ? part / limit : part > 0 ? 1 : 0);
	const name = what === 'money' ? `${scope} $` : `${scope} ${what}`;
	const aside = spoken && held > 0 ? `, ${percent(held, limit)} set aside` : '';
	const note = ` ${percent(used, limit)} of ${amount(what, limit)}${aside}`;
	const sign = isReached ? ' ! reached' : isAsked ? ' ! no room for a turn' : isNear ? ' ! near' : '';
	const tone = isNear || isAsked ? 'stalled' : 'plain';
	const label = fitTo(name, Math.max(7, widthOf(name) + 1));
	const room = width - widthOf(label) - widthOf(note) - widthOf(sign);
	const parts = [
		{share: share(used), sign: '█', tone},
		{share: share(held), sign: '▒', tone},
	] as const;
	// In a shorter bar one cell, which any use at all fills, would look like a good part of the limit.
	const bars = room < 8 || spoken ? [] : bar(parts, room);
	return [
		span(label, 'muted'),
		...bars,
		span(bars.length === 0 ? note.trimStart() : note, 'muted'),
		span(sign, 'stalled'),
	];
};

/** Each limit of the run and the day; those that are nearly reached first. */
export const limitLines = (
	run: Run,
	{
		elsewhere,
		limitKey,
		spoken = false,
	}: {readonly elsewhere: Spend; readonly limitKey?: string | undefined; readonly spoken?: boolean | undefined},
	width: number,
): readonly Line[] => {
	const uses = limitUses(run, elsewhere);
	if (uses.length === 0)
		return [labelled('limits', span(limitKey === undefined ? 'none' : `none (${limitKey} sets one)`, 'muted'))];
	return uses
		.toSorted((a, b) => Number(b.isNear || b.isAsked) - Number(a.isNear || a.isAsked))
		.map(use => limitLine(use, width, spoken));
};

export const laneLines = (run: Run, now: number): readonly Line[] =>
	laneNotes(run, now).map(({mark, text, reason}) =>
		labelled('lane', span(`${glyphOf(mark, undefined)} ${text}`, toneOf[mark]), span(` ${reason}`, 'muted')),
	);

/** What a turn that was cut short has used is guessed, and only of what went in fresh and came out. */
export const guessMark = ({agents}: Run): string => (agents.some(({guessed}) => guessed) ? '~' : '');

export const tokenLines = (run: Run, wide: boolean): readonly Line[] => {
	const {usage} = run.ledger;
	const guess = guessMark(run);
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

export const rateLine = ({perMinute, tokensPerSecond, history}: CostRate, width: number): Line => {
	const [minute, second] = width >= wideColumns ? ['/min', ' tok/s'] : ['/m', 't/s'];
	const note = `${perMinute === undefined ? '–' : dollars(perMinute)}${minute} ${tokensPerSecond === undefined ? '–' : tokens(tokensPerSecond)}${second} `;
	return labelled('rate', span(note), span(sparkline(history, Math.min(120, width - 7 - widthOf(note))), 'working'));
};
