import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Database} from 'better-sqlite3';
import {onTestFinished} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {summaryOf} from './sample-events.ts';

export type Store = {
	readonly folder: string;
	readonly file: string;
	readonly database: Database;
	readonly log: EventLog;
	/** Stores a run's events and its line. */
	readonly keep: (events: readonly Stamped[]) => void;
};

/** A real database in a folder of its own, both gone when the test ends. */
export const openStore = (): Store => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-store-'));
	const file = join(folder, 'flotilla.db');
	const database = openDatabase(file);
	onTestFinished(() => {
		database.close();
		rmSync(folder, {recursive: true, force: true});
	});
	const log = createEventLog(database);
	return {folder, file, database, log, keep: events => void log.append(events, [summaryOf(events)])};
};
