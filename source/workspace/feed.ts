import {spawn} from 'node:child_process';

export type FeedOrder = {
	readonly program: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What it reads on its standard input. */
	readonly input: string;
};

/** One that cannot reach its display may wait for it for ever, ms. */
const patienceMs = 2000;

/**
 * Gives a text to a program of the person, in a session of its own: a keeper of the clipboard lives on for as long as
 * the text may be pasted. Never throws. Resolves with whether it took the text.
 */
export const feed = ({program, args, env, input}: FeedOrder): Promise<boolean> =>
	new Promise(resolve => {
		const child = spawn(program, [...args], {
			env,
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			timeout: patienceMs,
		});
		child.once('error', () => resolve(false));
		child.once('exit', code => resolve(code === 0));
		// A program that does not read ends the pipe: its exit code says the rest.
		child.stdin.on('error', () => {});
		child.stdin.end(input);
		child.unref();
	});
