import type {Git} from './git.ts';
import {walkFiles} from './walk-files.ts';

export type ProjectFiles = {
	/** Relative to the project folder, `/` between names, in order. Names only: some may be links, protected or gone. */
	readonly files: readonly string[];
	/** How many of them git tracks; undefined when git was not asked. */
	readonly tracked: number | undefined;
	/** False when there are more files than the limit. */
	readonly isComplete: boolean;
};

/** More than any project that an agent can survey has; a home folder opened by mistake has millions. */
const projectFilesMax = 50_000;

/**
 * What belongs to a project: what git tracks plus what is new and not ignored. A folder outside any repository, or
 * one of which git says that it is empty (it is itself ignored, or holds nothing but links to elsewhere), is walked.
 */
export const listProjectFiles = async (order: {
	readonly root: string;
	readonly git: Git;
	readonly abort: AbortSignal;
	readonly filesMax?: number;
}): Promise<ProjectFiles> => {
	const filesMax = order.filesMax ?? projectFilesMax;
	const [tracked, untracked] = await Promise.all([
		order.git.trackedFiles(order.root, order.abort),
		order.git.untrackedFiles(order.root, order.abort),
	]);
	if (tracked !== undefined && untracked !== undefined && tracked.length + untracked.length > 0) {
		// An untracked repository within this one is named as a folder: it is a project of its own.
		const all = [...tracked, ...untracked.filter(file => !file.endsWith('/'))].sort();
		return {files: all.slice(0, filesMax), tracked: tracked.length, isComplete: all.length <= filesMax};
	}
	const walk = await walkFiles(order.root, filesMax, order.abort);
	return {...walk, tracked: undefined};
};
