import type {FileHandle} from 'node:fs/promises';
import {lstat, realpath} from 'node:fs/promises';

/** As file systems compare names that do not tell case, or the ways to write an accent, apart. */
const folded = (file: string): string => file.normalize('NFC').toLowerCase();

/** Whether no link lies on the way to something. */
export const isReal = async (file: string): Promise<boolean> =>
	realpath(file).then(
		real => folded(real) === folded(file),
		() => false,
	);

/**
 * Whether what was opened is what a path without links names. A folder on the way may have become a link between the
 * moment when the jail resolved the path and the moment when it was opened, or since git listed it.
 */
export const isNamedBy = async (handle: FileHandle, file: string): Promise<boolean> => {
	if (!(await isReal(file))) return false;
	const [opened, named] = await Promise.all([handle.stat(), lstat(file).catch(() => undefined)]);
	return named !== undefined && opened.ino === named.ino && opened.dev === named.dev;
};
