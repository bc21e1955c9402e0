/** What belongs together in the help. */
export const verbGroups = ['Runs', 'Reading', 'Acting', 'Engine and files'] as const;

/** A word after a verb. */
export type Word = {
	/** As the help shows it. */
	readonly name: string;
	readonly needed: boolean;
	/** The only words that may stand here. */
	readonly choices?: readonly string[];
	/** Words that may stand here too, for the program's own use. */
	readonly hidden?: readonly string[];
	/** Whatever a person has to say: for the shell, it stands in quotes. */
	readonly quoted?: true;
	/** It may be given several times; only the last word of a verb. */
	readonly many?: true;
};

export type VerbFacts = {
	readonly name: string;
	readonly group: (typeof verbGroups)[number];
	readonly words: readonly Word[];
	readonly about: string;
};

const run = {name: 'run', needed: false} as const;
const file = {name: 'file', needed: true} as const;
const agent = {name: 'agent', needed: true} as const;
const step = {name: 'step', needed: true} as const;
const text = {name: 'text', needed: true, quoted: true} as const;

/** Every verb. This table feeds the parser, `--help`, the completion of shells and docs/flags.md. */
export const verbs = [
	{
		name: 'run',
		group: 'Runs',
		words: [{name: 'goal', needed: true, quoted: true}],
		about: 'carry out a goal without a window, with progress lines',
	},
	{name: 'resume', group: 'Runs', words: [run], about: 'take up a run again after a crash, a pause or a failure'},
	{name: 'attach', group: 'Runs', words: [run], about: 'open the window on a run that goes on in the background'},

	{name: 'ls', group: 'Reading', words: [], about: 'list the runs of this user, newest first'},
	{name: 'status', group: 'Reading', words: [run], about: 'how a run stands, on one screen'},
	{name: 'show', group: 'Reading', words: [run], about: 'plan, agents, cost, files and requests of a run'},
	{name: 'agents', group: 'Reading', words: [run], about: 'list the agents of a run'},
	{name: 'agent', group: 'Reading', words: [agent], about: 'one agent: facts, cost, last words, what it waits for'},
	{name: 'tasks', group: 'Reading', words: [run], about: 'list the steps of the plan of a run'},
	{name: 'task', group: 'Reading', words: [step], about: 'one step: objective, what came of it, cost'},
	{
		name: 'inbox',
		group: 'Reading',
		words: [],
		about: 'all that waits for a person, in all runs that have not ended, oldest first',
	},
	{
		name: 'logs',
		group: 'Reading',
		words: [{name: 'run|agent', needed: false}],
		about: 'what happened in a run, to an agent or, with --all, in all runs, one line an event',
	},
	{name: 'watch', group: 'Reading', words: [run], about: 'the status of a run, again at every change, until it ends'},
	{
		name: 'cost',
		group: 'Reading',
		words: [run],
		about: 'what was spent: in a run by agent, role or model; in all runs by run or day',
	},
	{
		name: 'search',
		group: 'Reading',
		words: [text],
		about: 'find words in what was said and done, in all runs: all of them, "in this order", begin*',
	},
	{name: 'replay', group: 'Reading', words: [run], about: 'fold the stored events again and show where they lead'},

	{
		name: 'approve',
		group: 'Acting',
		words: [{name: 'request|step|plan|--all', needed: false, many: true}],
		about: 'say yes to requests, to steps of the plan, or to all that is open',
	},
	{
		name: 'deny',
		group: 'Acting',
		words: [{name: 'request|step', needed: true, many: true}],
		about: 'say no to requests or to steps of the plan, and why',
	},
	{
		name: 'reply',
		group: 'Acting',
		words: [{name: 'agent|request', needed: true}, text],
		about: 'answer what an agent asks',
	},
	{name: 'send', group: 'Acting', words: [agent, text], about: 'send a message to an agent'},
	{
		name: 'create',
		group: 'Acting',
		words: [{name: 'task', needed: true, quoted: true}],
		about: 'create an agent for a task in a run under way',
	},
	{name: 'interrupt', group: 'Acting', words: [agent], about: 'break off what an agent is doing, to tell it something'},
	{
		name: 'pause',
		group: 'Acting',
		words: [{name: 'run|agent|step', needed: false}],
		about: 'let a run or an agent begin nothing new, or hold a step',
	},
	{
		name: 'continue',
		group: 'Acting',
		words: [{name: 'run|agent', needed: false}],
		about: 'let a paused run or agent go on',
	},
	{name: 'kill', group: 'Acting', words: [agent], about: 'end an agent at once'},
	{name: 'retry', group: 'Acting', words: [step], about: 'try a failed step again'},
	{name: 'skip', group: 'Acting', words: [step], about: 'go on without a step'},
	{
		name: 'stop',
		group: 'Acting',
		words: [{name: 'run', needed: true}],
		about: 'end a run at once, with all its agents',
	},

	{
		name: 'engine',
		group: 'Engine and files',
		words: [
			{
				name: 'start|stop|restart|status|logs',
				needed: true,
				choices: ['start', 'stop', 'restart', 'status', 'logs'],
				hidden: ['serve'],
			},
		],
		about: 'the process in the background that carries runs on',
	},
	{
		name: 'doctor',
		group: 'Engine and files',
		words: [],
		about: 'check this machine and every stored run, and say how to mend what is wrong',
	},
	{
		name: 'trust',
		group: 'Engine and files',
		words: [],
		about: 'let the allow rules in the configuration of this folder count',
	},
	{
		name: 'backup',
		group: 'Engine and files',
		words: [{name: 'file', needed: false}],
		about: 'copy the database of all runs, also while Flotilla works',
	},
	{
		name: 'export',
		group: 'Engine and files',
		words: [run, {name: 'file|-', needed: false}],
		about: 'write a run with all its events into a file, or to the output',
	},
	{
		name: 'import',
		group: 'Engine and files',
		words: [file],
		about: 'take in a run that was exported; nothing of it starts by itself',
	},
	{
		name: 'purge',
		group: 'Engine and files',
		words: [{name: 'run|agent', needed: true}],
		about: 'remove for good what was said; states and costs stay',
	},
	{
		name: 'completion',
		group: 'Engine and files',
		words: [{name: 'bash|zsh|fish', needed: true, choices: ['bash', 'zsh', 'fish']}],
		about: 'print what makes a shell complete the words of this program',
	},
] as const satisfies readonly VerbFacts[];

type Row = (typeof verbs)[number];
export type VerbName = Row['name'];

/** The verbs that send commands to an engine, and end as soon as it has answered. */
export type ActingVerb = Extract<Row, {readonly group: 'Acting'}>['name'];

export const isActing = (verb: VerbName): verb is ActingVerb =>
	verbs.some(({name, group}) => name === verb && group === 'Acting');

export const actingVerbs: readonly ActingVerb[] = verbs.map(({name}) => name).filter(isActing);

const wordOf = ({name: one, needed, quoted, many}: Word): string => {
	const name = many === true ? `${one}…` : one;
	const word = needed ? `<${name}>` : `[${name}]`;
	return quoted === true ? `"${word}"` : word;
};

/** The verb with the words it takes, such as `show [run]`. */
export const usageOf = ({name, words}: VerbFacts): string => [name, ...words.map(wordOf)].join(' ');
