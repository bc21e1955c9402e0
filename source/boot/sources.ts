import type {ProjectConfig, UserConfig} from './config-schema.ts';
import type {EnvironmentValues} from './environment.ts';
import type {Flags} from './flags.ts';

/** Where a person's choices come from. A flag wins over the files, those over the environment, that over the default. */
export type Sources = {
	readonly flags: Flags;
	readonly project: ProjectConfig;
	/** Whether this user has looked at the project's file and lets its allow rules count. */
	readonly projectTrusted: boolean;
	readonly user: UserConfig;
	readonly environment: EnvironmentValues;
	/** The files, for words. */
	readonly files: {readonly user: string; readonly project: string};
};
