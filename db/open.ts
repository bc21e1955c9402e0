import {statSync} from 'node:fs';
import Sqlite, {type Database} from 'better-sqlite3';
import {type Migration, migrate, pendingFor} from './migrate.ts';
import {ensurePrivateFile} from './private-file.ts';
import {StorageProblem, withWords} from './storage-problem.ts';

/** How long opening, migrating and reading wait for a lock. */
const busyTimeoutMs = 5000;

/** How long storing waits for one: everything stands still meanwhile, so whoever stores tries again by a timer. */
const storeTimeoutMs = 50;

/** What a reader keeps of the file in memory; the system keeps it, too. A window may be open for days. */
const readerCacheKb = 2048;

const closedOnThrow = <T>(database: Database, work: () => T): T => {
	try {
		return work();
	} catch (error) {
		database.close();
		throw error;
	}
};

/**
 * Opens the database for the engine: makes it if need be, readable by the user alone, and brings it up to date.
 * The caller holds the engine's lock. Throws a StorageProblem.
 */
export const openDatabase = (file: string, known?: readonly Migration[]): Database => {
	ensurePrivateFile(file);
	return withWords(`open the database ${file}`, () => {
		const database = new Sqlite(file, {timeout: busyTimeoutMs});
		return closedOnThrow(database, () => {
			// Looked at before anything is written: what is damaged, or of a newer program, stays as it is.
			pendingFor(database, known);
			database.pragma('journal_mode = WAL');
			// A commit survives also a loss of power: what an agent did must not be forgotten.
			database.pragma('synchronous = FULL');
			database.pragma('foreign_keys = ON');
			migrate(database, known);
			database.pragma(`busy_timeout = ${storeTimeoutMs}`);
			return database;
		});
	});
};

/**
 * Opens the database for reading only, also while an engine writes to it. Undefined when nothing was stored yet; then
 * nothing is made either. Throws a StorageProblem.
 */
export const openForReading = (file: string, known?: readonly Migration[]): Database | undefined =>
	withWords(`read the database ${file}`, () => {
		if (statSync(file, {throwIfNoEntry: false}) === undefined) return undefined;
		const database = new Sqlite(file, {readonly: true, fileMustExist: true, timeout: busyTimeoutMs});
		return closedOnThrow(database, () => {
			database.pragma(`cache_size = -${readerCacheKb}`);
			const {empty, pending} = pendingFor(database, known);
			if (empty) {
				database.close();
				return undefined;
			}
			if (pending.length > 0)
				throw new StorageProblem(
					'OLDER_SCHEMA',
					`read the database ${file}`,
					'it is of an older Flotilla',
					'Start a run, or resume one: that brings it up to date.',
				);
			return database;
		});
	});
