import {actingVerbs, isActing, type VerbName, verbs} from './verb-table.ts';

/** What belongs together in the help. */
export const flagGroups = [
	'The task',
	'Models',
	'What agents may do',
	'Limits',
	'Questions to you',
	'Which, and how',
	'Output',
] as const;

export type FlagFacts = {
	readonly group: (typeof flagGroups)[number];
	readonly type: 'string' | 'boolean';
	/** The letter that stands for it after one dash. */
	readonly short?: string;
	/** It may be given several times. */
	readonly many?: true;
	/** It is typed with `--no-` to say no. */
	readonly negatable?: true;
	/** What stands for the value in the help, such as `<usd>`. */
	readonly value?: string;
	readonly choices?: readonly string[];
	readonly about: string;
	/** Where it has an effect; it is refused elsewhere. `run` stands for `flotilla [goal]` as well. */
	readonly verbs: readonly VerbName[];
};

/** `nonInteractive` is typed `--non-interactive`. */
export const spell = (name: string): string => `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** The flag as it is typed, with what follows it. */
export const spellOut = (name: string, facts: FlagFacts): string => {
	const long = facts.negatable === true ? spell(name).replace('--', '--[no-]') : spell(name);
	const word = facts.short === undefined ? long : `-${facts.short}, ${long}`;
	return `${word} ${facts.value ?? facts.choices?.join('|') ?? ''}`.trim();
};

/** Where a flag has an effect, in words. */
export const verbsOf = (facts: FlagFacts): string => {
	if (facts.verbs.length === verbs.length) return 'all';
	const missing = actingVerbs.filter(name => !facts.verbs.includes(name));
	if (missing.length > 1) return facts.verbs.join(', ');
	const acts = missing.length === 0 ? 'all that act' : `all that act but ${missing[0]}`;
	return [...facts.verbs.filter(name => !isActing(name)), acts].join(', ');
};
