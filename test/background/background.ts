import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {type Ended, flotilla, type Started, start, temporary} from '../cli/flotilla.ts';
import type {StandIn} from '../support/stand-in/server.ts';

/** A home with an engine in the background, which ends with the test. */
export type Background = {
	readonly home: string;
	readonly env: Readonly<Record<string, string>>;
	readonly run: (...args: readonly string[]) => Promise<Ended>;
	readonly start: (...args: readonly string[]) => Started;
	/** What a verb prints with `--json`. */
	// biome-ignore lint/suspicious/noExplicitAny: whatever the program printed
	readonly json: (...args: readonly string[]) => Promise<any>;
	/** The process of the engine; undefined when there is none. */
	readonly pid: () => number | undefined;
	readonly diary: () => string;
};

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		// What has ended and was not yet taken note of is still listed.
		return !existsSync('/proc/self') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
};

/** `cwd` is where commands are called from. */
export const openBackground = (server: StandIn | undefined, cwd?: string): Background => {
	const home = temporary('background');
	const env = {
		FLOTILLA_HOME: home,
		FLOTILLA_NO_DAEMON: '',
		...(server && {ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'a-key'}),
	};
	const pidFile = join(home, 'engine.pid');
	const pid = (): number | undefined => {
		const found = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
		return found > 0 && isAlive(found) ? found : undefined;
	};
	onTestFinished(() => {
		const left = pid();
		if (left !== undefined) process.kill(left, 'SIGKILL');
	});
	return {
		home,
		env,
		run: (...args) => flotilla(args, env, cwd),
		start: (...args) => start(args, env, cwd),
		json: async (...args) => JSON.parse((await flotilla([...args, '--json'], env, cwd)).stdout),
		pid,
		diary: () => readFileSync(join(home, 'engine.log'), 'utf8'),
	};
};
