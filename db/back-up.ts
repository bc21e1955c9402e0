import {closeSync, openSync, rmSync, statSync} from 'node:fs';
import Sqlite from 'better-sqlite3';
import {codeOf, inWords, StorageProblem, withWords} from './storage-problem.ts';

export type Backup = {readonly bytes: number; readonly events: number; readonly runs: number};

const createAlone = (file: string): void => {
	try {
		closeSync(openSync(file, 'wx', 0o600));
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		const remedy = 'Name another file, or move that one away; nothing is overwritten.';
		throw new StorageProblem('EEXIST', `back up to ${file}`, 'it exists already', remedy);
	}
};

const verify = (file: string): Backup => {
	const copy = new Sqlite(file, {fileMustExist: true});
	try {
		// One file that holds everything: it is to be copied and carried about.
		copy.pragma('journal_mode = DELETE');
		const result = String(copy.pragma('integrity_check', {simple: true}));
		if (result !== 'ok')
			throw new StorageProblem(
				'SQLITE_CORRUPT',
				`back up to ${file}`,
				`the copy is damaged (${result})`,
				'Run `flotilla doctor` for what is being copied.',
			);
		const count = (table: string): number =>
			copy.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
		return {events: count('events'), runs: count('runs'), bytes: statSync(file).size};
	} finally {
		copy.close();
	}
};

/**
 * Copies a database as it is at one moment, also while an engine writes to it, into a new file for the user alone, and
 * checks the copy. Nothing is left behind when that fails. Throws a StorageProblem.
 */
export const backUp = async (from: string, to: string): Promise<Backup> => {
	const tried = `back up ${from} to ${to}`;
	withWords(tried, () => createAlone(to));
	try {
		const source = new Sqlite(from, {readonly: true, fileMustExist: true});
		try {
			// All pages at once: when another process writes between two parts of a copy, it begins anew.
			await source.backup(to, {progress: ({remainingPages}) => remainingPages});
		} finally {
			source.close();
		}
		return verify(to);
	} catch (error) {
		for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${to}${ending}`, {force: true});
		throw inWords(tried, error);
	}
};
