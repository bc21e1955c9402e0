import {chmodSync, closeSync, mkdirSync, openSync, statSync} from 'node:fs';
import path from 'node:path';
import {codeOf, withWords} from './storage-problem.ts';

const createIfNew = (file: string): void => {
	try {
		closeSync(openSync(file, 'ax', 0o600));
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
	}
};

/**
 * Makes the file, empty if it is new, for the user alone, and the folders that lead to it. Transcripts hold what
 * agents read, so nobody else may. A folder that was already there keeps its mode: it may not be ours.
 *
 * A file that exists is never opened here: closing it would end the locks SQLite holds on it in this process.
 */
export const ensurePrivateFile = (file: string): void =>
	withWords(`make ${file}`, () => {
		mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
		createIfNew(file);
		const found = statSync(file);
		if (found.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, 0o600);
	});
