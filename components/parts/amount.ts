import type {Quantity} from '../../source/domain/limits.ts';
import {dollars} from './money.ts';
import {tokens} from './tokens.ts';

const minutes = (ms: number): string => {
	const count = ms / 60_000;
	return `${count > 0 && count < 1 ? '<1' : Math.round(count).toLocaleString('en')} min`;
};

/** An amount of a quantity, as short as it can be understood. */
export const amount = (what: Quantity, count: number): string => {
	switch (what) {
		case 'money':
			return dollars(count);
		case 'time':
			return minutes(count);
		case 'tokens':
			return `${tokens(count)} tokens`;
		case 'turns':
		case 'calls':
			return `${count.toLocaleString('en')} ${what}`;
		default:
			return what satisfies never;
	}
};
