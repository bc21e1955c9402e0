import type {Risk} from '../../source/domain/risk.ts';
import type {Outlook} from '../../store/step-outlook.ts';
import {dollars} from './money.ts';

const words: Readonly<Record<Risk, string>> = {
	read: 'reads',
	write: 'writes',
	run: 'runs',
	network: 'network',
	delegate: 'delegates',
	unknown: 'unknown (?)',
};

/** `reads, writes`; agents that have no tool for the world only report. */
export const riskWords = (found: readonly Risk[]): string =>
	found.length === 0 ? 'only reports' : found.map(risk => words[risk]).join(', ');

/** The same in few letters: what they can do at worst. */
export const worstWords = (found: readonly Risk[]): string =>
	found.length < 2 ? riskWords(found) : `up to ${riskWords(found.slice(-1))}`;

/** `~$0.0412 · reads, writes`. What has no known price is said to have none; of what costs nothing nothing is said. */
export const outlookWords = ({steps, cost, unpriced, risks}: Outlook, tellRisks = riskWords): string => {
	if (cost === 0 && unpriced === 0) return tellRisks(risks);
	const priced = steps - unpriced;
	const sum = priced === 0 ? 'unpriced' : `${unpriced > 0 ? '≥' : ''}~${dollars(cost)}`;
	return `${sum} · ${tellRisks(risks)}`;
};
