import type {Database} from 'better-sqlite3';

/** What was asked and answered is found without walking through whole histories: every window asks for it at once. */
export const requests = (database: Database): void => {
	database.exec(`
		CREATE INDEX events_of_requests ON events (run_id, seq)
		WHERE type IN ('request.opened', 'request.answered', 'request.withdrawn');
	`);
};
