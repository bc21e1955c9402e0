import {spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';

export type DetachedOrder = {
	readonly program: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What it prints is added to this file, which only the user may read. */
	readonly log: string;
};

/**
 * Starts a program in a session of its own: it lives on when this process, its terminal and its session end. Resolves
 * with how it ended, if it ends while this process lives; this process is not kept alive for that.
 */
export const startDetached = ({program, args, cwd, env, log}: DetachedOrder): Promise<string> =>
	new Promise(resolve => {
		const file = openSync(log, 'a', 0o600);
		try {
			const child = spawn(program, [...args], {cwd, env, detached: true, stdio: ['ignore', file, file]});
			child.once('error', error => resolve(error.message));
			child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
			child.unref();
		} finally {
			closeSync(file);
		}
	});
