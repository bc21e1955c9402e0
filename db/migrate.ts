import type {Database} from 'better-sqlite3';
import {eventsAndRuns} from './migrations/m001-events-and-runs.ts';
import {stepCosts} from './migrations/m002-step-costs.ts';
import {search} from './migrations/m003-search.ts';
import {requests} from './migrations/m004-requests.ts';
import {snapshots} from './migrations/m005-snapshots.ts';
import {StorageProblem} from './storage-problem.ts';

export type Migration = {readonly name: string; readonly up: (database: Database) => void};

/** In the order in which they run. A name, once released, never changes: it is what a database remembers. */
export const migrations: readonly Migration[] = [
	{name: 'm001-events-and-runs', up: eventsAndRuns},
	{name: 'm002-step-costs', up: stepCosts},
	{name: 'm003-search', up: search},
	{name: 'm004-requests', up: requests},
	{name: 'm005-snapshots', up: snapshots},
];

const appliedTo = (database: Database): readonly string[] => {
	const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get();
	if (table === undefined) return [];
	return database.prepare<[], string>('SELECT name FROM migrations').pluck().all();
};

/**
 * What is still to be done before this program understands the database: nothing, some migrations, or all of them
 * (`empty`). A database that a newer program has changed is refused, because reading it might misunderstand it.
 */
export const pendingFor = (
	database: Database,
	known: readonly Migration[] = migrations,
): {readonly empty: boolean; readonly pending: readonly Migration[]} => {
	const applied = appliedTo(database);
	const foreign = applied.find(name => !known.some(migration => migration.name === name));
	if (foreign !== undefined)
		throw new StorageProblem(
			'NEWER_SCHEMA',
			`use ${database.name}`,
			`a newer Flotilla has changed it (${foreign})`,
			'Update Flotilla, or set FLOTILLA_HOME to another folder.',
		);
	return {
		empty: applied.length === 0,
		pending: known.filter(migration => !applied.includes(migration.name)),
	};
};

/** Brings the database up to date, each migration in a transaction of its own: after a crash the rest follows. */
export const migrate = (database: Database, known: readonly Migration[] = migrations): void => {
	const {pending} = pendingFor(database, known);
	if (pending.length === 0) return;
	database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT');
	const remember = database.prepare('INSERT INTO migrations (name) VALUES (?)');
	for (const {name, up} of pending)
		database
			.transaction(() => {
				up(database);
				remember.run(name);
			})
			.immediate();
};
