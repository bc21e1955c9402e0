import {amountWords} from '../source/domain/amount-words.ts';
import type {Quantity} from '../source/domain/limits.ts';
import {fromUsd, toUsd} from '../source/domain/money.ts';

const minuteMs = 60_000;

/** In what a person writes an amount of each quantity. */
export const unitOf: Readonly<Record<Quantity, string>> = {
	money: 'US dollars',
	tokens: 'tokens',
	turns: 'turns',
	calls: 'calls',
	time: 'minutes',
};

/** An amount as a person would write it, never less than it is. */
export const amountText = (what: Quantity, amount: number): string => {
	switch (what) {
		case 'money':
			return (Math.ceil(toUsd(amount) * 100 - 1e-9) / 100).toFixed(2);
		case 'time':
			return String(Math.ceil(amount / minuteMs));
		case 'tokens':
		case 'turns':
		case 'calls':
			return String(Math.ceil(amount));
		default:
			return what satisfies never;
	}
};

/** An amount that was written, in the unit of the quantity, or why it cannot be read. */
export const readAmount = (what: Quantity, text: string): {readonly amount: number} | {readonly problem: string} => {
	const written = text.trim().replace(/^\$\s*/, '');
	// A comma that does not part thousands is how others write the point: 0,500 is no 500.
	const isGrouped = /^[1-9]\d{0,2}([,_ ]\d{3})+(\.\d*)?$/.test(written);
	const plain = isGrouped ? written.replaceAll(/[,_ ]/g, '') : written;
	const number = /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
	if (!Number.isFinite(number) || number <= 0)
		return {
			problem: `"${text.trim()}" is not an amount. Write ${unitOf[what]}, such as ${what === 'money' ? '5 or 2.50' : '20'}.`,
		};
	switch (what) {
		case 'money':
			return {amount: fromUsd(number)};
		case 'time':
			return {amount: Math.round(number * minuteMs)};
		case 'tokens':
		case 'turns':
		case 'calls':
			return Number.isInteger(number) ? {amount: number} : {problem: `There are only whole ${unitOf[what]}.`};
		default:
			return what satisfies never;
	}
};

/** What is written to have no limit. An empty field is rather one that was left by mistake. */
const noLimit = 'none';

/** What a field for a limit says below it: what becomes of what stands there. */
export const limitHint = (text: string): string =>
	text === '' ? 'There is no such limit now.' : `What you type takes its place; "${noLimit}" lifts it.`;

/** A limit that was written, undefined for none, or why it cannot be read. */
export const readLimit = (
	what: Quantity,
	text: string,
): {readonly amount: number | undefined} | {readonly problem: string} => {
	const written = text.trim();
	if (written === '') return {problem: `Write an amount in ${unitOf[what]}, or "${noLimit}" for no limit.`};
	return written.toLowerCase() === noLimit ? {amount: undefined} : readAmount(what, written);
};

/** So many times as much is rather a slip of the hand than what was meant. */
const leapTimes = 100;

type Leap = {
	readonly what: Quantity;
	readonly before: number | undefined;
	/** Undefined when the limit is lifted. */
	readonly amount: number | undefined;
	/** The key that sets it. */
	readonly key: string;
	/** What was said last where it is set. */
	readonly said: string | undefined;
};

/**
 * What is asked before a limit that is set to far more than it was; undefined when nothing is, or when it was asked
 * already, with these very amounts.
 */
export const leapWords = ({what, before, amount, key, said}: Leap): string | undefined => {
	if (before === undefined || before <= 0 || amount === undefined || amount <= before * leapTimes) return undefined;
	const times = Math.floor(amount / before).toLocaleString('en');
	const words = `${amountWords(what, amount)} is ${times} times as much as ${amountWords(what, before)}, the limit before. ${key} once more sets it.`;
	return words === said ? undefined : words;
};

/** A limit that lasts for a while: half as much again, or what the next turn needs. */
export const raiseTo = ({limit, needed}: {readonly limit: number; readonly needed: number}): number =>
	Math.max(needed, Math.ceil(limit * 1.5));
