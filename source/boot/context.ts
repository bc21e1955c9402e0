import {type KnownSecret, secretsIn} from '../policy/redact-known.ts';
import {type EnvironmentValues, readEnvironment} from './environment.ts';
import type {Flags} from './flags.ts';
import {type Paths, pathsOf} from './paths.ts';
import type {Terminal} from './terminal.ts';

/** What every command starts from. */
export type Context = {
	readonly flags: Flags;
	readonly terminal: Terminal;
	readonly paths: Paths;
	readonly environment: EnvironmentValues;
	/** The variables a command that an agent runs may see. */
	readonly childEnvironment: Readonly<Record<string, string>>;
	/** What the environment holds of secrets: taken out of all that is stored or shown. */
	readonly secrets: readonly KnownSecret[];
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
	secrets: secretsIn(env),
});
