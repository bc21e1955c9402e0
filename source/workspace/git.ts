import type {ChildEnv} from './child-env.ts';
import {runProcess} from './process.ts';

/** Where a repository stands. */
export type GitHead = {
	/** Undefined before the first commit. */
	readonly commit: string | undefined;
	/** Undefined when no branch is checked out. */
	readonly branch: string | undefined;
};

/**
 * Questions to git about a folder. Each answers undefined when the folder is in no repository or git is missing. They
 * are asked before anybody approved anything, so only such commands are used as compare no contents: `git status` and
 * `git diff` pass files through the filters that the repository itself names, which are programs.
 */
export type Git = {
	/** Such as `2.39.5`. */
	readonly version: (folder: string, abort: AbortSignal) => Promise<string | undefined>;
	/** Paths relative to the folder, as `git ls-files` says. */
	readonly trackedFiles: (folder: string, abort: AbortSignal) => Promise<readonly string[] | undefined>;
	/** Untracked files that no ignore rule names, relative to the folder. */
	readonly untrackedFiles: (folder: string, abort: AbortSignal) => Promise<readonly string[] | undefined>;
	readonly head: (folder: string, abort: AbortSignal) => Promise<GitHead | undefined>;
};

const timeoutMs = 30_000;
const keepBytes = 64 * 1024 * 1024;

/** A repository's own settings may name programs (`core.fsmonitor`, hooks): reading a folder must not run them. */
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager', '--no-optional-locks'];

export const createGit = (env: ChildEnv): Git => {
	// What a partial clone lacks git fetches on its own, by programs that the repository names: no protocol is allowed.
	const gitEnv = {...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'none'};
	const ask = async (folder: string, abort: AbortSignal, ...args: readonly string[]): Promise<string | undefined> => {
		const result = await runProcess({
			command: 'git',
			args: [...quiet, ...args],
			cwd: folder,
			env: gitEnv,
			timeoutMs,
			abort,
			keepBytes,
			stderr: 'apart',
		});
		const complete = result.end.kind === 'exited' && result.end.code === 0 && result.stdout.lostBytes === 0;
		return complete ? result.stdout.head : undefined;
	};
	const line = async (folder: string, abort: AbortSignal, ...args: readonly string[]) =>
		(await ask(folder, abort, ...args))?.trim();
	const list = async (folder: string, abort: AbortSignal, ...args: readonly string[]) => {
		const text = await ask(folder, abort, 'ls-files', '-z', ...args);
		// A file in an unsettled merge is named once for each side.
		return text === undefined ? undefined : [...new Set(splitZ(text))];
	};
	return {
		version: async (folder, abort) => (await line(folder, abort, 'version'))?.replace(/^git version /, ''),
		trackedFiles: (folder, abort) => list(folder, abort, '--cached'),
		untrackedFiles: (folder, abort) => list(folder, abort, '--others', '--exclude-standard'),
		head: async (folder, abort) => {
			const [commit, branch] = await Promise.all([
				line(folder, abort, 'rev-parse', '--verify', '--quiet', 'HEAD'),
				line(folder, abort, 'symbolic-ref', '--short', '--quiet', 'HEAD'),
			]);
			return commit === undefined && branch === undefined ? undefined : {commit, branch};
		},
	};
};

const splitZ = (text: string): string[] => text.split('\0').filter(part => part !== '');
