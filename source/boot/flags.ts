import {permissionModes} from '../domain/settings.ts';

export const verbs = [
	{name: 'run', usage: 'run "<goal>"', about: 'carry out a goal without a window, with progress lines'},
	{name: 'ls', usage: 'ls', about: 'list the runs of this user, newest first'},
	{
		name: 'show',
		usage: 'show [run]',
		about: 'plan, agents, cost, files and requests of a run (without a name, here and below: the newest)',
	},
	{name: 'logs', usage: 'logs [run|agent]', about: 'what happened, one line an event'},
	{name: 'resume', usage: 'resume [run]', about: 'take up a run again after a crash, a pause or a failure'},
	{name: 'replay', usage: 'replay [run]', about: 'fold the stored events again and show where they lead'},
	{name: 'doctor', usage: 'doctor', about: 'check this machine, and say how to mend what is missing'},
] as const;

export type VerbName = (typeof verbs)[number]['name'];

export type FlagFacts = {
	readonly type: 'string' | 'boolean';
	/** What stands for the value in the help, such as `<usd>`. */
	readonly value?: string;
	readonly choices?: readonly string[];
	readonly about: string;
	/** Where it has an effect; it is refused elsewhere. `run` stands for `flotilla [goal]` as well. */
	readonly verbs: readonly VerbName[];
};

const started = ['run'] as const;
const followed = ['run', 'resume'] as const;
const checked = ['run', 'doctor'] as const;

/** Every flag. This table feeds the parser, `--help` and docs/flags.md. */
export const flags = {
	yes: {type: 'boolean', about: 'approve the plan and every call in advance', verbs: followed},
	approve: {
		type: 'string',
		choices: ['plan', 'edits', 'all'],
		about: 'approve in advance: the plan; the plan and edits of files; everything',
		verbs: followed,
	},
	nonInteractive: {
		type: 'boolean',
		about: 'never ask: what needs a person ends the command with exit code 4',
		verbs: followed,
	},
	unattended: {
		type: 'string',
		choices: ['wait', 'approve'],
		about: 'what to do without a terminal: wait for a person (exit code 4), or approve like --yes',
		verbs: followed,
	},
	provider: {type: 'string', choices: ['anthropic', 'offline'], about: 'who answers for the models', verbs: checked},
	offline: {type: 'boolean', about: 'the built-in offline model: no key, no network, no cost', verbs: checked},
	model: {type: 'string', value: '<id>', about: 'one model for every step, instead of one per tier', verbs: checked},
	budget: {type: 'string', value: '<usd>', about: 'the most this run may cost, in US dollars', verbs: followed},
	maxParallel: {type: 'string', value: '<n>', about: 'the most agents at work at once (default 5)', verbs: started},
	taskType: {
		type: 'string',
		value: '<type>',
		about: 'the kind of task, instead of guessing it from the goal',
		verbs: started,
	},
	mode: {
		type: 'string',
		choices: ['sequential', 'parallel'],
		about: 'one agent at a time, or as many as allowed',
		verbs: started,
	},
	permissions: {
		type: 'string',
		choices: permissionModes,
		about: 'what agents may do without asking (default ask)',
		verbs: started,
	},
	dir: {type: 'string', value: '<folder>', about: 'the folder to work on (default: this one)', verbs: checked},
	json: {
		type: 'boolean',
		about: 'one JSON event a line (run, resume, logs), or one JSON value (ls, show, replay, doctor)',
		verbs: verbs.map(verb => verb.name),
	},
	speed: {
		type: 'string',
		value: '<factor>',
		about: 'replay at this multiple of real time (default: at once)',
		verbs: ['replay'],
	},
} as const satisfies Record<string, FlagFacts>;

export type FlagName = keyof typeof flags;

export type Flags = {
	readonly [name in FlagName]: ((typeof flags)[name]['type'] extends 'boolean' ? boolean : string) | undefined;
};

/** `nonInteractive` is typed `--non-interactive`. */
export const spell = (name: string): string => `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

export const placeOf = (facts: FlagFacts): string => facts.value ?? facts.choices?.join('|') ?? '';

export const verbsOf = (facts: FlagFacts): string =>
	facts.verbs.length === verbs.length ? 'all' : facts.verbs.join(', ');
