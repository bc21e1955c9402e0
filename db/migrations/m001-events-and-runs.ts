import type {Database} from 'better-sqlite3';

/**
 * `seq` is the row's own number, so that events lie on disk in their order. Nothing is ever deleted, hence it has no
 * gaps. Every index ends in the row's number by itself, which gives (run, seq) and (agent, seq).
 */
export const eventsAndRuns = (database: Database): void => {
	database.exec(`
		CREATE TABLE events (
			seq INTEGER PRIMARY KEY,
			at INTEGER NOT NULL,
			run_id TEXT NOT NULL,
			agent_id TEXT,
			type TEXT NOT NULL,
			version INTEGER NOT NULL,
			cause TEXT NOT NULL,
			body TEXT NOT NULL
		) STRICT;
		CREATE INDEX events_by_run ON events (run_id);
		CREATE INDEX events_by_agent ON events (agent_id) WHERE agent_id IS NOT NULL;
		CREATE TABLE runs (
			id TEXT PRIMARY KEY,
			created_at INTEGER NOT NULL,
			summary TEXT NOT NULL
		) STRICT, WITHOUT ROWID;
	`);
};
