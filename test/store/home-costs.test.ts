import {expect, test} from 'vitest';
import {fromUsd} from '../../source/domain/money.ts';
import {type RunSummary, summarize} from '../../source/domain/run.ts';
import {costOfDay, costOfRuns} from '../../store/home/home-costs.ts';
import {makeRun} from '../support/make-run.ts';

const day = 20_000;
const noon = (day + 0.5) * 86_400_000;

const summary = (
	over: Partial<Omit<RunSummary, 'today'>> & {readonly day?: number; readonly usd?: number},
): RunSummary => {
	const {day: on = day, usd = 0, ...rest} = over;
	const made = summarize(makeRun());
	return {...made, estimated: false, unpriced: false, ...rest, today: {...made.today, day: on, money: fromUsd(usd)}};
};

test('what runs cost together is measured and guessed, and says when some of it has no price', () => {
	const measured = summary({spent: fromUsd(2)});
	const guessed = summary({spent: fromUsd(0.5), estimated: true});
	expect(costOfRuns([measured, guessed])).toEqual({settled: fromUsd(2), estimated: fromUsd(0.5), unpriced: false});
	expect(costOfRuns([measured, summary({spent: 0, unpriced: true})]).unpriced).toBe(true);
	expect(costOfRuns([])).toEqual({settled: 0, estimated: 0, unpriced: false});
});

test('a day is that of UTC, and what runs cost on another day is not in it', () => {
	const today = summary({spent: fromUsd(9), usd: 1});
	const before = summary({spent: fromUsd(9), usd: 4, day: day - 1, unpriced: true});
	expect(costOfDay([today, before], noon)).toEqual({settled: fromUsd(1), estimated: 0, unpriced: false});
	expect(costOfDay([today, before], noon + 86_400_000).settled).toBe(0);
});
