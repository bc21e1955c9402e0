import {homedir} from 'node:os';
import {join} from 'node:path';

/** Where Flotilla keeps what is its own. One state folder holds the runs of all projects of a user. */
export type Paths = {
	readonly home: string;
	readonly state: string;
	readonly database: string;
	/** One folder per run, for deliverables. */
	readonly runs: string;
	readonly crashes: string;
	readonly userConfig: string;
	/** Which files of projects this user trusts. */
	readonly trustFile: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const given = (value: string | undefined): string | undefined =>
	value === undefined || value === '' ? undefined : value;

/** `FLOTILLA_HOME` moves everything; else the XDG folders, with their usual defaults. */
export const pathsOf = (env: Environment): Paths => {
	const own = given(env['FLOTILLA_HOME']);
	const home = given(env['HOME']) ?? homedir();
	const state = own ?? join(given(env['XDG_STATE_HOME']) ?? join(home, '.local', 'state'), 'flotilla');
	const config = own ?? join(given(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'flotilla');
	return {
		home,
		state,
		database: join(state, 'flotilla.db'),
		runs: join(state, 'runs'),
		crashes: join(state, 'crashes'),
		userConfig: join(config, 'config.yaml'),
		trustFile: join(state, 'trust.json'),
	};
};

/** Where a project says how Flotilla is to work in it. */
export const projectConfig = (dir: string): string => join(dir, '.flotilla', 'config.yaml');
