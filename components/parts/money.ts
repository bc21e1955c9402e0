import {type NanoUsd, toUsd} from '../../source/domain/money.ts';

/** Dollars with as many decimals as matter: `$0.0123`, `$1.24`, `$1240`. What is more than nothing is never `$0`. */
export const dollars = (nano: NanoUsd): string => {
	const usd = toUsd(nano);
	if (nano === 0) return '$0.00';
	if (usd < 0.0001) return '<$0.0001';
	if (usd < 1) return `$${usd.toFixed(4)}`;
	return usd < 1000 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(0)}`;
};

/** What was spent: measured, guessed, and whether some of it has no known price. */
export type Spent = {readonly settled: NanoUsd; readonly estimated: NanoUsd; readonly unpriced: boolean};

/** `~` marks a sum with a guess in it, `≥` one to which unpriced turns must be added; nothing known is `unpriced`. */
export const money = ({settled, estimated, unpriced}: Spent): string => {
	const sum = settled + estimated;
	if (unpriced && sum === 0) return 'unpriced';
	return `${unpriced ? '≥' : ''}${estimated > 0 ? '~' : ''}${dollars(sum)}`;
};

/** The same of a sum, where only is known whether some of it is guessed. */
export const sumMoney = (sum: {
	readonly spent: NanoUsd;
	readonly estimated: boolean;
	readonly unpriced: boolean;
}): string => {
	const {spent, estimated, unpriced} = sum;
	return money({settled: estimated ? 0 : spent, estimated: estimated ? spent : 0, unpriced});
};
