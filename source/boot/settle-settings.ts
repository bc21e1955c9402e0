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
import type {ProjectConfig, UserConfig} from './config.ts';
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
	readonly project: ProjectConfig;
	readonly user: UserConfig;
	readonly environment: EnvironmentValues;
};

export const chooseProvider = (sources: Sources): ProviderChoice => {
	const {flags, project, user, environment} = sources;
	const baseUrl = user.baseUrl ?? environment.baseUrl;
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
	const configured = project.provider ?? user.provider;
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

/** A project may make it stricter than its user does, never looser. */
const choosePermissions = ({flags, project, user}: Sources): PermissionMode => {
	const flagged = permissionModes.find(mode => mode === flags.permissions);
	if (flagged !== undefined) return flagged;
	const own = user.permissions ?? 'ask';
	return permissionModes.find(mode => mode === own || mode === project.permissions) ?? own;
};

const chooseParallel = ({flags, project, user, environment}: Sources): number => {
	if (flags.mode === 'sequential') return 1;
	if (flags.maxParallel !== undefined) return wholeNumber(flags.maxParallel, '--max-parallel', 1, 40);
	const inherited =
		environment.maxParallel === undefined ? 5 : wholeNumber(environment.maxParallel, 'FLOTILLA_MAX_PARALLEL', 1, 40);
	const own = user.maxParallel ?? inherited;
	return Math.min(own, project.maxParallel ?? own);
};

const chooseBudget = ({flags, project, user}: Sources): NanoUsd | undefined => {
	const flagged = readBudget(flags.budget);
	if (flagged !== undefined) return flagged;
	const least = Math.min(user.budgetUsd ?? Number.POSITIVE_INFINITY, project.budgetUsd ?? Number.POSITIVE_INFINITY);
	return Number.isFinite(least) ? fromUsd(least) : undefined;
};

/** A turn without a price reserves nothing, so no budget would ever stop it. */
export const refuseUnpricedBudget = (budget: NanoUsd | undefined, models: RunSettings['models']): void => {
	const unpriced = Object.values(models).find(model => model.price === undefined);
	if (budget === undefined || unpriced === undefined) return;
	throw new Problem(
		`There is no known price for ${unpriced.id}, so a budget cannot be kept. Set prices in the configuration, or drop --budget (or budgetUsd).`,
	);
};

const chooseModels = (sources: Sources, provider: ProviderChoice): Readonly<Record<Tier, ModelFacts>> => {
	const {flags, project, user, environment} = sources;
	const single = flags.model ?? project.model ?? user.model;
	const named = {...user.tiers, ...project.tiers};
	const since = '1970-01-01';
	const overrides = Object.fromEntries(
		// Own rates replace the listed ones; that a large prompt multiplies them stays true.
		Object.entries(user.prices ?? {}).map(([id, rates]) => [
			id,
			{rates, largePrompt: findModel(id).price?.largePrompt, since},
		]),
	);
	const modelOf = (tier: Tier): ModelFacts => {
		if (provider.name === 'offline') return offlineModel;
		// The environment's default model names the middle tier, as the tools do that know this variable.
		const fallback = tier === 'sonnet' ? (environment.model ?? modelOfTier.sonnet) : modelOfTier[tier];
		return findModel(single ?? named[tier] ?? fallback, overrides);
	};
	return {haiku: modelOf('haiku'), sonnet: modelOf('sonnet'), opus: modelOf('opus'), frontier: modelOf('frontier')};
};

/** A flag wins over the project's file, that over the user's, as far as it may; that over the environment. */
export const settleChoices = (sources: Sources, hasTerminal: boolean): Choices => {
	const {flags, project, user} = sources;
	const provider = chooseProvider(sources);
	const taskType = flags.taskType ?? project.taskType ?? user.taskType;
	if (taskType !== undefined && !isTaskType(taskType))
		throw new Problem(`There is no task type "${taskType}". Known: ${taskTypes.join(', ')}.`);
	return {
		provider,
		permissionMode: choosePermissions(sources),
		standing: standingOf(flags, hasTerminal) ?? nothingStanding,
		maxParallel: chooseParallel(sources),
		budget: chooseBudget(sources),
		taskType,
		models: chooseModels(sources, provider),
		reducedMotion: user.reducedMotion ?? false,
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
