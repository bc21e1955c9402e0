import type {Database} from 'better-sqlite3';
import type {RunId} from '../source/domain/id.ts';
import type {RunAt} from '../source/domain/run.ts';
import type {EventLog} from '../source/engine/event-log.ts';
import {readRunText, runText} from './run-text.ts';
import {withWords} from './storage-problem.ts';

/** The last snapshot of each run. One that another build has made is none: it may fold the same events differently. */
export const createSnapshots = (
	database: Database,
	build: string | undefined,
): Pick<EventLog, 'snapshot' | 'keepSnapshot'> => {
	const read = database.prepare<[RunId, string], {readonly seq: number; readonly run: string}>(
		'SELECT seq, run FROM snapshots WHERE run_id = ? AND build = ?',
	);
	const write = database.prepare<[RunId, number, string, string]>(
		`INSERT INTO snapshots (run_id, seq, build, run) VALUES (?, ?, ?, ?)
		ON CONFLICT (run_id) DO UPDATE SET seq = excluded.seq, build = excluded.build, run = excluded.run`,
	);
	return {
		snapshot: runId => {
			if (build === undefined) return undefined;
			const row = withWords(`read the snapshot of ${runId}`, () => read.get(runId, build));
			if (row === undefined) return undefined;
			try {
				// Only `keepSnapshot` of this very build writes such rows, so this is a run.
				const run = readRunText(row.run);
				return run.id === runId ? {seq: row.seq, run} : undefined;
			} catch {
				// The events say the same.
				return undefined;
			}
		},
		keepSnapshot: ({run, seq}: RunAt) => {
			if (build === undefined) return 0;
			const text = runText(run);
			withWords(`keep a snapshot of ${run.id}`, () => write.run(run.id, seq, build, text));
			return text.length;
		},
	};
};

/** What a person wants forgotten is in no snapshot. Whoever calls it holds the transaction. */
export const dropSnapshot = (database: Database, runId: RunId): void =>
	void database.prepare<[RunId]>('DELETE FROM snapshots WHERE run_id = ?').run(runId);
