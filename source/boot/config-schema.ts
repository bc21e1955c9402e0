import {z} from 'zod';
import {keymapWith} from '../../store/own-keys.ts';
import {patienceActions, permissionModes} from '../domain/settings.ts';
import {hookOns} from '../hooks/hook.ts';

/** Names that no configuration can give to a provider of its own. */
export const builtInProviders = ['anthropic', 'offline'] as const;

/** How a window calls its person. */
export const noticeKinds = ['off', 'bell', 'desktop'] as const;

/**
 * What the file of a project may say. Whoever clones a repository has not read it, so it can neither send the key
 * elsewhere nor name prices nor loosen what its user allows; in docs/configuration.md, the words.
 */
export const projectKeys = {
	taskType: 'yes',
	model: 'yes, without a provider',
	tiers: 'yes, without a provider',
	provider: '`offline` only',
	budgetUsd: 'may lower it',
	limits: 'may lower them',
	rules: '`ask` and `deny`; `allow` once you trust the file',
	unknownOutcome: '`ask` only',
	verification: '`auto` only',
	checks: 'added to yours',
	watch: 'may lower it',
	maxParallel: 'may lower it',
	permissions: 'may tighten them',
} as const;

const makeSchemas = () => {
	const rates = z.strictObject({
		input: z.number().nonnegative(),
		output: z.number().nonnegative(),
		cacheWrite5m: z.number().nonnegative(),
		cacheWrite1h: z.number().nonnegative(),
		cacheRead: z.number().nonnegative(),
	});

	const minutes = z.number().positive();

	const allowance = z.strictObject({
		usd: z.number().positive().optional(),
		tokens: z.int().positive().optional(),
		turns: z.int().positive().optional(),
		calls: z.int().positive().optional(),
		minutes: minutes.optional(),
	});

	const limits = z.strictObject({
		turn: allowance.omit({turns: true}).optional(),
		agent: allowance.optional(),
		step: allowance.optional(),
		run: allowance.optional(),
		day: allowance.optional(),
	});

	const ruleList = z.array(z.string().min(1)).optional();

	const ownProviderName = z
		.string()
		.regex(/^[a-z][a-z0-9-]*$/, 'a name is written in lower case letters, digits and -')
		.refine(
			name => !builtInProviders.some(builtIn => builtIn === name),
			`${builtInProviders.join(' and ')} are built in; for another address of anthropic there is baseUrl`,
		);

	const modelName = z.string().min(1);

	const variableName = z.string().regex(/^[A-Za-z_]\w*$/, 'the name of an environment variable, never the key itself');

	const hook = z.strictObject({
		on: z.enum(hookOns, 'what to wait for: needs_you, done, failed, budget, or an event of docs/events.md'),
		run: z.string().min(1),
		timeoutSeconds: z.number().positive().max(600).optional(),
	});

	const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'the name of an HTTP header');

	const telemetry = z.strictObject({
		endpoint: z.url({protocol: /^https?$/, error: 'the base address of an OTLP receiver, http:// or https://'}),
		headers: z.record(headerName, z.string()).optional(),
		headersEnv: z.record(headerName, variableName).optional(),
		metricsSeconds: z.number().min(1).max(86_400).optional(),
	});

	/** One key; YAML reads digits as numbers. */
	const key = z.union([z.string().min(1), z.int().min(0).max(9)]);

	/** Checked against the whole table, for what clashes does so with keys that are not named here. */
	const keys = z.record(z.string(), z.union([key, z.array(key)])).superRefine((own, context) => {
		for (const {id, text} of keymapWith(own).problems)
			context.addIssue({code: 'custom', path: [id], message: text, input: own});
	});

	const user = z.strictObject({
		provider: z
			.string()
			.min(1)
			.optional()
			.describe('who answers for the models: `anthropic`, `offline`, or a name from `providers`'),
		baseUrl: z.url().optional().describe('another address of the Messages API, for `anthropic`'),
		providers: z
			.record(
				ownProviderName,
				z.strictObject({
					baseUrl: z.url(),
					keyEnv: variableName,
				}),
			)
			.optional()
			.describe(
				'further addresses that speak the Messages API, `name: {baseUrl, keyEnv}`, where `keyEnv` names the environment variable that holds the key; when one asks to wait, the others go on',
			),
		model: modelName.optional().describe('one model for every tier, or `provider/model`'),
		tiers: z
			.strictObject({
				haiku: modelName.optional(),
				sonnet: modelName.optional(),
				opus: modelName.optional(),
				frontier: modelName.optional(),
			})
			.optional()
			.describe('the model of each tier (`haiku`, `sonnet`, `opus`, `frontier`), or `provider/model`'),
		prices: z
			.record(z.string(), rates)
			.optional()
			.describe(
				'US dollars per million tokens, by model or `provider/model`, for models without a known price or with one of your own',
			),
		budgetUsd: z.number().positive().optional().describe('the most a run may cost: the same as `limits.run.usd`'),
		limits: limits
			.optional()
			.describe(
				'the most of `usd`, `tokens`, `turns`, `calls`, `minutes` for each `turn`, `agent`, `step`, `run`, `day` (UTC)',
			),
		rules: z
			.strictObject({allow: ruleList, ask: ruleList, deny: ruleList})
			.optional()
			.describe(
				'calls decided in advance, such as `bash(npm test:*)`, `write(src/**)`, `fetch(example.com)`: lists `allow`, `ask`, `deny`; deny beats ask, ask beats allow',
			),
		requests: z
			.strictObject({timeoutMinutes: minutes.nullable().optional(), action: z.enum(patienceActions).optional()})
			.optional()
			.describe(
				'`timeoutMinutes` until a request that nobody answers is passed over (default 60; null: never), and the `action` then: `pause` the run (default) or `deny`',
			),
		unknownOutcome: z
			.enum(['ask', 'tell'])
			.optional()
			.describe(
				'when a crash hid what came of a call that changes something: ask you (default), or only tell the agent',
			),
		verification: z
			.enum(['auto', 'off'])
			.optional()
			.describe('whether a step that changed files is checked before it is done (default auto)'),
		checks: z
			.array(z.strictObject({name: z.string().min(1), command: z.string().min(1)}))
			.optional()
			.describe(
				'how work is checked, instead of what is found in the project’s own files: a list of `{name, command}`',
			),
		watch: z
			.strictObject({turnMinutes: minutes.optional(), callMinutes: minutes.optional()})
			.optional()
			.describe('after how long one turn (default 20) or one call (default 35) is cut off as stalled'),
		maxParallel: z.int().min(1).max(40).optional().describe('the most agents at work at once (default 5)'),
		permissions: z.enum(permissionModes).optional().describe('what agents may do without asking (default ask)'),
		taskType: z.string().optional().describe('the kind of task, instead of guessing it from the goal'),
		keys: keys
			.optional()
			.describe(
				'your own keys in the window, `action: key`, where the actions are named in [keys.md](keys.md) and a key is one character, or `up`, `pagedown`, `enter`, `esc`, `tab`, `space` and the like, with `ctrl+`, `alt+` or `shift+` before it; a list for several keys, `none` for none. They replace all keys of the action. Where text is typed, letters stay text and the built-in key holds',
			),
		theme: z
			.enum(['system', 'dark', 'light'])
			.optional()
			.describe(
				'the colours of the window: those of your terminal (`system`, default), or ours for a `dark` or a `light` ground, where the terminal has 256 colours or more',
			),
		colors: z
			.enum(['auto', '16', '256', 'truecolor', 'none'])
			.optional()
			.describe(
				'how many colours the window uses: what the terminal says of itself in `COLORTERM` and `TERM` (`auto`, default), `16`, `256`, `truecolor` or `none`; `NO_COLOR` in the environment always holds',
			),
		reducedMotion: z.boolean().optional().describe('no moving glyphs'),
		hooks: z
			.array(hook)
			.optional()
			.describe(
				'commands to run when something happens: a list of `{on, run, timeoutSeconds}`, see [hooks.md](hooks.md)',
			),
		notify: z
			.enum(noticeKinds)
			.optional()
			.describe(
				'how an open window, or the list of all runs, calls you when something waits for you in any run, a limit is nearly used up, or the run is done or has failed: by the terminal’s `bell`, or by a notification of the `desktop`, for terminals that know OSC 9, 99 or 777; inside tmux with `allow-passthrough` on. Not while you look at the window, where the terminal tells (default off)',
			),
		answerDelay: z
			.number()
			.min(0)
			.max(60)
			.optional()
			.describe(
				'for how many seconds the window holds back an answer to a request, so that `z` can take it back; 0 sends it at once (default 3)',
			),
		engine: z
			.strictObject({idleMinutes: minutes.optional()})
			.optional()
			.describe(
				'after how many `idleMinutes` the engine in the background ends when there is nothing to do (default 10)',
			),
		telemetry: telemetry
			.optional()
			.describe(
				'where an engine sends traces and metrics, without any text of the work: `endpoint` of an OTLP receiver over HTTP, `headers`, `headersEnv` (headers by the names of environment variables that hold their values), `metricsSeconds` between metrics (default 60); see [telemetry.md](telemetry.md)',
			),
	});

	const {taskType, budgetUsd, rules, checks, watch, maxParallel, permissions} = user.shape;

	/** Which provider is asked, and so who is paid and who reads along, is never a project's to say. */
	const laneless = z
		.string()
		.min(1)
		.regex(/^[^/]*$/, 'a project names a model without its provider; the provider belongs in your own file')
		.optional();

	const own = 'belongs in your own file';
	const project = z.strictObject({
		taskType,
		model: laneless,
		tiers: z.strictObject({haiku: laneless, sonnet: laneless, opus: laneless, frontier: laneless}).optional(),
		provider: z.literal('offline', `a project may choose \`offline\` only; any other ${own}`).optional(),
		budgetUsd,
		limits: limits.optional(),
		rules,
		unknownOutcome: z.literal('ask', `a project may choose \`ask\` only; \`tell\` ${own}`).optional(),
		verification: z.literal('auto', `a project may choose \`auto\` only; \`off\` ${own}`).optional(),
		checks,
		watch,
		maxParallel,
		permissions,
	} satisfies Record<keyof typeof projectKeys, z.ZodType>);
	return {user, project};
};

type Schemas = ReturnType<typeof makeSchemas>;

let made: Schemas | undefined;

/**
 * What a user's own file may say, and what the file of a project may. Keys and defaults are in docs/configuration.md.
 * Made when there is a file to check: that takes as long as opening the database.
 */
export const configSchemas = (): Schemas => {
	made ??= makeSchemas();
	return made;
};

export type UserConfig = z.infer<Schemas['user']>;

export type ProjectConfig = z.infer<Schemas['project']>;
