import type {LimitName, Quantity} from '../../source/domain/limits.ts';
import {amount} from './amount.ts';

/** A limit by its name: `the run in money`. */
export const limitWords = ({scope, what}: LimitName): string => `the ${scope} in ${what}`;

/**
 * Why a person is asked about a limit. The most that a turn can use is set aside before it starts, so there may be no
 * room for it though hardly any of the limit is used.
 */
export const fullWords = ({what, needed}: {readonly what: Quantity; readonly needed: number}): string => {
	switch (what) {
		case 'money':
		case 'tokens':
			return `leaves no room for the next turn: with it ${amount(what, needed)} may be needed in all`;
		case 'turns':
		case 'calls':
		case 'time':
			return `is reached: the next turn may need ${amount(what, needed)} in all`;
		default:
			return what satisfies never;
	}
};
