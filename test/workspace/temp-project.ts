import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {runProcess} from '../../source/workspace/process.ts';

export const testEnv = {
	PATH: '/usr/local/bin:/usr/bin:/bin',
	HOME: '/nonexistent',
	GIT_AUTHOR_NAME: 'Test',
	GIT_AUTHOR_EMAIL: 'test@example.org',
	GIT_COMMITTER_NAME: 'Test',
	GIT_COMMITTER_EMAIL: 'test@example.org',
};

export const never = new AbortController().signal;

export type TempProject = {
	readonly base: string;
	readonly root: string;
	readonly outputs: string;
	readonly write: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<void>;
	/** Runs bash in the project's root; answers what it printed. */
	readonly sh: (script: string) => Promise<string>;
	readonly remove: () => Promise<void>;
};

/** A real folder with a project, an outputs folder beside it, and something outside both. */
export const makeTempProject = async (within = tmpdir()): Promise<TempProject> => {
	const base = await realpath(await mkdtemp(path.join(within, 'flotilla-project-')));
	const [root, outputs] = [path.join(base, 'project'), path.join(base, 'outputs')];
	await Promise.all([mkdir(root), mkdir(outputs)]);
	return {
		base,
		root,
		outputs,
		write: async files => {
			for (const [name, content] of Object.entries(files)) {
				await mkdir(path.dirname(path.join(root, name)), {recursive: true});
				await writeFile(path.join(root, name), content);
			}
		},
		sh: async script => {
			const result = await runProcess({
				command: 'bash',
				args: ['-ec', script],
				cwd: root,
				env: testEnv,
				timeoutMs: 20_000,
				abort: never,
				keepBytes: 1_000_000,
				stderr: 'joined',
			});
			if (result.end.kind !== 'exited' || result.end.code !== 0) throw new Error(`${script}: ${result.stdout.head}`);
			return result.stdout.head;
		},
		remove: () => rm(base, {recursive: true, force: true}),
	};
};
