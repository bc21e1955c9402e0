import {totalTokens, type Usage} from '../../source/domain/usage.ts';

/** A count of tokens in at most five columns: `999`, `12.3k`, `1.2M`. */
export const tokens = (count: number): string => {
	if (count < 1000) return String(Math.round(count));
	if (count < 99_950) return `${(count / 1000).toFixed(1)}k`;
	if (count < 999_500) return `${Math.round(count / 1000)}k`;
	return count < 99_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${Math.round(count / 1_000_000)}M`;
};

/** All tokens of somebody; `~` marks a count with a guess in it, such as that of a turn that was cut short. */
export const usedTokens = ({usage, guessed}: {readonly usage: Usage; readonly guessed: boolean}): string =>
	`${guessed ? '~' : ''}${tokens(totalTokens(usage))}`;
