import meow from 'meow';
import {type FlagFacts, spell, verbsOf} from './flag.ts';
import {type Flags, flags} from './flags.ts';
import {nearest} from './nearest.ts';
import {Problem} from './problem.ts';
import {usageOf, type VerbFacts, type VerbName, verbs} from './verb-table.ts';

export type Request =
	| {readonly kind: 'open'; readonly goal: string | undefined}
	/** `--help`, of all or behind a verb. */
	| {readonly kind: 'help'; readonly verb: VerbName | undefined}
	/** The words behind the verb: as many as it takes, none of those it needs missing or blank. */
	| {readonly kind: 'verb'; readonly verb: VerbName; readonly words: readonly string[]};

export type Arguments = {readonly request: Request; readonly flags: Flags};

const a = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun.replaceAll('|', ' or ')}`;

/** The words of a verb, once they are as many and such as it takes. */
const wordsOf = (facts: VerbFacts, given: readonly string[]): readonly string[] => {
	const {name, words} = facts;
	const usage = `flotilla ${usageOf(facts)}`;
	if (given.length > words.length && words.at(-1)?.many !== true) {
		if (words.length === 0) throw new Problem(`flotilla ${name} takes no argument; "${given[0]}" was given.`);
		const most = words.length === 1 ? 'one argument' : 'two arguments';
		const quotes =
			words.at(-1)?.quoted === true
				? ` Put what is more than one word in quotes: flotilla ${[name, ...given.slice(0, words.length - 1), `"${given.slice(words.length - 1).join(' ')}"`].join(' ')}`
				: '';
		throw new Problem(
			`flotilla ${name} takes ${most}; ${given.length} were given: ${given.join(', ')}.${quotes || ` Usage: ${usage}`}`,
		);
	}
	for (const [i, {name: what, needed, choices, hidden = []}] of words.entries()) {
		const word = given[i];
		if (word === undefined && !needed) continue;
		if (word === undefined || word.trim() === '')
			throw new Problem(
				`flotilla ${name} needs ${choices === undefined ? a(what) : `one of ${choices.join(', ')}`}: ${usage}`,
			);
		if (choices !== undefined && !choices.includes(word) && !hidden.includes(word))
			throw new Problem(`flotilla ${name} takes one of ${choices.join(', ')}; "${word}" is not.`);
	}
	return given;
};

const requestOf = (words: readonly string[]): Request => {
	const facts = verbs.find(({name}) => name === words[0]);
	if (facts !== undefined) return {kind: 'verb', verb: facts.name, words: wordsOf(facts, words.slice(1))};
	const [first] = words;
	if (first === undefined) return {kind: 'open', goal: undefined};
	const goal = words.join(' ');
	const known = nearest(
		first,
		verbs.map(({name}) => name),
	);
	const meant = known === undefined ? '' : ` Did you mean \`flotilla ${[known, ...words.slice(1)].join(' ')}\`?`;
	const all = '`flotilla --help` lists them all.';
	if (words.length > 1)
		throw new Problem(
			`There is no command "${first}".${meant} If this is the goal, put it in quotes: flotilla "${goal}". ${all}`,
		);
	// A mistyped command must not start a run.
	if (/^[a-z-]+$/.test(first))
		throw new Problem(`There is no command "${first}".${meant} If it is the goal: flotilla run "${first}". ${all}`);
	return {kind: 'open', goal: first};
};

type MeowFlag = {readonly type: 'boolean' | 'string'; readonly isMultiple: boolean; readonly shortFlag?: string};
type MeowTable = Readonly<Record<string, MeowFlag>>;

const readWords = (argv: readonly string[], version: string, table: MeowTable) => {
	try {
		return meow({
			argv,
			importMeta: import.meta,
			pkg: {name: 'flotilla', version},
			version,
			// Its own would not be wrapped to the width of the terminal.
			autoHelp: false,
			flags: {...table, help: {type: 'boolean', isMultiple: false}},
			allowUnknownFlags: true,
			booleanDefault: undefined,
		});
	} catch (error) {
		// Meow throws at a flag that stands twice where it may stand once.
		throw new Problem(error instanceof Error ? error.message : String(error));
	}
};

/** Meow takes every value of a flag that says yes or no, but for the word `true`, for a no. */
const refuseOddTruths = (options: readonly string[]): void => {
	for (const option of options) {
		const [, flag = '', value = 'true'] = /^(--[^=]+)=(.*)$/s.exec(option) ?? [];
		const isBoolean = Object.entries<FlagFacts>(flags).some(
			([name, {type}]) => type === 'boolean' && spell(name) === flag,
		);
		if (isBoolean && value !== 'true' && value !== 'false')
			throw new Problem(`${flag} takes no value; "${value}" was given. Leave it out.`);
	}
};

/**
 * The words after `flotilla`. `--version` alone is meow's: it prints and exits. An unknown flag, a wrong
 * choice, or a flag that the verb does not take is a problem of ours, so that it reads like every other.
 */
export const parseArguments = (typed: readonly string[], version: string): Arguments => {
	// What stands behind it is meant as it is.
	const end = typed.includes('--') ? typed.indexOf('--') : typed.length;
	// As people ask other programs for help.
	const [first, ...others] = typed.map((word, i) => (word === '-h' && i < end ? '--help' : word));
	const argv = first === 'help' ? [...others, '--help'] : first === undefined ? [] : [first, ...others];
	const table = Object.fromEntries(
		Object.entries<FlagFacts>(flags).map(([name, facts]) => [
			name,
			{
				type: facts.type,
				isMultiple: facts.many === true,
				...(facts.short === undefined ? {} : {shortFlag: facts.short}),
			},
		]),
	);
	refuseOddTruths(typed.slice(0, end));
	const cli = readWords(argv, version, table);
	if (cli.flags['help'] === true) {
		const asked = verbs.find(({name}) => name === cli.input[0]);
		// With a command that is not known, it is said which one was meant.
		if (asked === undefined) requestOf(cli.input);
		return {request: {kind: 'help', verb: asked?.name}, flags: readFlags({})};
	}
	const unknown = Object.keys(cli.flags).find(name => !(name in flags));
	if (unknown !== undefined) {
		const word = unknown.length === 1 ? `-${unknown}` : spell(unknown);
		// The dashes, which all flags have, make none nearer.
		const known = nearest(
			word.replace(/^-+/, ''),
			Object.keys(flags).map(name => spell(name).slice(2)),
		);
		const meant = known === undefined ? '' : ` Did you mean --${known}?`;
		throw new Problem(`There is no flag ${word}.${meant} \`flotilla --help\` lists them all.`);
	}
	const request = requestOf(cli.input);
	const verb = request.kind === 'verb' ? request.verb : 'run';
	const given: Given = {};
	for (const [name, facts] of Object.entries<FlagFacts>(flags)) {
		const value = cli.flags[name];
		if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
		if (!facts.verbs.includes(verb))
			throw new Problem(
				`${spell(name)} has no effect on \`flotilla ${verb}\`; it goes with ${verbsOf(facts)}. Leave it out.`,
			);
		given[name] = readValue(name, facts, value);
	}
	return {request, flags: readFlags(given)};
};

type Value = string | boolean | readonly string[];
type Given = Record<string, Value | undefined>;

/** What meow read of a flag that was given, as often as it may be. */
const readValue = (name: string, facts: FlagFacts, value: unknown): Value => {
	if (typeof value === 'boolean') return value;
	const words = Array.isArray(value) ? value.map(String) : [String(value)];
	for (const word of words) {
		if (word === '') throw new Problem(`${spell(name)} needs a value.`);
		if (facts.choices !== undefined && !facts.choices.includes(word))
			throw new Problem(`${spell(name)} is one of ${facts.choices.join(', ')}; "${word}" is not.`);
	}
	return facts.many === true ? words : (words[0] ?? '');
};

const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const truth = (value: Value | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const texts = (value: Value | undefined): readonly string[] | undefined =>
	typeof value === 'object' ? value : undefined;

const readFlags = (given: Readonly<Given>): Flags => ({
	dir: text(given['dir']),
	taskType: text(given['taskType']),
	role: text(given['role']),
	mode: text(given['mode']),
	maxParallel: text(given['maxParallel']),
	verify: truth(given['verify']),
	provider: text(given['provider']),
	offline: truth(given['offline']),
	model: text(given['model']),
	permissions: text(given['permissions']),
	allow: texts(given['allow']),
	ask: texts(given['ask']),
	deny: texts(given['deny']),
	budget: text(given['budget']),
	limit: texts(given['limit']),
	yes: truth(given['yes']),
	approve: text(given['approve']),
	nonInteractive: truth(given['nonInteractive']),
	unattended: text(given['unattended']),
	timeout: text(given['timeout']),
	onTimeout: text(given['onTimeout']),
	run: text(given['run']),
	all: truth(given['all']),
	reach: text(given['reach']),
	reason: text(given['reason']),
	daemon: truth(given['daemon']),
	by: text(given['by']),
	csv: truth(given['csv']),
	follow: truth(given['follow']),
	after: text(given['after']),
	most: text(given['most']),
	best: truth(given['best']),
	json: truth(given['json']),
	renderer: text(given['renderer']),
	speed: text(given['speed']),
	until: text(given['until']),
});
