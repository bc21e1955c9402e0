/** The environment's words, under all names that are understood. */
export type EnvironmentValues = {
	readonly apiKey: string | undefined;
	readonly apiKeyName: string | undefined;
	readonly baseUrl: string | undefined;
	readonly model: string | undefined;
	readonly maxParallel: string | undefined;
	readonly noColor: boolean;
	readonly screenReader: boolean;
};

const first = (
	env: Readonly<Record<string, string | undefined>>,
	names: readonly string[],
): readonly [string | undefined, string | undefined] => {
	const name = names.find(candidate => (env[candidate] ?? '') !== '');
	return name === undefined ? [undefined, undefined] : [env[name], name];
};

export const readEnvironment = (env: Readonly<Record<string, string | undefined>>): EnvironmentValues => {
	const [apiKey, apiKeyName] = first(env, ['ANTHROPIC_API_KEY', 'CLAUDE_API_KEY']);
	return {
		apiKey,
		apiKeyName,
		baseUrl: first(env, ['ANTHROPIC_BASE_URL'])[0],
		model: first(env, ['FLOTILLA_MODEL', 'DEFAULT_MODEL'])[0],
		maxParallel: first(env, ['FLOTILLA_MAX_PARALLEL', 'ORCHESTRATOR_MAX_PARALLEL_AGENTS'])[0],
		noColor: (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb',
		screenReader: env['INK_SCREEN_READER'] === 'true',
	};
};
