import {realpathSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {RunId} from '../domain/id.ts';
import type {ModelFacts, Tier} from '../domain/model.ts';
import {fromUsd, type NanoUsd} from '../domain/money.ts';
import type {RoleFacts} from '../domain/role.ts';
import {
	nothingStanding,
	type PermissionMode,
	permissionModes,
	type RunSettings,
	type Standing,
} from '../domain/settings.ts';
import {isTaskType, taskTypes} from '../planner/classify.ts';
import {findModel, modelOfTier} from '../providers/catalog.ts';
import {offlineModel} from '../providers/offline/offline.ts';
import type {ConfigFile} from './config.ts';
import type {EnvironmentValues} from './environment.ts';
import type {Flags} from './flags.ts';
import type {Paths} from './paths.ts';
import {Problem} from './problem.ts';

/** What a person chose, from flag, project file, user file, environment and default, in words the engine knows. */
export type Choices = {
	readonly provider: ProviderChoice;
	readonly permissionMode: PermissionMode;
	readonly standing: Standing;
	readonly maxParallel: number;
	readonly budget: NanoUsd | undefined;
	readonly taskType: string | undefined;
	readonly models: Readonly<Record<Tier, ModelFacts>>;
	readonly reducedMotion: boolean;
};

export type ProviderChoice =
	| {
			readonly name: 'anthropic';
			readonly apiKey: string;
			readonly baseUrl: string | undefined;
			readonly because: string;
	  }
	| {readonly name: 'offline'; readonly because: string};

export type Sources = {
	readonly flags: Flags;
	readonly project: ConfigFile;
	readonly user: ConfigFile;
	readonly environment: EnvironmentValues;
};

/** A flag wins over the project's file, that over the user's. */
const pick = <K extends keyof ConfigFile>({project, user}: Sources, key: K): ConfigFile[K] => project[key] ?? user[key];

export const chooseProvider = (sources: Sources): ProviderChoice => {
	const {flags, environment} = sources;
	const baseUrl = pick(sources, 'baseUrl') ?? environment.baseUrl;
	const withKey = (because: string): ProviderChoice => {
		const {apiKey} = environment;
		if (apiKey === undefined)
			throw new Problem(
				`The provider anthropic was chosen (${because}), but there is no key. Set ANTHROPIC_API_KEY, or use --offline.`,
			);
		return {name: 'anthropic', apiKey, baseUrl, because};
	};
	if (flags.offline === true && flags.provider !== undefined && flags.provider !== 'offline')
		throw new Problem(`--offline and --provider ${flags.provider} exclude each other. Give one of them.`);
	if (flags.offline === true) return {name: 'offline', because: '--offline'};
	if (flags.provider === 'offline') return {name: 'offline', because: '--provider'};
	if (flags.provider === 'anthropic') return withKey('--provider');
	const configured = pick(sources, 'provider');
	if (configured === 'offline') return {name: 'offline', because: 'configuration'};
	if (configured === 'anthropic') return withKey('configuration');
	if (environment.apiKey !== undefined) return withKey(environment.apiKeyName ?? 'environment');
	return {name: 'offline', because: 'there is no ANTHROPIC_API_KEY and no CLAUDE_API_KEY'};
};

const wholeNumber = (text: string, name: string, least: number, most: number): number => {
	const value = Number(text);
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new Problem(`${name} is a whole number from ${least} to ${most}; "${text}" is not.`);
};

export const readBudget = (text: string | undefined): NanoUsd | undefined => {
	if (text === undefined) return undefined;
	const usd = Number(text.replace(/^\$/, ''));
	if (text.trim() !== '' && Number.isFinite(usd) && usd > 0) return fromUsd(usd);
	throw new Problem(`--budget is an amount of US dollars such as 2.50; "${text}" is not.`);
};

/** What the flags say in advance; undefined when they say nothing. */
export const standingOf = (flags: Flags, hasTerminal: boolean): Standing | undefined => {
	const everything = {plan: true, edits: true, calls: true};
	if (flags.yes === true || flags.approve === 'all') return everything;
	if (flags.unattended === 'approve' && !hasTerminal) return everything;
	if (flags.approve === 'edits') return {plan: true, edits: true, calls: false};
	if (flags.approve === 'plan') return {plan: true, edits: false, calls: false};
	return undefined;
};

const choosePermissions = (sources: Sources): PermissionMode => {
	const {flags} = sources;
	return permissionModes.find(mode => mode === flags.permissions) ?? pick(sources, 'permissions') ?? 'ask';
};

const chooseModels = (sources: Sources, provider: ProviderChoice): Readonly<Record<Tier, ModelFacts>> => {
	const {flags, environment} = sources;
	const single = flags.model ?? pick(sources, 'model');
	const named = {...sources.user.tiers, ...sources.project.tiers};
	const prices = {...sources.user.prices, ...sources.project.prices};
	const since = '1970-01-01';
	const overrides = Object.fromEntries(
		Object.entries(prices).map(([id, rates]) => [id, {rates, largePrompt: undefined, since}]),
	);
	const modelOf = (tier: Tier): ModelFacts => {
		if (provider.name === 'offline') return offlineModel;
		// The environment's default model names the middle tier, as the tools do that know this variable.
		const fallback = tier === 'sonnet' ? (environment.model ?? modelOfTier.sonnet) : modelOfTier[tier];
		return findModel(single ?? named[tier] ?? fallback, overrides);
	};
	return {haiku: modelOf('haiku'), sonnet: modelOf('sonnet'), opus: modelOf('opus'), frontier: modelOf('frontier')};
};

export const settleChoices = (sources: Sources, hasTerminal: boolean): Choices => {
	const {flags, environment} = sources;
	const provider = chooseProvider(sources);
	const taskType = flags.taskType ?? pick(sources, 'taskType');
	if (taskType !== undefined && !isTaskType(taskType))
		throw new Problem(`There is no task type "${taskType}". Known: ${taskTypes.join(', ')}.`);
	const configuredBudget = pick(sources, 'budgetUsd');
	const parallelText =
		flags.maxParallel ?? (pick(sources, 'maxParallel') === undefined ? environment.maxParallel : undefined);
	const parallel =
		parallelText === undefined
			? (pick(sources, 'maxParallel') ?? 5)
			: wholeNumber(parallelText, '--max-parallel', 1, 40);
	return {
		provider,
		permissionMode: choosePermissions(sources),
		standing: standingOf(flags, hasTerminal) ?? nothingStanding,
		maxParallel: flags.mode === 'sequential' ? 1 : parallel,
		budget: readBudget(flags.budget) ?? (configuredBudget === undefined ? undefined : fromUsd(configuredBudget)),
		taskType,
		models: chooseModels(sources, provider),
		reducedMotion: pick(sources, 'reducedMotion') ?? false,
	};
};

/** The person's folder as a real path; a problem when it is none. */
export const realFolder = (given: string): string => {
	const path = resolve(given);
	try {
		if (statSync(path).isDirectory()) return realpathSync(path);
	} catch {
		throw new Problem(`The folder ${path} cannot be used: there is no such folder. Name one with --dir.`);
	}
	throw new Problem(`${path} is not a folder. Name one with --dir.`);
};

export const settingsFor = (
	choices: Choices,
	runId: RunId,
	dir: string,
	paths: Paths,
	roles: Readonly<Record<string, RoleFacts>>,
): RunSettings => ({
	dir,
	outputsDir: join(paths.runs, runId, 'outputs'),
	provider: choices.provider.name,
	taskType: choices.taskType,
	permissionMode: choices.permissionMode,
	standing: choices.standing,
	maxParallel: choices.maxParallel,
	budget: choices.budget,
	roles,
	models: choices.models,
});
