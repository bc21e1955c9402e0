/** What a row of the plan or of the agents may be asked for by. A row can be in several of them at once. */
export const rowStates = [
	'you',
	'working',
	'waiting',
	'blocked',
	'queued',
	'paused',
	'failed',
	'done',
	'stopped',
	// More exact ones, as rows call themselves.
	'needs you',
	'proposed',
	'held',
	'ready',
	'checking',
	'interrupted',
	'rejected',
	'skipped',
	'split',
	'killed',
	'pausing',
	'waits',
	'at its limit',
] as const;
export type RowState = (typeof rowStates)[number];

export const isRowState = (word: string): word is RowState => rowStates.some(state => state === word);

/** What a filter looks at in a row, in small letters. */
export type RowWords = {
	readonly text: string;
	/** Of the agent, or of those that work on the step. */
	readonly names: readonly string[];
	readonly role: string;
	readonly states: readonly RowState[];
};

/** Which rows are wanted. What is not named is not asked for; of several values for one thing one is enough. */
export type RowFilter = {
	/** Each of them must stand in the row. */
	readonly words: readonly string[];
	readonly states: readonly RowState[];
	/** The beginnings of names and of roles. */
	readonly names: readonly string[];
	readonly roles: readonly string[];
};

/** A filter as it was typed: understood, or not, and then why and what may be written. */
export type ReadRowFilter =
	| {readonly kind: 'filter'; readonly filter: RowFilter}
	| {readonly kind: 'problem'; readonly lines: readonly string[]};

/**
 * Reads a filter such as `s:working,failed r:scout berths`. While it is being typed the beginning of a state is enough,
 * and of several states that begin so each is meant.
 */
export const readRowFilter = (text: string): ReadRowFilter => {
	const words: string[] = [];
	const states: RowState[] = [];
	const names: string[] = [];
	const roles: string[] = [];
	for (const part of text.trim().toLowerCase().split(/\s+/)) {
		if (part === '') continue;
		const [, key, list = ''] = /^([sar]):(.*)$/.exec(part) ?? [];
		if (key === undefined) {
			words.push(part);
			continue;
		}
		for (const value of list.split(',')) {
			if (key === 'a') names.push(value);
			else if (key === 'r') roles.push(value);
			else {
				const meant = rowStates.filter(state => value !== '' && state.startsWith(value));
				if (meant.length === 0)
					return {
						kind: 'problem',
						lines: [
							value === '' ? 'Which state? There are:' : `There is no state "${value}", but:`,
							rowStates.join(', '),
						],
					};
				states.push(...meant);
			}
		}
	}
	return {kind: 'filter', filter: {words, states, names, roles}};
};

/** Whether a row is wanted. */
export const passesRow = ({words, states, names, roles}: RowFilter, row: RowWords): boolean =>
	words.every(word => row.text.includes(word)) &&
	(states.length === 0 || states.some(state => row.states.includes(state))) &&
	(names.length === 0 || names.some(name => row.names.some(one => one.startsWith(name)))) &&
	(roles.length === 0 || roles.some(role => row.role.startsWith(role)));
