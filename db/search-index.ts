import type {Database} from 'better-sqlite3';
import {tellingEvents, toldTexts} from '../source/domain/told-texts.ts';
import {createCodec} from './codec.ts';
import {eventColumns, type Row} from './event-row.ts';

/** So many events are left until their words are taken in together: one at a time costs five times as much. */
const batchLength = 128;

const codec = createCodec();

/** Events with words in them. What follows `WHERE` in a query of `events`. */
export const isTelling = `type IN (${tellingEvents.map(type => `'${type}'`).join(', ')})`;

/**
 * Everything a stored event tells, as one text. What cannot be read tells nothing, whatever is wrong with it: one event
 * that nobody understands must not keep a whole database from being opened, or anything more from being stored in it.
 */
export const toldBy = (row: Row): string => {
	try {
		return toldTexts(codec.decode(row).event).join('\n');
	} catch {
		return '';
	}
};

/** The part of a run's id that is one word to the index. */
export const runWordOf = (runId: string): string => runId.replace(/^run_/, '');

/** The last event whose words are in the index. */
export const lastIndexed = (database: Database): number =>
	database.prepare<[], number>('SELECT seq FROM search_state').pluck().get() ?? 0;

const enter = (database: Database): ((row: Row) => void) => {
	const insert = database.prepare<[number, string, string]>('INSERT INTO search (rowid, run, text) VALUES (?, ?, ?)');
	return row => {
		const text = toldBy(row);
		if (text !== '') insert.run(row.seq, runWordOf(row.run_id), text);
	};
};

/** Takes in the words of all events that are not in the index yet. Whoever calls it holds the transaction. */
export const catchUpSearch = (database: Database): void => {
	const slice = database.prepare<[number], Row>(
		`SELECT ${eventColumns} FROM events WHERE seq > ? AND ${isTelling} ORDER BY seq LIMIT ${batchLength}`,
	);
	const put = enter(database);
	for (let last = lastIndexed(database); ; ) {
		const rows = slice.all(last);
		for (const row of rows) put(row);
		if (rows.length < batchLength) break;
		last = rows.at(-1)?.seq ?? last;
	}
	database.exec('UPDATE search_state SET seq = (SELECT coalesce(max(seq), 0) FROM events)');
};

/**
 * Keeps the index up with the log, a batch at a time, in the transaction of the caller. Until then a search looks at the
 * events themselves.
 */
export const createSearchKeeper = (database: Database): ((newest: number) => void) => {
	const state = database.prepare<[], number>('SELECT seq FROM search_state').pluck();
	return newest => {
		if (newest - (state.get() ?? 0) >= batchLength) catchUpSearch(database);
	};
};

/**
 * The words of events whose content has changed are taken in anew, and no trace of the old ones stays in the index.
 * Whoever calls it holds the transaction.
 */
export const renewSearch = (database: Database, seqs: readonly number[]): void => {
	const indexed = lastIndexed(database);
	const remove = database.prepare<[number]>('DELETE FROM search WHERE rowid = ?');
	const read = database.prepare<[number], Row>(`SELECT ${eventColumns} FROM events WHERE seq = ? AND ${isTelling}`);
	const put = enter(database);
	for (const seq of seqs) {
		if (seq > indexed) continue;
		remove.run(seq);
		const row = read.get(seq);
		if (row !== undefined) put(row);
	}
	// Until its parts are merged, the index only marks what was removed.
	database.exec("INSERT INTO search (search) VALUES ('optimize')");
};
