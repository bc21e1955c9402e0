import type {Database} from 'better-sqlite3';

/**
 * Runs as they were after one of their events, so that a long one need not be folded from its beginning. Nothing is
 * known by them that the events do not say: they may be deleted at any time.
 */
export const snapshots = (database: Database): void => {
	database.exec(`
		CREATE TABLE snapshots (
			run_id TEXT PRIMARY KEY,
			seq INTEGER NOT NULL,
			build TEXT NOT NULL,
			run TEXT NOT NULL
		) STRICT;
	`);
};
