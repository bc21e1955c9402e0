import {needsPerson, openRequests, type Run} from '../domain/run.ts';

/** What the process ends with. Scripts rely on these numbers. */
export const exitCodes = {
	done: 0,
	failed: 1,
	usage: 2,
	budget: 3,
	waiting: 4,
	bug: 70,
	interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The meanings, for docs/flags.md. */
export const exitCodeWords: Readonly<Record<keyof typeof exitCodes, string>> = {
	done: 'the run is done; or its window was left, with `q` or by pressing Ctrl+C twice',
	failed: 'the run failed',
	usage: 'usage or configuration',
	budget: 'a limit of money, tokens, turns, calls or time is reached',
	waiting: 'a person is needed: something is open, or was left open with Ctrl+D',
	bug: 'a bug of Flotilla; the crash file is named',
	interrupted: 'interrupted: Ctrl+C without a window, a signal, or nobody reads the output of a run any more',
};

/** Failures that a person mends in the configuration, not in the run. */
const misconfigured = new Set(['unauthorized', 'unknown_model']);

/** A person who was asked about a limit neither raised it nor let the rest begin. */
const wasStoppedByLimit = (run: Run): boolean =>
	run.windsUp ||
	run.requests.some(
		({ask, agentId, status}) =>
			ask.kind === 'budget' && agentId === undefined && status.kind === 'answered' && status.answer.kind === 'deny',
	);

export const exitCodeOf = (run: Run): ExitCode => {
	const {status} = run;
	if (status.kind === 'ended') {
		if (status.outcome === 'done') return exitCodes.done;
		if (misconfigured.has(status.failure?.kind ?? '')) return exitCodes.usage;
		return status.failure?.kind === 'budget' || wasStoppedByLimit(run) ? exitCodes.budget : exitCodes.failed;
	}
	const open = openRequests(run);
	const onlyLimits = open.length > 0 && open.every(({ask}) => ask.kind === 'budget');
	if (onlyLimits || (status.kind === 'paused' && status.by === 'budget')) return exitCodes.budget;
	return needsPerson(run) ? exitCodes.waiting : exitCodes.interrupted;
};
