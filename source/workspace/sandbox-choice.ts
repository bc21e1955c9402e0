import {mkdir, mkdtemp, realpath, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ChildEnv} from './child-env.ts';
import {type ProcessOrder, runProcess} from './process.ts';
import {type Sandbox, type SandboxKind, withoutSandbox} from './sandbox.ts';
import {createBubblewrap} from './sandbox-bubblewrap.ts';
import {createKeepRoot} from './sandbox-root.ts';
import {createSandboxRuntime, findSandboxRuntime} from './sandbox-runtime.ts';
import type {SandboxParts} from './sandbox-stage.ts';

export type SandboxChoice = {
	/** What children may see of our environment. */
	readonly env: ChildEnv;
	/** The person's home folder. */
	readonly home: string;
	/** What no command may read beside the secrets of the home folder: the state folder. */
	readonly hidden: readonly string[];
	/** Which kinds to try, in order; `none` ends the search. The default is `usualOrder`. */
	readonly prefer?: readonly SandboxKind[];
	readonly abort: AbortSignal;
};

/**
 * Bubblewrap first, where it is: it starts in some milliseconds, and dies with Flotilla whatever happens. What
 * sandbox-runtime adds on Linux is a filter against sockets in the file system, which also stops honest programs
 * (tsx, database tests); we hide the folders in which those of the machine lie instead. On macOS it is the only one.
 */
const usualOrder: readonly SandboxKind[] = ['bubblewrap', 'sandbox-runtime'];

/**
 * The first sandbox that truly confines on this machine: each is tried with a command that writes where it may and
 * where it may not. Takes some tenths of a second; to be called once per process.
 */
export const chooseSandbox = async (choice: SandboxChoice): Promise<Sandbox> => {
	const parts = {home: choice.home, hidden: choice.hidden, keepRoot: createKeepRoot()};
	const reasons: string[] = [];
	for (const kind of choice.prefer ?? usualOrder) {
		if (kind === 'none') return withoutSandbox('Commands run without a sandbox, as the configuration says');
		const sandbox = kind === 'bubblewrap' ? await bubblewrap(parts, choice) : sandboxRuntime(parts);
		const problem = sandbox === undefined ? 'not installed' : await problemOf(sandbox, choice);
		if (sandbox !== undefined && problem === undefined) return sandbox;
		reasons.push(`${kind}: ${problem}`);
	}
	return withoutSandbox(
		`Nothing confines commands on this machine (${reasons.join('; ')}). On Debian: apt install bubblewrap socat ripgrep`,
	);
};

const bubblewrap = async (parts: SandboxParts, choice: SandboxChoice): Promise<Sandbox> =>
	createBubblewrap({...parts, hasSocat: await starts('socat', choice)});

const sandboxRuntime = (parts: SandboxParts): Sandbox | undefined => {
	const program = findSandboxRuntime();
	return program === undefined ? undefined : createSandboxRuntime({...parts, program, node: process.execPath});
};

const starts = async (program: string, {env, abort}: SandboxChoice): Promise<boolean> => {
	const {end} = await run({command: program, args: ['-V'], cwd: '/', env}, abort);
	return end.kind === 'exited' && end.code === 0;
};

/** Why a sandbox is of no use here; undefined when it did in a real folder what it is for. */
const problemOf = async (sandbox: Sandbox, {env, abort}: SandboxChoice): Promise<string | undefined> => {
	const base = await mkdtemp(path.join(await realpath(tmpdir()), 'flotilla-probe-'));
	try {
		const [root, outside] = [path.join(base, 'project'), path.join(base, 'outside')];
		await Promise.all([mkdir(root), mkdir(outside)]);
		const command = `echo x > ${JSON.stringify(path.join(outside, 'file'))}; echo x > inside`;
		const never = {mayReach: async () => false, namesHost: () => false};
		const wrapped = await sandbox.wrap({command, root, writable: [], env, ...never});
		// Cut off while it sets itself up, bubblewrap can leave a process behind; the mark finds it.
		const {end, stdout} = await run({...wrapped, mark: base}, abort);
		await wrapped.release();
		if (end.kind === 'not_started') return end.reason;
		if (!(await exists(path.join(root, 'inside'))))
			return `it does not start here: ${stdout.head.trim().slice(0, 300)}`;
		return (await exists(path.join(outside, 'file'))) ? 'it confines nothing here' : undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	} finally {
		await rm(base, {recursive: true, force: true});
	}
};

const run = (order: Pick<ProcessOrder, 'command' | 'args' | 'cwd' | 'env' | 'mark'>, abort: AbortSignal) =>
	runProcess({...order, timeoutMs: 15_000, abort, keepBytes: 4000, stderr: 'joined'});

const exists = (file: string): Promise<boolean> =>
	stat(file).then(
		() => true,
		() => false,
	);
