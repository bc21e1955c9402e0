import {builtInProviders} from './config-schema.ts';
import type {EnvironmentValues} from './environment.ts';
import {Problem} from './problem.ts';
import type {Sources} from './sources.ts';

/** Who answers for the models that name no provider, and why. */
export type ProviderChoice = {
	readonly name: string;
	readonly because: string;
	/** It answers for all models, whatever they name: offline was asked for. */
	readonly forAll: boolean;
};

/** The way to one provider with one key. */
export type LaneChoice =
	| {
			readonly kind: 'messages';
			readonly name: string;
			/** A secret: never stored, never shown. */
			readonly apiKey: string;
			/** The variable that holds it, for words. */
			readonly keyName: string;
			readonly baseUrl: string | undefined;
	  }
	| {readonly kind: 'offline'; readonly name: 'offline'};

type LaneSources = Pick<Sources, 'user' | 'environment' | 'files'>;

export const providerNames = ({user}: Pick<Sources, 'user'>): readonly string[] => [
	...builtInProviders,
	...Object.keys(user.providers ?? {}),
];

const refuseUnknownProvider = (name: string, sources: LaneSources, because: string): void => {
	if (providerNames(sources).includes(name)) return;
	throw new Problem(
		`There is no provider "${name}" (${because}). Known: ${providerNames(sources).join(', ')}; others are named under providers in ${sources.files.user}.`,
	);
};

export const chooseProvider = (sources: Sources): ProviderChoice => {
	const {flags, project, user, environment} = sources;
	const chosen = (name: string, because: string): ProviderChoice => {
		refuseUnknownProvider(name, sources, because);
		return {name, because, forAll: false};
	};
	if (flags.offline === true && flags.provider !== undefined && flags.provider !== 'offline')
		throw new Problem(`--offline and --provider ${flags.provider} exclude each other. Give one of them.`);
	if (flags.offline === true) return {name: 'offline', because: '--offline', forAll: true};
	if (flags.provider === 'offline') return {name: 'offline', because: '--provider', forAll: true};
	if (flags.provider !== undefined) return chosen(flags.provider, '--provider');
	if (project.provider !== undefined) return {name: project.provider, because: 'configuration', forAll: true};
	if (user.provider !== undefined) return chosen(user.provider, 'configuration');
	if (environment.apiKey !== undefined) return chosen('anthropic', environment.apiKeyName ?? 'environment');
	return chosen('offline', 'there is no ANTHROPIC_API_KEY and no CLAUDE_API_KEY');
};

const anthropicLane = ({user, environment}: LaneSources, because: string): LaneChoice => {
	const {apiKey, apiKeyName = 'ANTHROPIC_API_KEY'} = environment;
	if (apiKey === undefined)
		throw new Problem(
			`The provider anthropic was chosen (${because}), but there is no key. Set ANTHROPIC_API_KEY, or use --offline.`,
		);
	const baseUrl = user.baseUrl ?? environment.baseUrl;
	return {kind: 'messages', name: 'anthropic', apiKey, keyName: apiKeyName, baseUrl};
};

const keyOf = (environment: EnvironmentValues, name: string, keyEnv: string, because: string): string => {
	const key = environment.variable(keyEnv);
	if (key !== undefined) return key;
	throw new Problem(
		`The provider ${name} was chosen (${because}), but there is no key. Set ${keyEnv}, which the configuration names as its keyEnv.`,
	);
};

/** The way to a provider, with its key from the environment. A missing name or key is a problem that says the mend. */
const laneOf = (name: string, sources: LaneSources, because: string): LaneChoice => {
	refuseUnknownProvider(name, sources, because);
	if (name === 'offline') return {kind: 'offline', name};
	if (name === 'anthropic') return anthropicLane(sources, because);
	const own = sources.user.providers?.[name];
	if (own === undefined) throw new Error(`The provider ${name} is known and has no address.`);
	const apiKey = keyOf(sources.environment, name, own.keyEnv, because);
	return {kind: 'messages', name, apiKey, keyName: own.keyEnv, baseUrl: own.baseUrl};
};

/** One lane for every provider that these models name. */
export const lanesFor = (
	models: Iterable<{readonly id: string; readonly provider: string}>,
	sources: LaneSources,
	because: (provider: string, model: string) => string,
): readonly LaneChoice[] => {
	const lanes = new Map<string, LaneChoice>();
	for (const {id, provider} of models)
		if (!lanes.has(provider)) lanes.set(provider, laneOf(provider, sources, because(provider, id)));
	return [...lanes.values()];
};
