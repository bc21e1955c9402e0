import {z} from 'zod';
import {eventVersions} from '../db/versions.ts';
import {configSchemas, projectKeys} from '../source/boot/config-schema.ts';
import {exitCodes, exitCodeWords} from '../source/boot/exit-code.ts';
import {type FlagFacts, flagGroups, spellOut, verbsOf} from '../source/boot/flag.ts';
import {flags} from '../source/boot/flags.ts';
import {subjectWords} from '../source/boot/help-text.ts';
import {usageOf, type VerbFacts, verbGroups, verbs} from '../source/boot/verb-table.ts';
import type {EventType} from '../source/domain/event.ts';
import {eventWords} from '../source/domain/event-words.ts';
import {taskTypes} from '../source/planner/classify.ts';
import {permissionModeWords} from '../source/policy/permission.ts';
import {ruleFamilies} from '../source/policy/rule.ts';
import type {KeyBinding, Where} from '../store/key-binding.ts';
import {keyTable} from '../store/keymap.ts';

const head = '<!-- Made by `npm run docs` from the tables the program uses. Do not edit. -->\n\n';

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string => {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
};

const exitWords: Readonly<Record<string, string>> = exitCodeWords;
const projectWords: Readonly<Record<string, string>> = projectKeys;

const flagsPage = (): string =>
	[
		'# Commands and flags',
		'`flotilla [goal]` opens the window; without a terminal, it is the same as `run`.',
		...verbGroups.flatMap(title => [
			`## ${title}`,
			table(
				['command', 'what it does'],
				verbs
					.filter(({group}) => group === title)
					.map((verb: VerbFacts) => [`\`flotilla ${usageOf(verb)}\``, verb.about]),
			),
		]),
		subjectWords,
		...flagGroups.flatMap(group => [
			`## Flags: ${group}`,
			table(
				['flag', 'goes with', 'what it does'],
				Object.entries<FlagFacts>(flags)
					.filter(([, facts]) => facts.group === group)
					.map(([name, facts]) => [`\`${spellOut(name, facts)}\``, verbsOf(facts), facts.about]),
			),
		]),
		'`flotilla [goal]` takes the flags of `run`. A flag that does not go with a command is refused.',
		'## Exit codes',
		table(
			['code', 'meaning'],
			Object.entries(exitCodes).map(([name, code]) => [String(code), exitWords[name] ?? name]),
		),
		'## Permission modes',
		table(
			['mode', 'what agents may do'],
			Object.entries(permissionModeWords).map(([mode, words]) => [`\`${mode}\``, words]),
		),
		`## Rules\n\nIn \`--allow\`, \`--ask\`, \`--deny\` and in the configuration. Deny beats ask, and ask beats allow.`,
		table(
			['rule', 'what it speaks about'],
			[
				...Object.entries(ruleFamilies).map(([family, words]) => [`\`${family}(…)\``, words]),
				['`tool`, `*`', 'every call of a tool, by its own name, or of all'],
			],
		),
		`## Task types\n\n${taskTypes.map(type => `\`${type}\``).join(', ')}`,
	].join('\n\n');

type Property = {readonly type?: string; readonly enum?: readonly string[]; readonly description?: string};

const exampleFile = `\`\`\`yaml
provider: anthropic
providers:
  local: {baseUrl: http://127.0.0.1:8080, keyEnv: LOCAL_KEY}
tiers:
  opus: claude-opus-5
  haiku: local/claude-haiku-4-5
limits:
  run: {usd: 2.5, minutes: 90}
  day: {usd: 10}
  agent: {turns: 40}
rules:
  allow: [bash(npm test:*)]
  ask: [write(package.json)]
  deny: [fetch(*.internal)]
requests: {timeoutMinutes: 30, action: pause}
keys: {palette.open: [ctrl+k, ':'], agent.kill: X, log.details: none}
maxParallel: 3
\`\`\``;

const configPage = (): string => {
	const schema = z.toJSONSchema(configSchemas().user);
	const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => {
		const property: Property = typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : {};
		return [
			`\`${key}\``,
			property.enum?.map(word => `\`${word}\``).join(', ') ?? property.type ?? '',
			property.description ?? '',
			projectWords[key] ?? 'no',
		];
	});
	return [
		'# Configuration',
		'Two YAML files, both optional: the user’s, `~/.config/flotilla/config.yaml`, and the project’s, `.flotilla/config.yaml` in the folder that is worked on. A flag wins over the project’s file, that over the user’s, that over the environment.',
		'A project’s file comes with the folder, perhaps from a stranger. So it decides only what can do no harm; of limits and permissions, the stricter of the two files holds, and a key that is yours alone to set is refused there. Its `allow` rules count once you have looked at them with `flotilla trust`, and until the file is changed; rules that Flotilla writes there because you said yes for always count at once.',
		table(['key', 'value', 'meaning', 'in a project’s file'], rows),
		'## Environment',
		table(
			['variable', 'meaning'],
			[
				['`ANTHROPIC_API_KEY`, `CLAUDE_API_KEY`', 'the key for Anthropic’s models; never stored'],
				['`ANTHROPIC_BASE_URL`', 'another address of the Messages API'],
				['`FLOTILLA_MODEL`, `DEFAULT_MODEL`', 'the model of the tier sonnet'],
				['`FLOTILLA_MAX_PARALLEL`, `ORCHESTRATOR_MAX_PARALLEL_AGENTS`', 'the most agents at work at once'],
				['`FLOTILLA_BUDGET`', 'the most a run may cost, in US dollars: `limits.run.usd`'],
				['`ORCHESTRATOR_AGENT__DEFAULT_MAX_TURNS`', '`limits.agent.turns`'],
				['`ORCHESTRATOR_AGENT__DEFAULT_TIMEOUT`', '`limits.agent.minutes`, in seconds'],
				['`FLOTILLA_TIMEOUT`', '`requests.timeoutMinutes`, or `none`'],
				['the `keyEnv` of a provider', 'the key of that provider; never stored'],
				['`FLOTILLA_HOME`', 'one folder for state and configuration, instead of the XDG folders'],
				['`FLOTILLA_NO_DAEMON`', '`1`: as `--no-daemon` says, do everything in the process of the command'],
				[
					'`OTEL_EXPORTER_OTLP_ENDPOINT`',
					'where an engine that is started with it sends traces and metrics: `telemetry.endpoint`; `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` count as well, and `OTEL_SDK_DISABLED=true` turns it off',
				],
				['a variable named in `telemetry.headersEnv`', 'the value of a header of the export; never stored'],
				['`NO_COLOR`', 'no colour'],
				['`INK_SCREEN_READER`', '`true`: Home and the window as plain lines for a screen reader'],
			],
		),
		'## Example of a user’s file',
		exampleFile,
	].join('\n\n');
};

const isEventType = (name: string): name is EventType => name in eventVersions;

const eventsPage = (): string =>
	[
		'# Events',
		'Every fact of a run, in the form in which it is stored. `flotilla logs <run> --json` prints one a line: `seq`, `at` (ms since 1970), `runId`, `cause`, then `type` and the event’s own fields, which are typed in `source/domain/event.ts`.',
		table(
			['event', 'version', 'meaning'],
			Object.keys(eventVersions)
				.filter(isEventType)
				.map(type => [`\`${type}\``, String(eventVersions[type]), eventWords[type]]),
		),
	].join('\n\n');

const whereWords: Readonly<Record<Where, string>> = {
	panes: 'any pane',
	views: 'any pane or view',
	past: 'the past',
	anywhere: 'anywhere',
	palette: 'palette',
	plan: 'plan',
	agents: 'agents',
	log: 'log',
	cost: 'cost',
	help: 'help',
	transcript: 'transcript',
	step: 'step',
	peek: 'peek',
	event: 'event of the log',
	requests: 'requests',
	fields: 'fields of a step',
	approve: 'approving some',
	narrow: 'text of approving some',
	remove: 'remove dialog',
	pick: 'form of one choice',
	files: 'files',
	costs: 'cost in full',
	file: 'file',
	line: 'form of one field',
	form: 'form',
	choice: 'choice in a form',
	reach: 'allow for longer, answer several',
	many: 'several requests',
	kill: 'kill dialog',
	quit: 'quit dialog',
	prompt: 'message line',
	moment: 'go-to line',
	filter: 'filter line',
	search: 'search line',
	answer: 'answer line',
	find: 'search of everything',
	home: 'list of all runs',
	goal: 'goal line',
	sift: 'filter of all runs',
};

const keysPage = (): string => {
	const actions = Object.entries<KeyBinding>(keyTable).map(([id, binding]) => ({id, ...binding}));
	const groups = Map.groupBy(actions, action => action.group);
	const parts = [...groups].map(([group, actions]) => [
		`## ${group}`,
		table(
			['key', 'what it does', 'where', 'action'],
			actions.map(action => [
				action.binds
					.flatMap(bind => bind.keys)
					.map(key => `\`${key}\``)
					.join(' '),
				action.text,
				[...new Set(action.binds.flatMap(bind => bind.where))].map(where => whereWords[where]).join(', '),
				`\`${action.id}\``,
			]),
		),
	]);
	return [
		'# Keys',
		'These are the keys as they are without your own: `keys` in [your configuration](configuration.md) gives an action others.',
		...parts.flat(),
	].join('\n\n');
};

const pages: Readonly<Record<string, () => string>> = {
	'flags.md': flagsPage,
	'configuration.md': configPage,
	'events.md': eventsPage,
	'keys.md': keysPage,
};

/** The pages of docs/ that are made from the program's own tables, by their names. */
export const docsPages = (): ReadonlyMap<string, string> =>
	new Map(Object.entries(pages).map(([name, draw]) => [name, `${head}${draw()}\n`]));
