import {reaches} from '../domain/request.ts';
import {patienceActions, permissionModes} from '../domain/settings.ts';
import type {FlagFacts} from './flag.ts';
import {renderers} from './renderer.ts';
import {actingVerbs, verbs} from './verb-table.ts';

const started = ['run'] as const;
const followed = ['run', 'resume'] as const;
const checked = ['run', 'doctor'] as const;
/** How `cost` may count. */
export const costKeys = ['agent', 'step', 'role', 'model', 'provider', 'run', 'day'] as const;

/** Every flag. This table feeds the parser, `--help` and docs/flags.md. */
export const flags = {
	dir: {
		group: 'The task',
		type: 'string',
		value: '<folder>',
		about: 'the folder to work on (default: this one)',
		verbs: [...checked, 'trust'],
	},
	taskType: {
		group: 'The task',
		type: 'string',
		value: '<type>',
		about: 'the kind of task, instead of guessing it from the goal',
		verbs: started,
	},
	role: {
		group: 'The task',
		type: 'string',
		value: '<role>',
		about: 'give the goal to one agent, such as a scout, analyst, builder, writer or reviewer; what `create` creates',
		verbs: [...started, 'create'],
	},
	mode: {
		group: 'The task',
		type: 'string',
		choices: ['sequential', 'parallel'],
		about: 'one agent at a time, or as many as allowed',
		verbs: started,
	},
	maxParallel: {
		group: 'The task',
		type: 'string',
		value: '<n>',
		about: 'the most agents at work at once (default 5)',
		verbs: started,
	},
	verify: {
		group: 'The task',
		type: 'boolean',
		negatable: true,
		about: 'run the project’s checks before a step that changed files is done (default), or do not',
		verbs: started,
	},
	provider: {
		group: 'Models',
		type: 'string',
		value: '<name>',
		about: 'who answers for the models: anthropic, offline, or one from your configuration',
		verbs: checked,
	},
	offline: {
		group: 'Models',
		type: 'boolean',
		about: 'the built-in offline model: no key, no network, no cost',
		verbs: checked,
	},
	model: {
		group: 'Models',
		type: 'string',
		value: '<id>',
		about: 'one model for every step, instead of one per tier',
		verbs: checked,
	},
	permissions: {
		group: 'What agents may do',
		type: 'string',
		choices: permissionModes,
		about: 'what agents may do without asking (default ask)',
		verbs: started,
	},
	allow: {
		group: 'What agents may do',
		type: 'string',
		many: true,
		value: '<rule>',
		about: 'calls that need no yes, such as "bash(npm test:*)"; again for more',
		verbs: started,
	},
	ask: {
		group: 'What agents may do',
		type: 'string',
		many: true,
		value: '<rule>',
		about: 'calls that always ask, such as "write(src/**)"; again for more',
		verbs: started,
	},
	deny: {
		group: 'What agents may do',
		type: 'string',
		many: true,
		value: '<rule>',
		about: 'calls that are refused, such as "fetch(example.com)"; again for more',
		verbs: started,
	},
	budget: {
		group: 'Limits',
		type: 'string',
		value: '<usd>',
		about: 'the most this run may cost, in US dollars: short for --limit run.usd=<usd>',
		verbs: followed,
	},
	limit: {
		group: 'Limits',
		type: 'string',
		many: true,
		value: '<limit>',
		about:
			'such as day.usd=5, agent.turns=10, run.minutes=none: turn, agent, step, run, day; usd, tokens, turns, calls, minutes',
		verbs: followed,
	},
	yes: {
		group: 'Questions to you',
		type: 'boolean',
		about: 'approve the plan and every call in advance; purge and trust without asking',
		verbs: [...followed, 'purge', 'trust'],
	},
	approve: {
		group: 'Questions to you',
		type: 'string',
		choices: ['plan', 'edits', 'all'],
		about: 'approve in advance: the plan; the plan and edits of files; everything',
		verbs: followed,
	},
	nonInteractive: {
		group: 'Questions to you',
		type: 'boolean',
		about: 'never ask: what needs a person ends the command with exit code 4',
		verbs: followed,
	},
	unattended: {
		group: 'Questions to you',
		type: 'string',
		choices: ['wait', 'approve'],
		about: 'what to do without a terminal: wait for a person (exit code 4), or approve like --yes',
		verbs: followed,
	},
	timeout: {
		group: 'Questions to you',
		type: 'string',
		value: '<minutes>',
		about: 'how long a request waits for its answer (default 60), or none',
		verbs: started,
	},
	onTimeout: {
		group: 'Questions to you',
		type: 'string',
		choices: patienceActions,
		about: 'what then: pause the run (default), or deny and go on',
		verbs: started,
	},
	run: {
		group: 'Which, and how',
		type: 'string',
		value: '<run>',
		about:
			'the run that is meant (default: the newest unfinished one of this folder, else its newest, else the newest of all)',
		verbs: ['agent', 'task', 'logs', 'inbox', 'search', ...actingVerbs.filter(name => name !== 'stop')],
	},
	all: {
		group: 'Which, and how',
		type: 'boolean',
		about: 'every open request of the run; with logs, what happened in all runs',
		verbs: ['approve', 'logs'],
	},
	reach: {
		group: 'Which, and how',
		type: 'string',
		choices: reaches,
		about: 'how far the yes to a call or a host goes: this once (default), this agent, this run, or always',
		verbs: ['approve'],
	},
	reason: {
		group: 'Which, and how',
		type: 'string',
		value: '<text>',
		about: 'why; it is told to the agent, and stored',
		verbs: ['deny', 'kill', 'skip', 'stop'],
	},
	daemon: {
		group: 'Which, and how',
		type: 'boolean',
		negatable: true,
		about: 'let the engine in the background do it, which goes on when this ends (default), or do it in this process',
		verbs: [...followed, 'attach', ...actingVerbs],
	},
	by: {
		group: 'Output',
		type: 'string',
		choices: costKeys,
		about: 'what to add up costs by (default agent)',
		verbs: ['cost'],
	},
	csv: {
		group: 'Output',
		type: 'boolean',
		about: 'comma-separated values with a line of titles, as RFC 4180 has it',
		verbs: ['cost'],
	},
	follow: {
		group: 'Output',
		type: 'boolean',
		short: 'f',
		about: 'go on with what happens, until the run ends (of all runs and of the engine: until Ctrl+C)',
		verbs: ['logs', 'engine'],
	},
	after: {
		group: 'Output',
		type: 'string',
		value: '<seq>',
		about: 'only what happened after the event with this number (`seq` in --json)',
		verbs: ['logs'],
	},
	most: {
		group: 'Output',
		type: 'string',
		value: '<count>',
		about: 'no more places than this (default 50)',
		verbs: ['search'],
	},
	best: {
		group: 'Output',
		type: 'boolean',
		about: 'the best first among the newest 200 places, instead of the newest first',
		verbs: ['search'],
	},
	json: {
		group: 'Output',
		type: 'boolean',
		about: 'one JSON value a line (run, resume, logs, watch), or one JSON value (everything else); errors too',
		verbs: verbs.map(verb => verb.name),
	},
	renderer: {
		group: 'Output',
		type: 'string',
		choices: renderers,
		about: 'who paints the window: our canvas (default), or Ink, where a terminal shows the canvas wrongly',
		verbs: [...followed, 'attach'],
	},
	speed: {
		group: 'Output',
		type: 'string',
		value: '<factor>',
		about: 'replay at this multiple of real time (default: at once)',
		verbs: ['replay'],
	},
	until: {
		group: 'Output',
		type: 'string',
		value: '<seq>',
		about: 'replay only up to the event with this number (`seq` in logs --json)',
		verbs: ['replay'],
	},
} as const satisfies Record<string, FlagFacts>;

type Rows = typeof flags;

export type Flags = {
	readonly [name in keyof Rows]:
		| (Rows[name] extends {readonly type: 'boolean'}
				? boolean
				: Rows[name] extends {readonly many: true}
					? readonly string[]
					: string)
		| undefined;
};
