import type {Database} from 'better-sqlite3';
import {catchUpSearch} from '../search-index.ts';

/**
 * The words of what was said and done, by the event's number; the texts themselves lie in the events only. `seq` is the
 * last event whose words are in.
 */
export const search = (database: Database): void => {
	database.exec(`
		CREATE VIRTUAL TABLE search USING fts5(
			run, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
		);
		CREATE TABLE search_state (seq INTEGER NOT NULL) STRICT;
		INSERT INTO search_state (seq) VALUES (0);
	`);
	catchUpSearch(database);
};
