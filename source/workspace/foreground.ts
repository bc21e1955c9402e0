import {spawn} from 'node:child_process';

export type ForegroundOrder = {
	readonly program: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
};

export type ForegroundEnd =
	| {readonly kind: 'exited'; readonly code: number}
	| {readonly kind: 'signalled'; readonly signal: string}
	/** It never ran: no such program, no permission. */
	| {readonly kind: 'not_started'; readonly reason: string};

const ignore = (): void => {};

/**
 * Runs a program of the person on the terminal of this process until it ends. Never throws. Ctrl+C in it is meant for
 * it alone, though the terminal sends it to this process, too.
 */
export const runInForeground = ({program, args, env}: ForegroundOrder): Promise<ForegroundEnd> =>
	new Promise(resolve => {
		const signals = ['SIGINT', 'SIGQUIT'] as const;
		for (const signal of signals) process.on(signal, ignore);
		const end = (how: ForegroundEnd): void => {
			for (const signal of signals) process.off(signal, ignore);
			resolve(how);
		};
		const child = spawn(program, [...args], {env, stdio: 'inherit'});
		child.once('error', error => end({kind: 'not_started', reason: error.message}));
		child.once('exit', (code, signal) =>
			end(signal === null ? {kind: 'exited', code: code ?? 0} : {kind: 'signalled', signal}),
		);
	});
