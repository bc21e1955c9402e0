import {readProjectConfig, readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import {projectConfig} from './paths.ts';
import {type Choices, realFolder, settleChoices} from './settle-settings.ts';

/** The folder to work on, a real path. */
export const folderOf = ({flags}: Context): string => realFolder(flags.dir ?? '.');

export const choicesFor = ({paths, flags, environment, terminal}: Context, dir: string): Choices => {
	const user = readUserConfig(paths.userConfig);
	const project = readProjectConfig(projectConfig(dir), paths.userConfig);
	return settleChoices({flags, user, project, environment}, terminal.interactive);
};
