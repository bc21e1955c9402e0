import type {Database} from 'better-sqlite3';

/** What each finished step has cost and was guessed to cost, in nano-dollars; for estimates of steps like it. */
export const stepCosts = (database: Database): void => {
	database.exec(`
		CREATE TABLE step_costs (
			run_id TEXT NOT NULL,
			step_id TEXT NOT NULL,
			role TEXT NOT NULL,
			model TEXT NOT NULL,
			estimate INTEGER,
			spent INTEGER NOT NULL,
			PRIMARY KEY (run_id, step_id)
		) STRICT, WITHOUT ROWID;
	`);
};
