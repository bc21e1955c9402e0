import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {messaged, newEvents} from './sample-events.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flotilla-crash-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

test('after kill -9 in the middle of appends everything confirmed is there, whole batches only, without gaps', async () => {
	const file = path.join(folder, 'flotilla.db');
	const script = path.join(import.meta.dirname, 'append-until-killed.ts');
	const child = spawn(process.execPath, [script, file], {stdio: ['ignore', 'pipe', 'inherit']});
	let confirmed = 0;
	const lines = createInterface({input: child.stdout});
	lines.on('line', line => {
		confirmed = Number(line);
		if (confirmed > 300) child.kill('SIGKILL');
	});
	await Promise.all([once(child, 'exit'), once(lines, 'close')]);
	expect(child.signalCode).toBe('SIGKILL');
	expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);

	// A reader comes first, as when a person looks at what happened before resuming.
	const database = openForReading(file);
	if (database === undefined) throw new Error('The database is gone.');
	const reader = createEventLog(database);
	const stored = [...reader.after({after: 0})];
	reader.close();
	expect(confirmed).toBeGreaterThan(300);
	expect(stored.length).toBeGreaterThanOrEqual(confirmed);
	expect(stored.length % 3).toBe(0);
	expect(stored.map(event => event.seq)).toEqual(stored.map((_, index) => index + 1));

	const log = createEventLog(openDatabase(file));
	expect(log.append(newEvents('run_a', [messaged('agent_x_1', 0)]), [])[0]?.seq).toBe(stored.length + 1);
	log.close();
});
