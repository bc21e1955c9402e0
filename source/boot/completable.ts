import {type FlagFacts, spell} from './flag.ts';
import {flags} from './flags.ts';
import {type VerbFacts, verbs} from './verb-table.ts';

/** A flag as a shell completes it. */
export type CompletableFlag = {
	/** As it is typed, with its dashes: also the letter, and the no. */
	readonly words: readonly string[];
	readonly about: string;
	readonly takesValue: boolean;
	readonly takesFolder: boolean;
	readonly choices: readonly string[];
};

/** A verb as a shell completes it. */
export type CompletableVerb = {
	readonly name: string;
	readonly about: string;
	/** The words of the first place, where there is a list of them. */
	readonly choices: readonly string[];
	readonly takesFile: boolean;
	readonly flags: readonly CompletableFlag[];
};

const flagOf = (name: string, facts: FlagFacts): CompletableFlag => ({
	words: [
		spell(name),
		...(facts.negatable === true ? [spell(name).replace('--', '--no-')] : []),
		...(facts.short === undefined ? [] : [`-${facts.short}`]),
	],
	about: facts.about,
	takesValue: facts.type === 'string',
	takesFolder: facts.value === '<folder>',
	choices: facts.choices ?? [],
});

/** What shells complete: the verbs that are shown, each with its words and flags. */
export const completable = (): readonly CompletableVerb[] =>
	verbs.map(({name, about, words}: VerbFacts) => ({
		name,
		about,
		choices: words[0]?.choices ?? [],
		takesFile: words.some(word => word.name.startsWith('file')),
		flags: Object.entries<FlagFacts>(flags)
			.filter(([, facts]) => facts.verbs.some(verb => verb === name))
			.map(([flag, facts]) => flagOf(flag, facts)),
	}));
