import {StringDecoder} from 'node:string_decoder';
import {execa} from 'execa';
import {type Captured, createCapture} from './captured.ts';
import type {ChildEnv} from './child-env.ts';
import {descendantsOf, endStrays, markName, type Seen} from './strays.ts';

export type ProcessOrder = {
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd: string;
	/** The whole environment of the child: nothing of ours is added but the mark. */
	readonly env: ChildEnv;
	/**
	 * What the process and all it starts carry in their environment, so that they are found wherever they went: unlike
	 * any other order's, such as the ids of run and call. Without one only the process group is ended.
	 */
	readonly mark?: string;
	/** What it reads on standard input; without it, nothing. */
	readonly input?: string;
	readonly timeoutMs: number;
	readonly abort: AbortSignal;
	/** Most bytes kept of each stream. */
	readonly keepBytes: number;
	/** `joined`: standard error is kept within `stdout`, in the order in which both arrive. */
	readonly stderr: 'apart' | 'joined';
	/** Both streams as they come, decoded, as raw as the child wrote them. */
	readonly onOutput?: (text: string) => void;
};

export type ProcessEnd =
	| {readonly kind: 'exited'; readonly code: number}
	| {readonly kind: 'signalled'; readonly signal: string}
	| {readonly kind: 'timed_out'}
	| {readonly kind: 'aborted'}
	/** It never ran: no such program, no such folder, no permission. */
	| {readonly kind: 'not_started'; readonly reason: string};

export type ProcessResult = {
	readonly end: ProcessEnd;
	readonly stdout: Captured;
	readonly stderr: Captured;
	readonly durationMs: number;
};

/** How long a group that was asked to end may take before it is killed. */
const graceMs = 2000;

/**
 * Runs a program in its own process group and never throws for what it does. When this resolves, whatever the program
 * left running is ended with it: its group, and on Linux, for an order with a mark, also what made a group or session
 * of its own (`setsid`, `nohup`, a daemon). Elsewhere such a process gets away.
 */
export const runProcess = async (order: ProcessOrder): Promise<ProcessResult> => {
	const {mark} = order;
	const stdout = createCapture(order.keepBytes);
	const stderr = order.stderr === 'joined' ? stdout : createCapture(order.keepBytes);
	const isMine = (found: string): boolean => found === mark;
	// Before execa hears of it: once the parents are dead, nobody can tell whose a child without a mark was.
	let descendants: readonly Seen[] = [];
	const look = (): void => {
		if (mark !== undefined && child.pid !== undefined) descendants = descendantsOf(child.pid);
	};
	order.abort.addEventListener('abort', look, {once: true});
	const child = execa(order.command, [...order.args], {
		cwd: order.cwd,
		env: mark === undefined ? order.env : {...order.env, [markName]: mark},
		extendEnv: false,
		...(order.input === undefined ? {stdin: 'ignore' as const} : {input: order.input}),
		buffer: false,
		reject: false,
		timeout: order.timeoutMs,
		cancelSignal: order.abort,
		forceKillAfterDelay: graceMs,
		killDescendants: true,
	});
	for (const [stream, capture] of [[child.stdout, stdout] as const, [child.stderr, stderr] as const]) {
		const decoder = new StringDecoder('utf8');
		stream.on('data', (chunk: Buffer) => {
			capture.add(chunk);
			order.onOutput?.(decoder.write(chunk));
		});
	}
	let strays: Promise<unknown> | undefined;
	// A background process that holds the output open would otherwise hold this promise, too.
	child.nodeChildProcess.once('exit', () => {
		child.kill();
		if (mark !== undefined) strays = endStrays(isMine, descendants);
	});
	const result = await child;
	order.abort.removeEventListener('abort', look);
	// Those that do not hold the output open were not waited for: the group is swept.
	if (child.pid !== undefined) child.kill('SIGKILL');
	await strays;
	return {
		end: endOf(result),
		stdout: stdout.read(),
		stderr: order.stderr === 'joined' ? {head: '', tail: '', lostBytes: 0} : stderr.read(),
		durationMs: result.durationMs,
	};
};

const endOf = (result: {
	readonly exitCode?: number | undefined;
	readonly signal?: string | undefined;
	readonly timedOut: boolean;
	readonly isCanceled: boolean;
	readonly originalMessage?: string | undefined;
	readonly shortMessage?: string | undefined;
}): ProcessEnd => {
	if (result.isCanceled) return {kind: 'aborted'};
	if (result.timedOut) return {kind: 'timed_out'};
	if (result.exitCode !== undefined) return {kind: 'exited', code: result.exitCode};
	if (result.signal !== undefined) return {kind: 'signalled', signal: result.signal};
	return {kind: 'not_started', reason: result.originalMessage ?? result.shortMessage ?? 'the reason is not known'};
};
