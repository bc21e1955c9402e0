import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {checkDatabase} from '../../db/check-database.ts';
import {createEventLog} from '../../db/event-log.ts';
import {foldRun} from '../../db/fold-run.ts';
import {openForReading} from '../../db/open.ts';
import {rewriteEvents} from '../../db/rewrite-events.ts';
import {purgeHistory} from '../../source/records/purge-history.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';

/** Which of the files in a folder hold a text. */
const filesWith = (folder: string, text: string): readonly string[] =>
	readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(text));

const secret = 'the-cargo-is-saffron';

/** A run in which everybody says the secret, also in texts longer than a page. */
const telling = (runId: 'run_a' | 'run_b') =>
	makeEvents({runId, steps: 4, stage: 'done', goal: `Say that ${secret}`}).map(stamped =>
		stamped.event.type === 'call.finished'
			? {...stamped, event: {...stamped.event, output: `${secret} `.repeat(2000)}}
			: stamped,
	);

test('after a purge no byte of what was said is in the files, and the history is whole', () => {
	const {folder, database, log, keep} = openStore();
	keep(telling('run_a'));
	const kept = makeEvents({runId: 'run_b', steps: 4});
	keep(kept);
	database.pragma('wal_checkpoint');
	expect(filesWith(folder, secret)).toEqual(['flotilla.db', 'flotilla.db-wal']);
	const run = foldRun(log.after({after: 0, runId: 'run_a'}));
	if (run === undefined) throw new Error('There is no run.');
	createEventLog(database, 'a build').keepSnapshot({run, seq: 1});
	database.pragma('wal_checkpoint');
	const before = [...log.after({after: 0})];
	rewriteEvents(database, 'run_a', purgeHistory([...log.after({after: 0, runId: 'run_a'})], undefined));
	expect(filesWith(folder, secret)).toEqual([]);
	const after = [...log.after({after: 0})];
	expect(after.map(({seq, at, runId, cause, event}) => [seq, at, runId, cause, event.type])).toEqual(
		before.map(({seq, at, runId, cause, event}) => [seq, at, runId, cause, event.type]),
	);
	expect(after.filter(({runId}) => runId === 'run_b')).toEqual(before.filter(({runId}) => runId === 'run_b'));
	expect(checkDatabase(database).faults).toEqual([]);
	expect(log.runs().find(({id}) => id === 'run_a')?.goal).toBe('[purged]');
});

test('who still reads the old state keeps the bytes alive, so the purge says that it is not complete', () => {
	const {folder, file, database, log, keep} = openStore();
	keep(telling('run_a'));
	const old = openForReading(file);
	if (old === undefined) throw new Error('The database was not found.');
	const reading = createEventLog(old).after({after: 0})[Symbol.iterator]();
	old.exec('BEGIN');
	reading.next();
	const purge = () =>
		rewriteEvents(database, 'run_a', purgeHistory([...log.after({after: 0, runId: 'run_a'})], undefined));
	expect(purge).toThrow(/another process reads it.*may still lie in the file.*same command again/);
	old.exec('COMMIT');
	old.close();
	purge();
	expect(filesWith(folder, secret)).toEqual([]);
});
