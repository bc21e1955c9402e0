import {randomBytes} from 'node:crypto';
import type {RunId} from '../domain/id.ts';
import type {Clock} from './clock.ts';

/** Names new runs: the time first, so that ids sort by age, then chance. */
export type IdSource = {readonly nextRun: () => RunId};

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const spell = (value: number, length: number): string => {
	let word = '';
	for (let rest = value; word.length < length; rest = Math.floor(rest / 32)) word = `${alphabet[rest % 32]}${word}`;
	return word;
};

/** A word that nobody can guess: 256 bits of chance. */
export const createToken = (): string => randomBytes(32).toString('hex');

export const createIdSource = (clock: Clock, random: () => number = Math.random): IdSource => ({
	// Seconds in 7 letters last until the year 3058; four letters of chance tell runs of one second apart.
	nextRun: () => `run_${spell(Math.floor(clock.now() / 1000), 7)}${spell(Math.floor(random() * 32 ** 4), 4)}`,
});
