import meow from 'meow';
import {type FlagFacts, type Flags, flags, spell, type VerbName, verbs, verbsOf} from './flags.ts';
import {helpText} from './help-text.ts';
import {Problem} from './problem.ts';

export type Request =
	| {readonly kind: 'open'; readonly goal: string | undefined}
	| {readonly kind: 'verb'; readonly verb: VerbName; readonly subject: string | undefined};

export type Arguments = {readonly request: Request; readonly flags: Flags};

const subjectOf = (verb: VerbName, words: readonly string[]): string | undefined => {
	const [subject, ...more] = words;
	const takesNone = verb === 'ls' || verb === 'doctor';
	if (takesNone && subject !== undefined)
		throw new Problem(`flotilla ${verb} takes no argument; "${subject}" was given.`);
	if (more.length > 0)
		throw new Problem(
			verb === 'run'
				? `flotilla run takes one goal; put it in quotes: flotilla run "${words.join(' ')}"`
				: `flotilla ${verb} takes one argument; ${words.length} were given: ${words.join(', ')}.`,
		);
	if (verb === 'run' && (subject ?? '').trim() === '')
		throw new Problem('flotilla run needs a goal: flotilla run "what is to be reached"');
	return subject;
};

const requestOf = (words: readonly string[]): Request => {
	const verb = verbs.find(known => known.name === words[0])?.name;
	if (verb !== undefined) return {kind: 'verb', verb, subject: subjectOf(verb, words.slice(1))};
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

/**
 * The words after `flotilla`. Unknown flags, `--help` and `--version` are meow's: it prints and exits (2, 0, 0).
 * A wrong choice, or a flag that the verb does not take, is a problem of ours, so that it reads like every other.
 */
export const parseArguments = (argv: readonly string[], version: string): Arguments => {
	const table = Object.fromEntries(
		Object.entries<FlagFacts>(flags).map(([name, facts]) => [
			name,
			{type: facts.type === 'boolean' ? 'boolean' : 'string'} as const,
		]),
	);
	const cli = meow({
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
	const request = requestOf(cli.input);
	const verb = request.kind === 'verb' ? request.verb : 'run';
	const given: Record<string, string | boolean | undefined> = {};
	for (const [name, facts] of Object.entries<FlagFacts>(flags)) {
		const value = cli.flags[name];
		if (value === undefined) continue;
		if (typeof value !== 'string' && typeof value !== 'boolean')
			throw new Problem(`${spell(name)} was given more than once.`);
		if (!facts.verbs.includes(verb))
			throw new Problem(
				`${spell(name)} has no effect on \`flotilla ${verb}\`; it goes with ${verbsOf(facts)}. Leave it out.`,
			);
		if (facts.choices !== undefined && !facts.choices.some(choice => choice === value))
			throw new Problem(`${spell(name)} is one of ${facts.choices.join(', ')}; "${value}" is not.`);
		if (facts.type === 'string' && value === '') throw new Problem(`${spell(name)} needs a value.`);
		given[name] = value;
	}
	return {request, flags: readFlags(given)};
};

const text = (value: string | boolean | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
const truth = (value: string | boolean | undefined): boolean | undefined =>
	typeof value === 'boolean' ? value : undefined;

const readFlags = (given: Readonly<Record<string, string | boolean | undefined>>): Flags => ({
	yes: truth(given['yes']),
	approve: text(given['approve']),
	nonInteractive: truth(given['nonInteractive']),
	unattended: text(given['unattended']),
	provider: text(given['provider']),
	offline: truth(given['offline']),
	model: text(given['model']),
	budget: text(given['budget']),
	maxParallel: text(given['maxParallel']),
	taskType: text(given['taskType']),
	mode: text(given['mode']),
	permissions: text(given['permissions']),
	dir: text(given['dir']),
	json: truth(given['json']),
	speed: text(given['speed']),
});
