import type {Quantity} from './limits.ts';
import {toUsd} from './money.ts';

/** An amount as a person reads it. */
export const amountWords = (what: Quantity, amount: number): string => {
	switch (what) {
		case 'money':
			return `$${toUsd(amount).toFixed(2)}`;
		case 'time':
			return `${Math.ceil(amount / 60_000)} min`;
		case 'tokens':
		case 'turns':
		case 'calls':
			return `${amount.toLocaleString('en')} ${what}`;
		default:
			return what satisfies never;
	}
};
