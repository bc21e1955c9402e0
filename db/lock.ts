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

/**
 * What the holder of the lock is doing. `briefly`: a command needs the state folder for itself. `foreground`: an engine
 * that nobody else can ask. The others follow each other in an engine in the background, which can be asked while it is
 * `serving` or `finishing`.
 */
const phases = ['briefly', 'foreground', 'starting', 'serving', 'finishing', 'ending'] as const;
export type LockPhase = (typeof phases)[number];

export type Lock = {
	/** Say what the holder does from now on. */
	readonly enter: (phase: LockPhase) => void;
	readonly release: () => void;
};

/** `phase` is undefined where the holder has not said it yet, or is of a version that does not. */
export type LockHolder = {readonly pid: number; readonly phase: LockPhase | undefined};

const readPid = (file: string): number | undefined => {
	try {
		const pid = Number(readFileSync(file, 'utf8'));
		return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
};

const readPhase = (file: string, pid: number): LockPhase | undefined => {
	try {
		const [of, word] = readFileSync(file, 'utf8').trim().split(' ');
		return Number(of) === pid ? phases.find(phase => phase === word) : undefined;
	} catch {
		return undefined;
	}
};

/** Who holds the lock, as far as it has said so; of use only while the lock is held, for the words outlast it. */
export const lockHolder = (folder: string): LockHolder | undefined => {
	const pid = readPid(path.join(folder, 'engine.pid'));
	return pid === undefined ? undefined : {pid, phase: readPhase(path.join(folder, 'engine.phase'), pid)};
};

/** Whether an engine in the background says that it can be asked; of use only while the lock is held. */
export const isServed = (folder: string): boolean => {
	const phase = lockHolder(folder)?.phase;
	return phase === 'serving' || phase === 'finishing';
};

/** Whoever only looks whether the lock is held holds it for a moment; that is waited for so long, ms. */
const lookMs = 100;

/**
 * Takes the lock against a second engine in the same state folder, or throws LockHeld almost at once. The lock is an
 * exclusive SQLite transaction on an empty file, held open: the system ends it with the process, in whatever way that
 * ends, so there is no stale lock to clear and no gap between looking and taking. `tried` says in words what for.
 * Throws a StorageProblem.
 */
export const takeLock = (folder: string, tried = 'start an engine', phase: LockPhase = 'briefly'): Lock => {
	const file = path.join(folder, 'engine.lock');
	// The number stands in a file of its own: POSIX locks end with any descriptor of their file, so reading the lock's
	// file would let go of the lock when the reader is the holder's own process.
	const pidFile = path.join(folder, 'engine.pid');
	const phaseFile = path.join(folder, 'engine.phase');
	const write = (word: LockPhase): void => writeFileSync(phaseFile, `${process.pid} ${word}\n`, {mode: 0o600});
	ensurePrivateFile(file);
	return withWords(`take the lock ${file}`, () => {
		const database = new Sqlite(file, {timeout: lookMs});
		try {
			database.exec('BEGIN EXCLUSIVE');
			write(phase);
			writeFileSync(pidFile, String(process.pid), {mode: 0o600});
		} catch (error) {
			database.close();
			throw codeOf(error)?.startsWith('SQLITE_BUSY') === true ? new LockHeld(tried, folder, readPid(pidFile)) : error;
		}
		return {
			enter: word => {
				try {
					write(word);
				} catch {
					// On a full disk nobody learns of it; the lock is held all the same.
				}
			},
			release: () => void database.close(),
		};
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
