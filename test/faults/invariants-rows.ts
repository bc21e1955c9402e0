import Sqlite from 'better-sqlite3';
import {z} from 'zod';

/** An event as it lies in the database; nothing of Flotilla has read it. */
export type StoredEvent = {
	readonly seq: number;
	readonly runId: string;
	readonly type: string;
	readonly body: Readonly<Record<string, unknown>>;
};

const rows = z.array(z.object({seq: z.int(), run_id: z.string(), type: z.string(), body: z.string()}));
const fields = z.record(z.string(), z.unknown());

/** All events of the database, in order; none when there is no database yet. */
export const readEvents = (file: string): readonly StoredEvent[] => {
	const database = new Sqlite(file, {readonly: true, fileMustExist: true});
	try {
		// It was killed before it had made its tables.
		if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events'").get() === undefined) return [];
		const found = database.prepare('SELECT seq, run_id, type, body FROM events ORDER BY seq').all();
		return rows
			.parse(found)
			.map(({seq, run_id, type, body}) => ({seq, runId: run_id, type, body: fields.parse(JSON.parse(body))}));
	} finally {
		database.close();
	}
};
