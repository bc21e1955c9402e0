import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {checkDatabase} from '../../db/check-database.ts';
import {openForReading} from '../../db/open.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';

const check = (file: string) => {
	const database = openForReading(file);
	if (database === undefined) throw new Error('The database was not found.');
	try {
		return checkDatabase(database);
	} finally {
		database.close();
	}
};

const fill = () => {
	const store = openStore();
	store.keep(makeEvents({runId: 'run_a', steps: 3, stage: 'done'}));
	store.keep(makeEvents({runId: 'run_b', steps: 5}));
	return store;
};

test('a database of whole runs has no fault, also while its engine has it open', () => {
	const {file, database} = fill();
	const {events, runs, faults} = check(file);
	expect(faults).toEqual([]);
	expect(runs).toBe(2);
	expect(events).toBe(database.prepare('SELECT count(*) FROM events').pluck().get());
});

test('a line of an older version that counts a step that was split beside its parts is whole', () => {
	const {file, database, keep} = openStore();
	const events = makeEvents({runId: 'run_a', steps: 3, stage: 'proposed'});
	const last = events.at(-1);
	const planned = events.flatMap(({event}) => (event.type === 'plan.proposed' ? event.steps : []))[0];
	if (last === undefined || planned === undefined) throw new Error('There is no plan.');
	const part = {...planned, id: 'step_a_99', key: 'part'} as const;
	const split = {type: 'step.split', stepId: planned.id, into: [part]} as const;
	keep([...events, {...last, seq: last.seq + 1, event: split}]);
	expect(check(file).faults).toEqual([]);
	const countAnother = "UPDATE runs SET summary = json_set(summary, '$.steps.total', summary ->> '$.steps.total' + 1)";
	database.exec(countAnother);
	expect(check(file).faults).toEqual([]);
	database.exec(countAnother);
	expect(check(file).faults).toHaveLength(1);
});

test.each([
	{
		what: 'a missing event',
		sql: "DELETE FROM events WHERE seq = (SELECT seq FROM events WHERE type = 'turn.finished' ORDER BY seq DESC LIMIT 1)",
		says: [/events are missing: \d+/, /line of run_b .* differs from its events/],
	},
	{
		what: 'a run without its beginning',
		sql: 'DELETE FROM events WHERE seq IN (1, 2)',
		says: [/events are missing: 1 to 2/, /events of run_a make no run: .*begins with/],
	},
	{
		what: 'a line that is not what its events say',
		sql: "UPDATE runs SET summary = json_set(summary, '$.spent', 1) WHERE id = 'run_a'",
		says: [/line of run_a .* differs/],
	},
	{
		what: 'a line that is no JSON',
		sql: "UPDATE runs SET summary = substr(summary, 2) WHERE id = 'run_a'",
		says: [/the line of run_a .*not valid JSON/],
	},
	{what: 'a line without events', sql: "INSERT INTO runs VALUES ('run_z', 1, '{}')", says: [/run_z is listed/]},
	{what: 'events without a line', sql: "DELETE FROM runs WHERE id = 'run_b'", says: [/run_b has events, but no line/]},
	{
		what: 'fields that are no JSON',
		sql: 'UPDATE events SET body = substr(body, 2) WHERE seq = 5',
		says: [/events of run_a make no run: .*event 5 .*not valid JSON/],
	},
])('$what is told, with what to do', ({sql, says}) => {
	const {file, database} = fill();
	database.exec(sql);
	const {faults} = check(file);
	expect(faults.map(({what}) => what)).toEqual(says.map(said => expect.stringMatching(said)));
	for (const {remedy} of faults) expect(remedy).not.toBe('');
});

test('damaged pages are told, and nothing else is looked for', () => {
	const {folder, file, database} = fill();
	database.pragma('wal_checkpoint(TRUNCATE)');
	const bytes = readFileSync(file);
	bytes.fill(0xff, 4096 * 6, 4096 * 12);
	const copy = join(folder, 'damaged.db');
	writeFileSync(copy, bytes);
	const {faults} = check(copy);
	expect(faults).toHaveLength(1);
	expect(faults[0]?.what).toMatch(/the file is damaged/);
	expect(faults[0]?.remedy).toMatch(/backup/);
	expect(readFileSync(copy).equals(bytes)).toBe(true);
});
