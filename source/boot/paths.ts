import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';

/** Where Flotilla keeps what is its own. One state folder holds the runs of all projects of a user. */
export type Paths = {
	readonly home: string;
	readonly state: string;
	readonly database: string;
	/** One folder per run, for deliverables. */
	readonly runs: string;
	readonly crashes: string;
	readonly engine: EnginePaths;
	readonly userConfig: string;
	/** Which files of projects this user trusts. */
	readonly trustFile: string;
	/** Which runs this user has put out of sight. */
	readonly archive: string;
	/** Which requests a screen has taken note of. */
	readonly notices: string;
};

/** Where the engine in the background is found. */
export type EnginePaths = {
	readonly socket: string;
	/** Who can read it may ask the engine. */
	readonly token: string;
	readonly log: string;
	/** What its process prints, such as why Node ended it. */
	readonly out: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const given = (value: string | undefined): string | undefined =>
	value === undefined || value === '' ? undefined : value;

/** The XDG folders must be whole paths, and are to be ignored otherwise: the engine does not work where it was started. */
const wholePath = (value: string | undefined): string | undefined =>
	value !== undefined && isAbsolute(value) ? value : undefined;

/** The system takes no longer address of a socket, bytes: 107 on Linux, 103 on macOS. */
const socketPathMax = 103;

const socketIn = (state: string): string => {
	const beside = join(state, 'engine.sock');
	if (Buffer.byteLength(beside) <= socketPathMax) return beside;
	// Seldom needed, and every command would wait for it to load.
	const {createHash} = process.getBuiltinModule('node:crypto');
	const name = createHash('sha256').update(state).digest('hex').slice(0, 16);
	return join('/tmp', `flotilla-${name}`, 'engine.sock');
};

const enginePathsIn = (state: string): EnginePaths => ({
	socket: socketIn(state),
	token: join(state, 'engine.token'),
	log: join(state, 'engine.log'),
	out: join(state, 'engine.out'),
});

/** `FLOTILLA_HOME` moves everything; else the XDG folders, with their usual defaults. */
export const pathsOf = (env: Environment): Paths => {
	const moved = given(env['FLOTILLA_HOME']);
	const own = moved === undefined ? undefined : resolve(moved);
	const home = wholePath(env['HOME']) ?? homedir();
	const state = own ?? join(wholePath(env['XDG_STATE_HOME']) ?? join(home, '.local', 'state'), 'flotilla');
	const config = own ?? join(wholePath(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'flotilla');
	return {
		home,
		state,
		database: join(state, 'flotilla.db'),
		runs: join(state, 'runs'),
		crashes: join(state, 'crashes'),
		engine: enginePathsIn(state),
		userConfig: join(config, 'config.yaml'),
		trustFile: join(state, 'trust.json'),
		archive: join(state, 'archive.json'),
		notices: join(state, 'notices'),
	};
};

/** Where a project says how Flotilla is to work in it. */
export const projectConfig = (dir: string): string => join(dir, '.flotilla', 'config.yaml');
