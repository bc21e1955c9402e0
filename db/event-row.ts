import type {Database, Statement} from 'better-sqlite3';
import type {AgentId, RunId} from '../source/domain/id.ts';

/** An event as a row, before it has its number. */
export type NewRow = {
	readonly at: number;
	readonly run_id: RunId;
	readonly agent_id: AgentId | null;
	readonly type: string;
	readonly version: number;
	readonly cause: string;
	/** The event's fields as JSON, without its type. */
	readonly body: string;
};

export type Row = NewRow & {readonly seq: number};

/** What follows `SELECT` in a query for rows. */
export const eventColumns = 'seq, at, run_id, agent_id, type, version, cause, body';

/** The number of the newest event, 0 without any. */
export const newestSeq = (database: Database): Statement<[], number> =>
	database.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM events').pluck();

/** What an agent is called. It is among its first events, so no more of them are read. */
export const nameOfAgent = (database: Database): Statement<[AgentId], string> =>
	database
		.prepare<[AgentId], string>(
			`SELECT body ->> '$.name' FROM events WHERE agent_id = ? AND type = 'agent.created' ORDER BY seq LIMIT 1`,
		)
		.pluck();
