import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {migrations} from '../../db/migrate.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {messaged, newEvents} from './sample-events.ts';

let folder = '';
let file = '';
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flotilla-open-'));
	file = path.join(folder, 'state', 'deep', 'flotilla.db');
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const modeOf = (name: string): string => (statSync(name).mode & 0o777).toString(8);

const problemOf = (work: () => unknown): StorageProblem => {
	try {
		work();
	} catch (error) {
		if (error instanceof StorageProblem) return error;
		throw error;
	}
	throw new Error('It went well.');
};

test('a new database, its folders and what SQLite puts beside it are for the user alone', () => {
	const database = openDatabase(file);
	createEventLog(database).append(newEvents('run_a', [messaged('agent_x_1', 1)]), []);
	expect(modeOf(path.join(folder, 'state'))).toBe('700');
	expect(modeOf(path.join(folder, 'state', 'deep'))).toBe('700');
	expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['flotilla.db', 'flotilla.db-shm', 'flotilla.db-wal']);
	for (const name of ['', '-shm', '-wal']) expect(modeOf(`${file}${name}`)).toBe('600');
	database.close();
});

test('a database that others could read is closed to them, while its folder keeps its mode', () => {
	openDatabase(file).close();
	chmodSync(file, 0o644);
	chmodSync(path.dirname(file), 0o755);
	openDatabase(file).close();
	expect(modeOf(file)).toBe('600');
	expect(modeOf(path.dirname(file))).toBe('755');
});

test('commits are durable, in write-ahead mode', () => {
	const database = openDatabase(file);
	expect(database.pragma('journal_mode', {simple: true})).toBe('wal');
	expect(database.pragma('synchronous', {simple: true})).toBe(2);
	database.close();
});

test('migrations run once, in order, and a failing one leaves the earlier ones in force', () => {
	const ran: string[] = [];
	const step = (name: string, sql: string) => ({
		name,
		up: (database: ReturnType<typeof openDatabase>) => {
			ran.push(name);
			database.exec(sql);
		},
	});
	const first = step('m001', 'CREATE TABLE a (x)');
	const broken = step('m002', 'CREATE TABLE b (x); CREATE TABLE a (x)');
	expect(() => openDatabase(file, [first, broken])).toThrow(StorageProblem);
	const database = openDatabase(file, [first, step('m002', 'CREATE TABLE b (x)')]);
	database.close();
	openDatabase(file, [first, step('m002', '')]).close();
	expect(ran).toEqual(['m001', 'm002', 'm002']);
});

test('a database of a newer program is refused and stays as it is', () => {
	openDatabase(file, [...migrations, {name: 'm999-from-the-future', up: () => undefined}]).close();
	const before = readFileSync(file);
	for (const open of [openDatabase, openForReading])
		expect(problemOf(() => open(file)).message).toMatch(/a newer Flotilla has changed it \(m999.*Update Flotilla/);
	expect(readFileSync(file).equals(before)).toBe(true);
});

test('a reader does not migrate an older database but says what does', () => {
	openDatabase(file).close();
	const later = [...migrations, {name: 'm002', up: () => undefined}];
	expect(problemOf(() => openForReading(file, later)).message).toContain('it is of an older Flotilla. Start a run');
});

test('reading makes nothing where nothing was stored', () => {
	expect(openForReading(file)).toBeUndefined();
	expect(existsSync(path.join(folder, 'state'))).toBe(false);
	writeFileSync(path.join(folder, 'empty.db'), '');
	expect(openForReading(path.join(folder, 'empty.db'))).toBeUndefined();
});

test('a file that is no database is told in words and not touched', () => {
	const other = path.join(folder, 'flotilla.db');
	const text = 'This is a letter and not a database. '.repeat(200);
	writeFileSync(other, text);
	for (const open of [openDatabase, openForReading]) {
		const problem = problemOf(() => open(other));
		expect(problem.code).toBe('SQLITE_NOTADB');
		expect(problem.message).toContain(other);
		expect(problem.message).toContain('Nothing has been changed. `flotilla doctor`');
		expect(problem.message).toContain('flotilla backup');
	}
	expect(readFileSync(other, 'utf8')).toBe(text);
});

test('damage within the file is told when the damaged part is read', () => {
	const database = openDatabase(file);
	const batch = newEvents(
		'run_a',
		Array.from({length: 2000}, (_, n) => messaged('agent_x_1', n)),
	);
	createEventLog(database).append(batch, []);
	database.close();
	const bytes = readFileSync(file);
	bytes.fill(0xff, 4096 * 6, 4096 * 40);
	writeFileSync(file, bytes);
	const damaged = openForReading(file);
	if (damaged === undefined) throw new Error('The database was not found.');
	const log = createEventLog(damaged);
	const problem = problemOf(() => [...log.after({after: 0})]);
	log.close();
	expect(problem.code).toMatch(/^SQLITE_CORRUPT/);
	expect(problem.message).toMatch(/Could not read the history: the file is damaged/);
});

test('a state folder that cannot be made is told in words', () => {
	const blocked = path.join(folder, 'a-file');
	writeFileSync(blocked, '');
	const problem = problemOf(() => openDatabase(path.join(blocked, 'state', 'flotilla.db')));
	expect(problem.message).toContain(blocked);
	expect(problem.message).toContain('FLOTILLA_HOME');
	const place = path.join(folder, 'a-folder.db', 'flotilla.db');
	openDatabase(place).close();
	expect(problemOf(() => openDatabase(path.dirname(place))).code).toMatch(/^SQLITE_CANTOPEN/);
});
