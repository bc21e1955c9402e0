import {type ConfigSource, readConfigFile} from './config.ts';
import type {Context} from './context.ts';
import {projectConfig} from './paths.ts';
import {type Choices, realFolder, settleChoices} from './settle-settings.ts';

/** The folder to work on, a real path. */
export const folderOf = ({flags}: Context): string => realFolder(flags.dir ?? '.');

const configFilesOf = (
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
