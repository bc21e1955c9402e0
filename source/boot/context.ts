import type {Opening, WindowPlace} from '../../store/action.ts';
import type {Written} from '../../store/written.ts';
import type {RunId} from '../domain/id.ts';
import type {Build} from '../host/frame.ts';
import {type KnownSecret, secretsIn} from '../policy/redact-known.ts';
import {type EnvironmentValues, readEnvironment} from './environment.ts';
import type {Flags} from './flags.ts';
import {type Paths, pathsOf} from './paths.ts';
import type {Terminal} from './terminal.ts';

/** What every command starts from. */
export type Context = {
	readonly flags: Flags;
	readonly terminal: Terminal;
	/** The version of the program. */
	readonly version: string;
	/** Undefined where it runs from its sources. */
	readonly build: Build | undefined;
	readonly paths: Paths;
	/** The environment as it was given: an engine in the background starts with it. */
	readonly inherited: Readonly<Record<string, string | undefined>>;
	readonly environment: EnvironmentValues;
	/** The variables a command that an agent runs may see. */
	readonly childEnvironment: Readonly<Record<string, string>>;
	/** What the environment holds of secrets: taken out of all that is stored or shown. */
	readonly secrets: readonly KnownSecret[];
	/** What was written in windows of this program, by their runs. */
	readonly written: Map<RunId, Written>;
	/** Told when the window on a run is left for the list of all runs, or for another run; without it that cannot be. */
	readonly home?: (to: WindowPlace | undefined, from: RunId) => void;
	/** Where in the run its window is to be opened. */
	readonly place?: Opening;
	/** The goal of the run, where its window is gone on to from the one on another run. */
	readonly arrivedAt?: string;
};

export const createContext = (
	flags: Flags,
	terminal: Terminal,
	env: Readonly<Record<string, string | undefined>>,
	childEnvironment: Readonly<Record<string, string>>,
	version: string,
	build?: Build,
): Context => ({
	flags,
	terminal,
	version,
	build,
	paths: pathsOf(env),
	inherited: env,
	environment: readEnvironment(env),
	childEnvironment,
	secrets: secretsIn(env),
	written: new Map(),
});
