import {createHash} from 'node:crypto';
import {closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Waiting} from '../domain/waiting.ts';

/** Whether no screen of this user has taken note of a request yet. From then on one has: each is told once. */
export type Claim = (request: Pick<Waiting, 'runId' | 'requestId'>) => boolean;

/** So long a request is kept in mind, ms: no screen takes a day to take note of it. */
const keptMs = 24 * 60 * 60_000;

const forgetOld = (dir: string, now: number): void => {
	for (const name of readdirSync(dir)) {
		const file = join(dir, name);
		const found = statSync(file, {throwIfNoEntry: false});
		if (found !== undefined && now - found.mtimeMs > keptMs) rmSync(file, {force: true});
	}
};

/**
 * Several screens may be open, each in a process of its own. Of a file that must not be there yet only one of them can
 * be the maker. Where no file can be made, a person is rather called twice than not at all. `now` is ms since 1970.
 */
export const createClaims = (dir: string, now: () => number): Claim => {
	let isTidy = false;
	return ({runId, requestId}) => {
		// An id may hold anything where a run was imported.
		const file = join(dir, createHash('sha256').update(`${runId} ${requestId}`).digest('hex'));
		try {
			mkdirSync(dir, {recursive: true, mode: 0o700});
			if (!isTidy) forgetOld(dir, now());
			isTidy = true;
			closeSync(openSync(file, 'wx', 0o600));
			return true;
		} catch {
			return !existsSync(file);
		}
	};
};
