import type {Database} from 'better-sqlite3';
import type {Stamped} from '../source/domain/event.ts';
import type {RunId} from '../source/domain/id.ts';
import {summarize} from '../source/domain/run.ts';
import {createCodec} from './codec.ts';
import {createEventLog} from './event-log.ts';
import {createEventWriter} from './event-writer.ts';
import {foldRun} from './fold-run.ts';
import {renewSearch} from './search-index.ts';
import {dropSnapshot} from './snapshots.ts';
import {StorageProblem, withWords} from './storage-problem.ts';

/** The write-ahead file is emptied into the database; whoever still reads an old state prevents that. */
const checkpoint = (database: Database): void => {
	const [result] = database.prepare<[], {busy: number}>('PRAGMA wal_checkpoint(TRUNCATE)').all();
	if (result?.busy === 0) return;
	throw new StorageProblem(
		'SQLITE_BUSY',
		`wipe ${database.name}`,
		'another process reads it. The words are out of the history, but may still lie in the file',
		'End that process, and give the same command again.',
	);
};

/**
 * Replaces the content of events of a run in place, and sees to it that no byte of the old content stays in the
 * database's files. Rows, numbers and times remain, so the history has no gap. The only exception to the rule that
 * events never change: a person wants something forgotten. The caller holds the engine's lock.
 *
 * Throws a StorageProblem; when it is about wiping, the history is changed and the command may be given again.
 */
export const rewriteEvents = (database: Database, runId: RunId, replaced: readonly Stamped[]): void => {
	const codec = createCodec();
	const update = database.prepare<[number, string, number, RunId]>(
		'UPDATE events SET version = ?, body = ? WHERE seq = ? AND run_id = ?',
	);
	withWords(`purge ${runId}`, () => {
		database.pragma('secure_delete = ON');
		database
			.transaction(() => {
				for (const stamped of replaced) {
					const {version, body} = codec.encode(stamped);
					update.run(version, body, stamped.seq, runId);
				}
				renewSearch(
					database,
					replaced.map(({seq}) => seq),
				);
				dropSnapshot(database, runId);
				const run = foldRun(createEventLog(database).after({after: 0, runId}));
				if (run !== undefined) createEventWriter(database).summarize(summarize(run));
			})
			.immediate();
		// First what was written before reaches its place, then the whole file is written anew, without free pages.
		checkpoint(database);
		database.exec('VACUUM');
		checkpoint(database);
	});
};
