import meow from 'meow';
import {type FlagFacts, type Flags, flags, spell, type VerbName, verbs, verbsOf} from './flags.ts';
import {helpText} from './help-text.ts';
import {Problem} from './problem.ts';

export type Request =
	| {readonly kind: 'open'; readonly goal: string | undefined}
	| {
			readonly kind: 'verb';
			readonly verb: VerbName;
			readonly subject: string | undefined;
			/** Where to; only `export` takes it. */
			readonly target: string | undefined;
	  };

export type Arguments = {readonly request: Request; readonly flags: Flags};

const subjectOf = (verb: VerbName, words: readonly string[]): string | undefined => {
	const [subject, ...rest] = words;
	const more = verb === 'export' ? rest.slice(1) : rest;
	const takesNone = verb === 'ls' || verb === 'doctor' || verb === 'trust';
	if (takesNone && subject !== undefined)
		throw new Problem(`flotilla ${verb} takes no argument; "${subject}" was given.`);
	if (more.length > 0)
		throw new Problem(
			verb === 'run'
				? `flotilla run takes one goal; put it in quotes: flotilla run "${words.join(' ')}"`
				: `flotilla ${verb} takes ${verb === 'export' ? 'two arguments' : 'one argument'}; ${words.length} were given: ${words.join(', ')}.`,
		);
	if (verb === 'run' && (subject ?? '').trim() === '')
		throw new Problem('flotilla run needs a goal: flotilla run "what is to be reached"');
	return subject;
};

const requestOf = (words: readonly string[]): Request => {
	const verb = verbs.find(known => known.name === words[0])?.name;
	if (verb !== undefined)
		return {
			kind: 'verb',
			verb,
			subject: subjectOf(verb, words.slice(1)),
			target: verb === 'export' ? words[2] : undefined,
		};
	if (words.length > 1)
		throw new Problem(
			`There is no command "${words[0]}". If this is the goal, put it in quotes: flotilla "${words.join(' ')}"`,
		);
	const [goal] = words;
	// A mistyped command must not start a run.
	if (goal !== undefined && /^[a-z-]+$/.test(goal))
		throw new Problem(
			`There is no command "${goal}"; there are: ${verbs.map(known => known.name).join(', ')}. If it is the goal: flotilla run ${goal}`,
		);
	return {kind: 'open', goal};
};

type MeowTable = Readonly<Record<string, {readonly type: 'boolean' | 'string'; readonly isMultiple: boolean}>>;

const readWords = (argv: readonly string[], version: string, table: MeowTable) => {
	try {
		return meow({
			argv,
			importMeta: import.meta,
			pkg: {name: 'flotilla', version},
			version,
			help: helpText(),
			description: 'A terminal fleet manager for AI agents.',
			flags: table,
			allowUnknownFlags: false,
			booleanDefault: undefined,
		});
	} catch (error) {
		// Meow throws at a flag that stands twice where it may stand once.
		throw new Problem(error instanceof Error ? error.message : String(error));
	}
};

/**
 * The words after `flotilla`. Unknown flags, `--help` and `--version` are meow's: it prints and exits (2, 0, 0).
 * A wrong choice, or a flag that the verb does not take, is a problem of ours, so that it reads like every other.
 */
export const parseArguments = (argv: readonly string[], version: string): Arguments => {
	const table = Object.fromEntries(
		Object.entries<FlagFacts>(flags).map(([name, facts]) => [
			name,
			{type: facts.type === 'boolean' ? 'boolean' : 'string', isMultiple: facts.many === true} as const,
		]),
	);
	const cli = readWords(argv, version, table);
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
	json: truth(given['json']),
	speed: text(given['speed']),
});
