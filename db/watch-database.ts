import type {Database} from 'better-sqlite3';
import {withWords} from './storage-problem.ts';

/** Whether another connection has stored anything since the last time this was asked; the first time it has. */
export const createChangeWatch = (database: Database): (() => boolean) => {
	let known: unknown;
	return () =>
		withWords(`look at ${database.name}`, () => {
			const version: unknown = database.pragma('data_version', {simple: true});
			const changed = version !== known;
			known = version;
			return changed;
		});
};
