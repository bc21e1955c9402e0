import type {Database} from 'better-sqlite3';
import type {RunSummary} from '../source/domain/run.ts';
import type {NewRow} from './event-row.ts';

/** Puts rows into the tables. Whoever calls it holds the transaction. */
export type EventWriter = {
	/** Returns the row's number. */
	readonly insert: (row: NewRow) => number;
	readonly summarize: (summary: RunSummary) => void;
};

export const createEventWriter = (database: Database): EventWriter => {
	const insert = database.prepare<[NewRow]>(
		`INSERT INTO events (at, run_id, agent_id, type, version, cause, body)
		VALUES (@at, @run_id, @agent_id, @type, @version, @cause, @body)`,
	);
	const upsert = database.prepare<[string, number, string]>(
		`INSERT INTO runs (id, created_at, summary) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET summary = excluded.summary`,
	);
	// Role and model stand in the first event of the agent that finished the step. A step without a price has no cost.
	const book = database.prepare<[NewRow]>(
		`INSERT INTO step_costs (run_id, step_id, role, model, estimate, spent)
		SELECT @run_id, @body ->> '$.stepId', body ->> '$.assignment.role', body ->> '$.model.id',
			CAST(@body ->> '$.estimate' AS INTEGER), CAST(@body ->> '$.spent' AS INTEGER)
		FROM events
		WHERE agent_id = @agent_id AND +run_id = @run_id AND type = 'agent.created' AND @body ->> '$.spent' IS NOT NULL
		ORDER BY seq LIMIT 1
		ON CONFLICT (run_id, step_id) DO UPDATE SET role = excluded.role, model = excluded.model,
			estimate = excluded.estimate, spent = excluded.spent`,
	);
	return {
		insert: row => {
			const {lastInsertRowid} = insert.run(row);
			if (row.type === 'step.finished') book.run(row);
			return Number(lastInsertRowid);
		},
		summarize: summary => void upsert.run(summary.id, summary.createdAt, JSON.stringify(summary)),
	};
};
