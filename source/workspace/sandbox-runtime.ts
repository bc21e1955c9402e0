import {writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import type {Sandbox} from './sandbox.ts';
import {type SandboxParts, setStage, stagedEnv} from './sandbox-stage.ts';

/** Where the package's own program lies, or undefined when the optional package is not installed. */
export const findSandboxRuntime = (): string | undefined => {
	try {
		const library = createRequire(import.meta.url).resolve('@anthropic-ai/sandbox-runtime');
		return path.join(path.dirname(library), 'cli.js');
	} catch {
		return undefined;
	}
};

/**
 * Anthropic's sandbox-runtime (Seatbelt on macOS, bubblewrap and a system call filter on Linux), as its own program,
 * one process per command, rather than as a library in ours. The library holds one state per process: its question
 * about a host does not say whose command asks, its helpers inherit our whole environment, and it puts empty files
 * into our working directory while commands run, so that `git add` fails in a project Flotilla was started in. A
 * process of its own with a proxy of its own has none of this, for about a quarter of a second per command.
 */
export const createSandboxRuntime = (
	parts: SandboxParts & {readonly program: string; readonly node: string},
): Sandbox => ({
	kind: 'sandbox-runtime',
	words:
		'sandbox-runtime: commands write only in the project, the outputs and a folder for temporary files, see no keys and credentials, and reach only allowed hosts',
	wrap: async order => {
		const {plan, scratch, temp, proxy, explain, release} = await setStage(parts, order, () => 'loopback');
		const literal = (place: string) => ({path: place, literal: true});
		const hidden = [...plan.hiddenFolders, ...plan.hiddenFiles];
		const settings = path.join(scratch, 'settings.json');
		const env = stagedEnv(order.env, temp, undefined);
		await writeFile(
			settings,
			JSON.stringify({
				network: {
					...{allowedDomains: [], deniedDomains: []},
					...{httpProxyPort: proxy?.port, socksProxyPort: proxy?.port},
				},
				filesystem: {
					denyRead: hidden.map(literal),
					allowRead: plan.writable.map(literal),
					allowWrite: [...plan.writable, temp].map(literal),
					// Here a closed folder closes all within it, also what is open: the outputs lie in the state folder.
					denyWrite: [...plan.readOnly, ...hidden.filter(place => !holdsOne(place, plan.writable))].map(literal),
				},
			}),
		);
		// It sets its own folder for temporary files over what it was given.
		const again = ['TMPDIR', 'TMP', 'TEMP'].map(name => `${name}=${quote(temp)}`).join(' ');
		const line = `cd ${quote(order.root)} && NODE_USE_ENV_PROXY=1 ${again} exec bash -c ${quote(order.command)}`;
		return {
			command: parts.node,
			args: [parts.program, '--settings', settings, '-c', line],
			// Its built-in protection goes by the folder it is started in; ours is listed above.
			cwd: scratch,
			env,
			explain,
			release,
		};
	},
});

const holdsOne = (folder: string, places: readonly string[]): boolean =>
	places.some(place => place.startsWith(folder + path.sep));

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
