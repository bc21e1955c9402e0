import {realpathSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {codeOf} from '../../db/storage-problem.ts';

export type FoundFolder =
	/** A real path. */
	{readonly dir: string} | {readonly problem: string};

/** A path as a person types it: `~` is the home folder, also where no shell has said so. */
const wholePath = (typed: string, from: string, home: string): string =>
	typed === '~' || typed.startsWith('~/') ? join(home, typed.slice(1)) : resolve(from, typed);

/** The folder a person has typed, or why it cannot be used, in words. What is no whole path begins in the folder `from`. */
export const findFolder = (typed: string, from: string, home: string): FoundFolder => {
	const path = wholePath(typed, from, home);
	try {
		return statSync(path).isDirectory() ? {dir: realpathSync(path)} : {problem: `${path} is not a folder.`};
	} catch (error) {
		const code = codeOf(error) ?? String(error);
		return {
			problem:
				code === 'ENOENT' || code === 'ENOTDIR'
					? `There is no folder ${path}.`
					: `The folder ${path} cannot be used (${code}).`,
		};
	}
};
