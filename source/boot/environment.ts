import type {NoticeForm} from './notice.ts';

/** A limit as the environment says it. */
export type NamedText = {
	/** The variable it came from, for words. */
	readonly name: string;
	readonly text: string;
	/** The variable's own unit, where it is not that of our limit. */
	readonly unit?: 'seconds';
};

/** The environment's words, under all names that are understood. */
export type EnvironmentValues = {
	readonly apiKey: string | undefined;
	readonly apiKeyName: string | undefined;
	readonly baseUrl: string | undefined;
	readonly model: string | undefined;
	readonly maxParallel: string | undefined;
	/** By scope and unit, such as `run.usd`. */
	readonly limits: Readonly<Record<string, NamedText>>;
	/** Minutes until a request that nobody answers is passed over, or `none`. */
	readonly timeout: NamedText | undefined;
	readonly noColor: boolean;
	/** How many colours the terminal says it has. */
	readonly colorDepth: '16' | '256' | 'truecolor';
	/** The terminal can be told what addresses open. */
	readonly links: boolean;
	/** How the terminal takes notifications of the desktop. */
	readonly noticeForm: NoticeForm;
	readonly screenReader: boolean;
	/** Do everything in the process of the command, as `--no-daemon` says. */
	readonly noDaemon: boolean;
	/** The variable of a name that a configuration gives, such as that of a provider's key. */
	readonly variable: (name: string) => string | undefined;
};

/** The variables that are limits. Those of other orchestrators keep their own units. */
const limitNames: readonly {readonly limit: string; readonly names: readonly string[]; readonly unit?: 'seconds'}[] = [
	{limit: 'run.usd', names: ['FLOTILLA_BUDGET']},
	{limit: 'agent.turns', names: ['ORCHESTRATOR_AGENT__DEFAULT_MAX_TURNS']},
	{limit: 'agent.minutes', names: ['ORCHESTRATOR_AGENT__DEFAULT_TIMEOUT'], unit: 'seconds'},
];

/** OSC 9 is what most know; kitty and the terminals of VTE have their own. */
const noticeFormOf = (env: Readonly<Record<string, string | undefined>>): NoticeForm => ({
	code:
		env['KITTY_WINDOW_ID'] !== undefined || env['TERM'] === 'xterm-kitty'
			? 99
			: env['VTE_VERSION'] !== undefined
				? 777
				: 9,
	tmux: (env['TMUX'] ?? '') !== '',
});

const depthOf = (colorTerm: string, term: string): EnvironmentValues['colorDepth'] => {
	if (/^(truecolor|24bit)$/i.test(colorTerm) || term.endsWith('-direct')) return 'truecolor';
	return term.includes('256color') ? '256' : '16';
};

export const readEnvironment = (env: Readonly<Record<string, string | undefined>>): EnvironmentValues => {
	const variable = (name: string): string | undefined => ((env[name] ?? '') === '' ? undefined : env[name]);
	const first = (...names: readonly string[]): {readonly name: string; readonly text: string} | undefined => {
		for (const name of names) {
			const text = variable(name);
			if (text !== undefined) return {name, text};
		}
		return undefined;
	};
	const key = first('ANTHROPIC_API_KEY', 'CLAUDE_API_KEY');
	return {
		apiKey: key?.text,
		apiKeyName: key?.name,
		baseUrl: first('ANTHROPIC_BASE_URL')?.text,
		model: first('FLOTILLA_MODEL', 'DEFAULT_MODEL')?.text,
		maxParallel: first('FLOTILLA_MAX_PARALLEL', 'ORCHESTRATOR_MAX_PARALLEL_AGENTS')?.text,
		limits: Object.fromEntries(
			limitNames.flatMap(({limit, names, unit}) => {
				const found = first(...names);
				return found === undefined ? [] : [[limit, unit === undefined ? found : {...found, unit}]];
			}),
		),
		timeout: first('FLOTILLA_TIMEOUT'),
		colorDepth: depthOf(env['COLORTERM'] ?? '', env['TERM'] ?? ''),
		noColor: variable('NO_COLOR') !== undefined || env['TERM'] === 'dumb',
		links: env['TERM'] !== 'dumb' && env['TERM'] !== 'linux',
		noticeForm: noticeFormOf(env),
		screenReader: env['INK_SCREEN_READER'] === 'true',
		noDaemon: variable('FLOTILLA_NO_DAEMON') === '1',
		variable,
	};
};
