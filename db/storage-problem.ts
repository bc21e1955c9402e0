/**
 * The state file cannot be opened, read or written. The message says what was tried, what happened and what to do;
 * it is meant for the person, without a stack. `code` is SQLite's or the system's own, such as `SQLITE_FULL`.
 */
export class StorageProblem extends Error {
	override readonly name = 'StorageProblem';
	readonly code: string;

	constructor(code: string, tried: string, happened: string, remedy: string, cause?: unknown) {
		super(`Could not ${tried}: ${happened}. ${remedy}`, {cause});
		this.code = code;
	}
}

export const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const damaged = 'Move the file aside and start again, or put back a copy of it; nothing has been changed.';

/** What happened and what to do, by the beginning of the code. */
const remedies: readonly (readonly [code: string, happened: string, remedy: string])[] = [
	['SQLITE_FULL', 'the disk is full', 'Free some space and try again; everything stored before is safe.'],
	['ENOSPC', 'the disk is full', 'Free some space and try again.'],
	['SQLITE_NOTADB', 'the file is not a Flotilla database, or it is damaged', damaged],
	['SQLITE_CORRUPT', 'the file is damaged', damaged],
	['SQLITE_BUSY', 'another process keeps it locked', 'End that process, or wait for it, and try again.'],
	['SQLITE_READONLY', 'the file cannot be written', 'Check who owns the file and its folder, and their modes.'],
	['SQLITE_CANTOPEN', 'the file cannot be opened', 'Check who owns the file and its folder, and their modes.'],
	['SQLITE_IOERR', 'the disk reported an error', 'Check the disk and its free space, then try again.'],
	['EACCES', 'permission was denied', 'Check who owns the folder, or set FLOTILLA_HOME to one you can write to.'],
	['EPERM', 'permission was denied', 'Check who owns the folder, or set FLOTILLA_HOME to one you can write to.'],
	['EROFS', 'the disk is read-only', 'Set FLOTILLA_HOME to a folder you can write to.'],
	['ENOTDIR', 'a part of the path is a file', 'Set FLOTILLA_HOME to a folder you can write to.'],
	['EEXIST', 'a file stands where the folder should be', 'Set FLOTILLA_HOME to a folder you can write to.'],
];

/**
 * Does the work and turns what SQLite or the file system threw into a problem with words. Anything without such a
 * code is a defect and passes through.
 */
export const withWords = <T>(tried: string, work: () => T): T => {
	try {
		return work();
	} catch (error) {
		const code = codeOf(error);
		if (error instanceof StorageProblem || code === undefined || !(error instanceof Error)) throw error;
		const known = remedies.find(([start]) => code.startsWith(start));
		if (known !== undefined) throw new StorageProblem(code, tried, `${known[1]} (${error.message})`, known[2], error);
		if (!/^(SQLITE_|E[A-Z]+$)/.test(code)) throw error;
		throw new StorageProblem(code, tried, `${error.message} (${code})`, 'Run `flotilla doctor` for more.', error);
	}
};
