import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import {ensurePrivateFile} from './private-file.ts';
import {codeOf, StorageProblem, withWords} from './storage-problem.ts';

/** Another engine works in the state folder. */
export class LockHeld extends StorageProblem {
	/** Undefined in the first instant of that engine, before it has written its number down. */
	readonly pid: number | undefined;

	constructor(tried: string, folder: string, pid: number | undefined) {
		super(
			'LOCK_HELD',
			`${tried} in ${folder}`,
			`an engine is at work there (${pid === undefined ? 'just started' : `process ${pid}`})`,
			'Wait until it has nothing to do, or end it with `flotilla engine stop`; or set FLOTILLA_HOME to another folder.',
		);
		this.pid = pid;
	}
}

export type Lock = {readonly release: () => void};

const readPid = (file: string): number | undefined => {
	try {
		const pid = Number(readFileSync(file, 'utf8'));
		return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
};

/**
 * Takes the lock against a second engine in the same state folder, or throws LockHeld at once. The lock is an
 * exclusive SQLite transaction on an empty file, held open: the system ends it with the process, in whatever way that
 * ends, so there is no stale lock to clear and no gap between looking and taking. `tried` says in words what for.
 * Throws a StorageProblem.
 */
export const takeLock = (folder: string, tried = 'start an engine'): Lock => {
	const file = path.join(folder, 'engine.lock');
	// The number stands in a file of its own: POSIX locks end with any descriptor of their file, so reading the lock's
	// file would let go of the lock when the reader is the holder's own process.
	const pidFile = path.join(folder, 'engine.pid');
	ensurePrivateFile(file);
	return withWords(`take the lock ${file}`, () => {
		const database = new Sqlite(file, {timeout: 0});
		try {
			database.exec('BEGIN EXCLUSIVE');
			writeFileSync(pidFile, String(process.pid), {mode: 0o600});
		} catch (error) {
			database.close();
			throw codeOf(error)?.startsWith('SQLITE_BUSY') === true ? new LockHeld(tried, folder, readPid(pidFile)) : error;
		}
		return {release: () => void database.close()};
	});
};

/** Whether an engine is at work in the state folder. Makes nothing. Throws a StorageProblem. */
export const isLocked = (folder: string): boolean => {
	const file = path.join(folder, 'engine.lock');
	if (!existsSync(file)) return false;
	return withWords(`look at the lock ${file}`, () => {
		const database = new Sqlite(file, {timeout: 0, fileMustExist: true});
		try {
			// Whoever may not even read meets the engine's exclusive transaction.
			database.prepare('SELECT count(*) FROM sqlite_master').get();
			return false;
		} catch (error) {
			if (codeOf(error)?.startsWith('SQLITE_BUSY') === true) return true;
			throw error;
		} finally {
			database.close();
		}
	});
};
