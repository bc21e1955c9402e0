import type {StorageTrouble, TroubleKind} from '../source/engine/event-log.ts';

/**
 * The state file cannot be opened, read or written. The message says what was tried, what happened and what to do;
 * it is meant for the person, without a stack. `code` is SQLite's or the system's own, such as `SQLITE_FULL`.
 */
export class StorageProblem extends Error implements StorageTrouble {
	override readonly name = 'StorageProblem';
	readonly code: string;
	readonly trouble: TroubleKind;

	constructor(code: string, tried: string, happened: string, remedy: string, cause?: unknown) {
		super(`Could not ${tried}: ${happened}. ${remedy}`, {cause});
		this.code = code;
		this.trouble = rowOf(code)?.trouble ?? 'lasting';
	}
}

export const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

type Row = {readonly code: string; readonly trouble: TroubleKind; readonly happened: string; readonly remedy: string};

const row = (code: string, trouble: TroubleKind, happened: string, remedy: string): Row => ({
	code,
	trouble,
	happened,
	remedy,
});

export const restoreRemedy =
	'Move the file and those named like it (-wal, -shm) aside, and put a backup in its place, if you made one with `flotilla backup`.';
export const damageRemedy = `Nothing has been changed. \`flotilla doctor\` says how much is damaged. ${restoreRemedy}`;
const ownerRemedy = 'Check who owns the file and its folder, and their modes.';
const folderRemedy = 'Set FLOTILLA_HOME to a folder you can write to.';
const spaceRemedy = 'Free some space and try again; everything stored before is safe.';

/** By the beginning of the code. */
const rows: readonly Row[] = [
	row('SQLITE_FULL', 'passing', 'the disk is full', spaceRemedy),
	row('ENOSPC', 'passing', 'the disk is full', spaceRemedy),
	row('EDQUOT', 'passing', 'your share of the disk is used up', spaceRemedy),
	row('SQLITE_BUSY', 'passing', 'another process keeps it locked', 'End that process, or wait for it, and try again.'),
	row('SQLITE_IOERR', 'passing', 'the disk reported an error', 'Check the disk and its free space, then try again.'),
	row('EIO', 'passing', 'the disk reported an error', 'Check the disk, then try again.'),
	row('SQLITE_NOTADB', 'lasting', 'the file is not a Flotilla database, or it is damaged', damageRemedy),
	row('SQLITE_CORRUPT', 'lasting', 'the file is damaged', damageRemedy),
	row('SQLITE_READONLY', 'lasting', 'the file cannot be written', ownerRemedy),
	row('SQLITE_CANTOPEN', 'lasting', 'the file cannot be opened', ownerRemedy),
	row('EACCES', 'lasting', 'permission was denied', `Check who owns the folder. ${folderRemedy}`),
	row('EPERM', 'lasting', 'permission was denied', `Check who owns the folder. ${folderRemedy}`),
	row('EROFS', 'lasting', 'the disk is read-only', folderRemedy),
	row('ENOTDIR', 'lasting', 'a part of the path is a file', folderRemedy),
	row('EEXIST', 'lasting', 'a file stands where the folder should be', folderRemedy),
];

const rowOf = (code: string): Row | undefined => rows.find(candidate => code.startsWith(candidate.code));

/**
 * What SQLite or the file system threw, as a problem with words. Anything without such a code is a defect and stays
 * what it is.
 */
export const inWords = (tried: string, error: unknown): unknown => {
	const code = codeOf(error);
	if (error instanceof StorageProblem || code === undefined || !(error instanceof Error)) return error;
	const known = rowOf(code);
	if (known !== undefined)
		return new StorageProblem(code, tried, `${known.happened} (${error.message})`, known.remedy, error);
	if (!/^(SQLITE_|E[A-Z]+$)/.test(code)) return error;
	return new StorageProblem(code, tried, `${error.message} (${code})`, 'Run `flotilla doctor` for more.', error);
};

/** Does the work, and throws in words what it throws. */
export const withWords = <T>(tried: string, work: () => T): T => {
	try {
		return work();
	} catch (error) {
		throw inWords(tried, error);
	}
};
