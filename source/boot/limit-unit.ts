import {readAmount, unitOf} from '../../store/amount.ts';
import {type LimitName, limitScopes, type Quantity, quantities} from '../domain/limits.ts';
import {fromUsd, toUsd} from '../domain/money.ts';
import {Problem} from './problem.ts';

/** What a person calls each quantity, in flags, files and JSON. */
export const limitUnits = {
	money: 'usd',
	tokens: 'tokens',
	turns: 'turns',
	calls: 'calls',
	time: 'minutes',
} as const satisfies Record<Quantity, string>;
export type LimitUnit = (typeof limitUnits)[Quantity];

const msPerMinute = 60_000;

/** From a person's unit to the domain's: dollars to nano-dollars, minutes to ms. */
export const toLimit = (what: Quantity, amount: number): number =>
	what === 'money' ? fromUsd(amount) : what === 'time' ? Math.round(amount * msPerMinute) : amount;

/** The way back. */
export const fromLimit = (what: Quantity, limit: number): number =>
	what === 'money' ? toUsd(limit) : what === 'time' ? limit / msPerMinute : limit;

/** A limit that a flag sets; `limit` is undefined when it lifts it. */
export type NamedLimit = LimitName & {readonly limit: number | undefined};

/** `day.usd=5`, `agent.turns=10`, `run.minutes=none`. */
export const readLimit = (text: string): NamedLimit => {
	const [, scopeWord = '', unit = '', amount = ''] = /^([a-z]+)\.([a-z]+)=(.*)$/i.exec(text) ?? [];
	const scope = limitScopes.find(known => known === scopeWord);
	const what = quantities.find(known => limitUnits[known] === unit);
	const shape = `--limit is <scope>.<unit>=<amount>, such as day.usd=5, agent.turns=10 or run.minutes=none`;
	if (scope === undefined || what === undefined)
		throw new Problem(
			`${shape}; "${text}" is not. Scopes: ${limitScopes.join(', ')}. Units: ${Object.values(limitUnits).join(', ')}.`,
		);
	if (scope === 'turn' && what === 'turns') throw new Problem(`A turn is one turn: "${text}" limits nothing.`);
	if (amount === 'none') return {scope, what, limit: undefined};
	const read = readAmount(what, amount);
	if ('problem' in read)
		throw new Problem(`${shape}; "${amount}" is not an amount of ${unitOf[what]} that is more than nothing.`);
	return {scope, what, limit: read.amount};
};

/** `--budget`: short for `--limit run.usd=…`. */
export const readBudget = (text: string | undefined): NamedLimit | undefined => {
	if (text === undefined) return undefined;
	const read = readAmount('money', text);
	if ('problem' in read) throw new Problem(`--budget is an amount of US dollars such as 2.50; "${text}" is not.`);
	return {scope: 'run', what: 'money', limit: read.amount};
};
