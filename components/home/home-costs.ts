import {warnAt} from '../../source/domain/limits.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import {type HomeView, runsIn} from '../../store/home/home-action.ts';
import {costOfDay, costOfRuns} from '../../store/home/home-costs.ts';
import {dollars, money, type Spent} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import type {Theme} from '../theme.ts';

/** What was used of the most that a day may cost; without a limit, what was used. */
const dayWords = (today: Spent, limit: NanoUsd | undefined): Line => {
	const words = `today (UTC) ${money(today)}`;
	if (limit === undefined) return [span(words, 'muted')];
	const used = today.settled + today.estimated;
	const isNear = used >= limit * warnAt;
	return [span(`${words} of ${dollars(limit)} (${percent(used, limit)})`, isNear ? 'stalled' : 'muted')];
};

/**
 * What the runs that are listed have cost together, and what all runs have on this day: those that are out of sight draw
 * from its limit as well.
 */
export const drawHomeCosts = (theme: Theme, view: HomeView, width: number): string => {
	const {rows, facts, now} = view;
	const listed = costOfRuns(runsIn(rows).map(({summary}) => summary));
	const today = costOfDay(facts.runs, now);
	return drawLine(theme, [span(`listed ${money(listed)} · `, 'muted'), ...dayWords(today, facts.dayLimit)], width);
};
