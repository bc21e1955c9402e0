import type {NanoUsd} from '../domain/money.ts';
import {chooseLimits} from './choose-limits.ts';
import {type LaneChoice, lanesFor} from './choose-provider.ts';
import {readProjectFile, readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import {projectConfig} from './paths.ts';
import {Problem} from './problem.ts';
import {realFolder} from './real-folder.ts';
import {type Choices, settleChoices} from './settle-settings.ts';
import type {Sources} from './sources.ts';
import {isTrusted} from './trust.ts';

/** The folder to work on, a real path. */
export const folderOf = ({flags, paths}: Context): string => realFolder(flags.dir ?? '.', paths.home);

const readSources = ({paths, flags, environment}: Context, dir: string): Sources => {
	const file = readProjectFile(projectConfig(dir), paths.userConfig);
	const allows = (file.config.rules?.allow ?? []).length > 0;
	return {
		flags,
		user: readUserConfig(paths.userConfig),
		project: file.config,
		// Without allow rules there is nothing to trust.
		projectTrusted: allows && isTrusted(paths.trustFile, file),
		environment,
		files: {user: paths.userConfig, project: file.path},
	};
};

export const choicesFor = (context: Context, dir: string): Choices =>
	settleChoices(readSources(context, dir), context.terminal.interactive);

/**
 * The most that the runs of a day may cost together, as is configured for new ones in a folder. What is wrong with the
 * configuration is told when one starts.
 */
export const dayLimitFor = (context: Context): NanoUsd | undefined => {
	try {
		return chooseLimits(readSources(context, folderOf(context))).day.money;
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
};

/** What still has to be looked up for a run that was started before: its keys, which are never stored. */
type Resumed = {readonly lanes: readonly LaneChoice[]; readonly reducedMotion: boolean};

export const lanesOfRun = (
	{paths, environment}: Context,
	runId: string,
	models: Iterable<{readonly id: string; readonly provider: string}>,
): Resumed => {
	const user = readUserConfig(paths.userConfig);
	const sources = {user, environment, files: {user: paths.userConfig, project: ''}};
	return {
		lanes: lanesFor(models, sources, (_, model) => `${runId} was started with ${model}`),
		reducedMotion: user.reducedMotion ?? false,
	};
};
