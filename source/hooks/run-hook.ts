import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanOutput} from '../workspace/clean-text.ts';
import {type ProcessEnd, runProcess} from '../workspace/process.ts';
import type {Hook} from './hook.ts';

export type HookOrder = {
	readonly hook: Hook;
	/** What it reads on standard input. */
	readonly input: string;
	readonly dir: string;
	/** Its whole environment. */
	readonly env: ChildEnv;
	/** Carried by all it starts, so that nothing of it is left behind. */
	readonly mark: string;
	readonly abort: AbortSignal;
};

/** What came of a hook, in words. */
export type HookEnd = {readonly isDone: boolean; readonly words: string};

const keepBytes = 4096;
const wordsMax = 300;

const endWords = (end: ProcessEnd, {timeoutMs}: Hook): string => {
	switch (end.kind) {
		case 'exited':
			return end.code === 0 ? 'done' : `ended with exit code ${end.code}`;
		case 'signalled':
			return `ended by ${end.signal}`;
		case 'timed_out':
			return `ended, with all it had started, because it took longer than ${timeoutMs / 1000} s; timeoutSeconds gives it more`;
		case 'aborted':
			return 'cut off, because Flotilla ended';
		case 'not_started':
			return `not started: ${end.reason}`;
		default:
			return end satisfies never;
	}
};

/** Runs the command of a hook to its end, and ends what it started with it. */
export const runHook = async ({hook, input, dir, env, mark, abort}: HookOrder): Promise<HookEnd> => {
	const {end, stdout, durationMs} = await runProcess({
		command: 'sh',
		args: ['-c', hook.command],
		cwd: dir,
		env,
		mark,
		input,
		timeoutMs: hook.timeoutMs,
		abort,
		keepBytes,
		stderr: 'joined',
	});
	const isDone = end.kind === 'exited' && end.code === 0;
	const lastLine =
		cleanOutput(stdout.head + stdout.tail)
			.trim()
			.split('\n')
			.at(-1) ?? '';
	const output = isDone || lastLine === '' ? '' : `; its last words: ${lastLine.slice(0, wordsMax)}`;
	return {isDone, words: `${endWords(end, hook)} (${(durationMs / 1000).toFixed(1)} s)${output}`};
};
