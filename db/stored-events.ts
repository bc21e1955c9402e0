import type {Database} from 'better-sqlite3';
import type {RunId} from '../source/domain/id.ts';
import {fieldsOf} from './codec.ts';
import type {Row} from './event-row.ts';
import {inWords} from './storage-problem.ts';

/** An event in the form and version in which it was stored. */
export type StoredEvent = {
	readonly seq: number;
	readonly at: number;
	readonly type: string;
	readonly version: number;
	readonly cause: string;
	readonly fields: Readonly<Record<string, unknown>>;
};

/** The events of a run as they lie in the database, in order, one at a time. Throws a StorageProblem. */
export const storedEvents = function* (database: Database, runId: RunId): Iterable<StoredEvent> {
	try {
		const rows = database
			.prepare<[RunId], Omit<Row, 'run_id' | 'agent_id'>>(
				'SELECT seq, at, type, version, cause, body FROM events WHERE run_id = ? ORDER BY seq',
			)
			.iterate(runId);
		for (const row of rows) {
			const {seq, at, type, version, cause} = row;
			yield {seq, at, type, version, cause, fields: fieldsOf(row)};
		}
	} catch (error) {
		throw inWords(`read the history of ${runId}`, error);
	}
};
