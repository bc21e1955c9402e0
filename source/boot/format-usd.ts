import {type NanoUsd, toUsd} from '../domain/money.ts';

/** `$0.0123`, with `~` before it when part of it is an estimate; `unpriced` when nobody knows. */
export const formatUsd = (nano: NanoUsd, estimated: boolean, unpriced: boolean): string => {
	const amount = `${estimated ? '~' : ''}$${toUsd(nano).toFixed(4)}`;
	if (!unpriced) return amount;
	return nano === 0 ? 'unpriced' : `${amount} + unpriced`;
};
