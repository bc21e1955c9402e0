import type {ChildEnv} from './child-env.ts';
import {runProcess} from './process.ts';

export type GitStatus = {
	/** Undefined before the first commit. */
	readonly head: string | undefined;
	/** Undefined when no branch is checked out. */
	readonly branch: string | undefined;
	/** Paths with changes that are not committed, relative to the repository's root; untracked ones apart. */
	readonly changed: readonly string[];
	readonly untracked: readonly string[];
};

/** Questions to git about a folder. Each answers undefined when the folder is in no repository or git is missing. */
export type Git = {
	/** Such as `2.39.5`. */
	readonly version: (folder: string, abort: AbortSignal) => Promise<string | undefined>;
	readonly rootOf: (folder: string, abort: AbortSignal) => Promise<string | undefined>;
	/** Paths relative to the folder, as `git ls-files` says. */
	readonly trackedFiles: (folder: string, abort: AbortSignal) => Promise<readonly string[] | undefined>;
	/** Untracked files that no ignore rule names, relative to the folder. */
	readonly untrackedFiles: (folder: string, abort: AbortSignal) => Promise<readonly string[] | undefined>;
	readonly status: (folder: string, abort: AbortSignal) => Promise<GitStatus | undefined>;
};

const timeoutMs = 30_000;
const keepBytes = 64 * 1024 * 1024;

/** A repository's own settings may name programs (`core.fsmonitor`, hooks): reading a folder must not run them. */
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager', '--no-optional-locks'];

export const createGit = (env: ChildEnv): Git => {
	const gitEnv = {...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0'};
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
	const list = async (folder: string, abort: AbortSignal, ...args: readonly string[]) => {
		const text = await ask(folder, abort, 'ls-files', '-z', ...args);
		// A file in an unsettled merge is named once for each side.
		return text === undefined ? undefined : [...new Set(splitZ(text))];
	};
	return {
		version: async (folder, abort) => (await ask(folder, abort, 'version'))?.replace(/^git version /, '').trim(),
		rootOf: async (folder, abort) => (await ask(folder, abort, 'rev-parse', '--show-toplevel'))?.replace(/\n$/, ''),
		trackedFiles: (folder, abort) => list(folder, abort, '--cached'),
		untrackedFiles: (folder, abort) => list(folder, abort, '--others', '--exclude-standard'),
		status: async (folder, abort) => {
			const text = await ask(folder, abort, 'status', '--porcelain=v2', '--branch', '-z');
			return text === undefined ? undefined : readStatus(text);
		},
	};
};

const splitZ = (text: string): string[] => text.split('\0').filter(part => part !== '');

/** Reads `git status --porcelain=v2 --branch -z`. */
const readStatus = (text: string): GitStatus => {
	const changed: string[] = [];
	const untracked: string[] = [];
	let head: string | undefined;
	let branch: string | undefined;
	const fields = splitZ(text)[Symbol.iterator]();
	for (const field of fields) {
		const words = field.split(' ');
		if (field.startsWith('# branch.oid ') && words[2] !== '(initial)') head = words[2];
		else if (field.startsWith('# branch.head ') && words[2] !== '(detached)') branch = words.slice(2).join(' ');
		else if (words[0] === '1') changed.push(words.slice(8).join(' '));
		else if (words[0] === 'u') changed.push(words.slice(10).join(' '));
		else if (words[0] === '?') untracked.push(words.slice(1).join(' '));
		else if (words[0] === '2') {
			changed.push(words.slice(9).join(' '));
			// A renamed entry is followed by the name it had.
			fields.next();
		}
	}
	return {head, branch, changed, untracked};
};
