import {type ConfigSource, type EnvironmentValues, readConfigFile, readEnvironment} from './config.ts';
import type {Flags} from './flags.ts';
import {type Paths, pathsOf, projectConfig} from './paths.ts';
import {type Choices, realFolder, settleChoices} from './settle-settings.ts';
import type {Terminal} from './terminal.ts';

/** What every command starts from. */
export type Context = {
	readonly flags: Flags;
	readonly terminal: Terminal;
	readonly paths: Paths;
	readonly environment: EnvironmentValues;
	/** The variables a command that an agent runs may see. */
	readonly childEnvironment: Readonly<Record<string, string>>;
};

export const createContext = (
	flags: Flags,
	terminal: Terminal,
	env: Readonly<Record<string, string | undefined>>,
	childEnvironment: Readonly<Record<string, string>>,
): Context => ({
	flags,
	terminal,
	paths: pathsOf(env),
	environment: readEnvironment(env),
	childEnvironment,
});

/** The folder to work on, a real path. */
export const folderOf = ({flags}: Context): string => realFolder(flags.dir ?? '.');

export const configFilesOf = (
	{paths}: Context,
	dir: string,
): {readonly user: ConfigSource; readonly project: ConfigSource} => ({
	user: readConfigFile(paths.userConfig),
	project: readConfigFile(projectConfig(dir)),
});

export const choicesFor = (context: Context, dir: string): Choices => {
	const {user, project} = configFilesOf(context, dir);
	return settleChoices(
		{flags: context.flags, user: user.values, project: project.values, environment: context.environment},
		context.terminal.interactive,
	);
};
