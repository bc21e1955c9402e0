import {closeSync, constants, openSync} from 'node:fs';

export type DetachedOrder = {
	readonly program: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What it prints goes into this file, which is emptied before, and which only the user may read. */
	readonly out: string;
};

const {O_WRONLY, O_CREAT, O_TRUNC, O_APPEND} = constants;

/**
 * Starts a program in a session of its own: it lives on when this process, its terminal and its session end. Resolves
 * with how it ended, if it ends while this process lives; this process is not kept alive for that.
 */
export const startDetached = ({program, args, cwd, env, out}: DetachedOrder): Promise<string> =>
	new Promise(resolve => {
		// Most commands find an engine at work, and would wait for this to load all the same.
		const {spawn} = process.getBuiltinModule('node:child_process');
		// Two that print into it at once do not write over each other.
		const file = openSync(out, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600);
		try {
			const child = spawn(program, [...args], {cwd, env, detached: true, stdio: ['ignore', file, file]});
			child.once('error', error => resolve(error.message));
			child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
			child.unref();
		} finally {
			closeSync(file);
		}
	});
