import type {LogEntry, LogLine} from './log-entry.ts';
import {type LogKind, logKinds} from './log-kind.ts';

type Level = LogLine['level'];

/** Which lines of the log are wanted. What is not named is not asked for. */
export type LogFilter = {
	/** In the words of the line or the name of its agent, in small letters. */
	readonly words: string;
	/** Names of agents, or what stands before their number. */
	readonly agents: readonly string[];
	readonly kinds: readonly LogKind[];
	readonly levels: ReadonlySet<Level>;
};

/** A filter as it was typed: understood, or not, and then why and what may be written. */
export type ReadFilter =
	| {readonly kind: 'filter'; readonly filter: LogFilter}
	| {readonly kind: 'problem'; readonly lines: readonly string[]};

/** `warn` and `info` mean whatever matters as much or more; the others mean themselves. */
const levels: Readonly<Record<Level, readonly Level[]>> = {
	detail: ['detail', 'info', 'you', 'good', 'warn', 'bad'],
	info: ['info', 'you', 'good', 'warn', 'bad'],
	you: ['you'],
	good: ['good'],
	warn: ['warn', 'bad'],
	bad: ['bad'],
};

/** What matters to a person, of everybody and everything. */
export const usualFilter: LogFilter = {words: '', agents: [], kinds: [], levels: new Set(levels.info)};

const isLevel = (word: string): word is Level => Object.hasOwn(levels, word);

/** `calls` means what `call` means. */
const kindIn = (word: string): LogKind | undefined => logKinds.find(kind => word === kind || word === `${kind}s`);

const isNamed = (name: string, wanted: string): boolean => name === wanted || name.startsWith(`${wanted}-`);

/** More nobody reads. */
const namesMax = 60;

const problem = (what: string, names: readonly string[]): ReadFilter => ({
	kind: 'problem',
	lines: [what, [...names.slice(0, namesMax), ...(names.length > namesMax ? ['…'] : [])].join(' ')],
});

/**
 * Reads a filter such as `agent:scout-1 kind:call,turn level:warn words`. All that is named must hold; of several
 * names for one thing one is enough. `names` are those of all agents; without `details`, lines that are mere details
 * are left out unless a kind or a level is asked for.
 */
export const readLogFilter = (text: string, details: boolean, names: readonly string[]): ReadFilter => {
	const words: string[] = [];
	const agents: string[] = [];
	const kinds: LogKind[] = [];
	const asked: Level[] = [];
	for (const part of text.trim().toLowerCase().split(/\s+/)) {
		const [, key, list = ''] = /^(agent|kind|level):(.*)$/.exec(part) ?? [];
		if (key === undefined) words.push(part);
		for (const word of key === undefined ? [] : list.split(',')) {
			if (key === 'agent') {
				if (!names.some(name => isNamed(name.toLowerCase(), word)))
					return problem(word === '' ? 'Which agent? These are there:' : `No agent is called "${word}", but:`, names);
				agents.push(word);
			} else if (key === 'kind') {
				const kind = kindIn(word);
				if (kind === undefined)
					return problem(word === '' ? 'Which kind? There are:' : `There is no kind "${word}", but:`, logKinds);
				kinds.push(kind);
			} else if (isLevel(word)) asked.push(...levels[word]);
			else
				return problem(
					word === '' ? 'Which level? There are:' : `There is no level "${word}", but:`,
					Object.keys(levels),
				);
		}
	}
	const usual = details || kinds.length > 0 ? levels.detail : levels.info;
	return {
		kind: 'filter',
		filter: {words: words.join(' '), agents, kinds, levels: new Set(asked.length > 0 ? asked : usual)},
	};
};

export const passes = ({words, agents, kinds, levels: wanted}: LogFilter, entry: LogEntry): boolean => {
	const name = entry.agentName?.toLowerCase() ?? '';
	return (
		wanted.has(entry.level) &&
		(kinds.length === 0 || kinds.includes(entry.kind)) &&
		(agents.length === 0 || agents.some(agent => isNamed(name, agent))) &&
		(words === '' || `${name} ${entry.text}`.toLowerCase().includes(words))
	);
};

/** The filter with one more demand, in the place of an equal one; without a value, without it. */
export const withDemand = (text: string, key: string, value: string | undefined): string => {
	const rest = text.split(/\s+/).filter(part => part !== '' && !part.startsWith(`${key}:`));
	return [...(value === undefined ? [] : [`${key}:${value}`]), ...rest].join(' ');
};

export const demands = (text: string, key: string, value: string): boolean =>
	text.split(/\s+/).includes(`${key}:${value}`);
