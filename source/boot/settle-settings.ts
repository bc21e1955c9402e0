import {join} from 'node:path';
import {readAmount} from '../../store/amount.ts';
import type {CheckPlan} from '../domain/call.ts';
import type {RunId} from '../domain/id.ts';
import type {Limits} from '../domain/limits.ts';
import type {ModelFacts, Tier} from '../domain/model.ts';
import type {RoleFacts} from '../domain/role.ts';
import type {RuleSet} from '../domain/rules.ts';
import {
	nothingStanding,
	type Patience,
	type PermissionMode,
	patienceActions,
	permissionModes,
	type RunSettings,
	type Standing,
	type StepHistory,
	usualPatience,
	usualWatch,
	type Watch,
} from '../domain/settings.ts';
import {isTaskType, taskTypes} from '../planner/classify.ts';
import {chooseLimits} from './choose-limits.ts';
import {chooseModels} from './choose-models.ts';
import {chooseProvider, type LaneChoice, lanesFor, type ProviderChoice} from './choose-provider.ts';
import {chooseRules} from './choose-rules.ts';
import type {Flags} from './flags.ts';
import {toLimit} from './limit-unit.ts';
import type {Paths} from './paths.ts';
import {Problem} from './problem.ts';
import type {Sources} from './sources.ts';

/** What a person chose, from flag, project file, user file, environment and default, in words the engine knows. */
export type Choices = {
	readonly provider: ProviderChoice;
	/** One for every provider that the models name. */
	readonly lanes: readonly LaneChoice[];
	readonly permissionMode: PermissionMode;
	readonly rules: RuleSet;
	readonly standing: Standing;
	readonly maxParallel: number;
	readonly limits: Limits;
	readonly patience: Patience;
	readonly watch: Watch;
	readonly unknownOutcome: RunSettings['unknownOutcome'];
	readonly verification: RunSettings['verification'];
	/** Named by a person's files; what the project's own files say of checks is found elsewhere. */
	readonly checks: readonly CheckPlan[];
	readonly taskType: string | undefined;
	readonly models: Readonly<Record<Tier, ModelFacts>>;
	readonly reducedMotion: boolean;
	/** What a person should know before the start, in a line each. */
	readonly notes: readonly string[];
};

const wholeNumber = (text: string, name: string, least: number, most: number): number => {
	const value = Number(text);
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new Problem(`${name} is a whole number from ${least} to ${most}; "${text}" is not.`);
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

const readTimeout = (text: string, name: string): number | undefined => {
	if (text === 'none') return undefined;
	const read = readAmount('time', text);
	if ('amount' in read) return read.amount;
	throw new Problem(`${name} is a number of minutes, or none to wait for ever; "${text}" is not.`);
};

const chooseTimeout = ({flags, user, environment}: Sources): number | undefined => {
	if (flags.timeout !== undefined) return readTimeout(flags.timeout, '--timeout');
	const minutes = user.requests?.timeoutMinutes;
	if (minutes !== undefined) return minutes === null ? undefined : toLimit('time', minutes);
	const {timeout} = environment;
	return timeout === undefined ? usualPatience.afterMs : readTimeout(timeout.text, timeout.name);
};

const choosePatience = (sources: Sources): Patience => {
	const {flags, user} = sources;
	const flagged = patienceActions.find(action => action === flags.onTimeout);
	return {afterMs: chooseTimeout(sources), action: flagged ?? user.requests?.action ?? usualPatience.action};
};

const chooseWatch = ({user, project}: Sources): Watch => {
	const shortest = (own: number | undefined, ofProject: number | undefined, usualMs: number): number => {
		const ownMs = own === undefined ? usualMs : toLimit('time', own);
		return Math.min(ownMs, ofProject === undefined ? ownMs : toLimit('time', ofProject));
	};
	return {
		turnMs: shortest(user.watch?.turnMinutes, project.watch?.turnMinutes, usualWatch.turnMs),
		callMs: shortest(user.watch?.callMinutes, project.watch?.callMinutes, usualWatch.callMs),
	};
};

const chooseVerification = ({flags, user, project}: Sources): Choices['verification'] => {
	if (flags.verify !== undefined) return flags.verify ? 'auto' : 'off';
	return project.verification ?? user.verification ?? 'auto';
};

const chooseChecks = ({user, project}: Sources): readonly CheckPlan[] => {
	const all = [...(project.checks ?? []), ...(user.checks ?? [])];
	return [...new Map(all.map(check => [check.command, check])).values()];
};

/** A flag wins over the project's file, that over the user's, as far as it may; that over the environment. */
export const settleChoices = (sources: Sources, hasTerminal: boolean): Choices => {
	const {flags, project, user, files} = sources;
	const provider = chooseProvider(sources);
	const taskType = flags.taskType ?? project.taskType ?? user.taskType;
	if (taskType !== undefined && !isTaskType(taskType))
		throw new Problem(`There is no task type "${taskType}". Known: ${taskTypes.join(', ')}.`);
	const models = chooseModels(sources, provider);
	const {rules, ignored} = chooseRules(sources);
	return {
		provider,
		lanes: lanesFor(Object.values(models), sources, (name, model) =>
			name === provider.name ? provider.because : `${name}/${model}`,
		),
		permissionMode: choosePermissions(sources),
		rules,
		standing: standingOf(flags, hasTerminal) ?? nothingStanding,
		maxParallel: chooseParallel(sources),
		limits: chooseLimits(sources),
		patience: choosePatience(sources),
		watch: chooseWatch(sources),
		unknownOutcome: project.unknownOutcome ?? user.unknownOutcome ?? 'ask',
		verification: chooseVerification(sources),
		checks: chooseChecks(sources),
		taskType,
		models,
		reducedMotion: user.reducedMotion ?? false,
		notes:
			ignored === 0
				? []
				: [
						`${ignored} allow ${ignored === 1 ? 'rule' : 'rules'} of ${files.project} ${ignored === 1 ? 'is' : 'are'} ignored until \`flotilla trust\`.`,
					],
	};
};

/** What a new run is told besides a person's choices. */
export type RunSurroundings = {
	readonly runId: RunId;
	readonly dir: string;
	readonly paths: Paths;
	readonly roles: Readonly<Record<string, RoleFacts>>;
	/** The one of them that is given the goal. */
	readonly role: string | undefined;
	/** What steps have cost before. */
	readonly history: readonly StepHistory[];
};

export const settingsFor = (
	choices: Choices,
	{runId, dir, paths, roles, role, history}: RunSurroundings,
): RunSettings => ({
	dir,
	outputsDir: join(paths.runs, runId, 'outputs'),
	provider: choices.provider.name,
	taskType: choices.taskType,
	role,
	permissionMode: choices.permissionMode,
	rules: choices.rules,
	standing: choices.standing,
	maxParallel: choices.maxParallel,
	limits: choices.limits,
	patience: choices.patience,
	watch: choices.watch,
	unknownOutcome: choices.unknownOutcome,
	verification: choices.verification,
	checks: choices.checks,
	history,
	roles,
	models: choices.models,
});
