import {promptTokens} from '../../source/domain/usage.ts';
import {money} from '../parts/money.ts';
import {tokens} from '../parts/tokens.ts';
import {took} from '../parts/took.ts';
import type {TurnItem} from './transcript-item.ts';

/** What is known of a turn from outside of its own events. */
export type TurnFacts = {
	/** Counted from 1 among the turns that have their reply. */
	readonly number: number | undefined;
	readonly model: string | undefined;
};

/** A turn in one line: how long it took, what it read and wrote; and what that cost, which matters most. */
export const turnWords = (
	{settlement, tookMs, failed}: TurnItem,
	{number, model}: TurnFacts,
): {readonly work: string; readonly cost: string} => {
	const {usage, cost, estimated} = settlement;
	const written = usage.cacheWrite5m + usage.cacheWrite1h;
	const cached = [
		...(usage.cacheRead > 0 ? [`${tokens(usage.cacheRead)} from cache`] : []),
		...(written > 0 ? [`${tokens(written)} to cache`] : []),
	].join(', ');
	const sum = {
		settled: estimated ? 0 : (cost ?? 0),
		estimated: estimated ? (cost ?? 0) : 0,
		unpriced: cost === undefined,
	};
	const work = [
		failed ? 'turn without a reply' : number === undefined ? 'turn' : `turn ${number}`,
		...(tookMs === undefined ? [] : [took(tookMs)]),
		`${tokens(promptTokens(usage))} in${cached === '' ? '' : ` (${cached})`}`,
		`${tokens(usage.output)} out`,
	].join(' · ');
	return {work, cost: ` · ${[money(sum), ...(model === undefined ? [] : [model])].join(' · ')}`};
};
