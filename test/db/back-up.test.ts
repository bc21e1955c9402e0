import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';
import {backUp} from '../../db/back-up.ts';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';

test('a backup is one file for the user alone that holds every run', async () => {
	const {folder, file, log, keep} = openStore();
	const events = makeEvents({runId: 'run_a', steps: 4});
	keep(events);
	const to = join(folder, 'copy.db');
	expect(await backUp(file, to)).toMatchObject({events: events.length, runs: 1, bytes: statSync(to).size});
	expect(statSync(to).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder).filter(name => name.startsWith('copy'))).toEqual(['copy.db']);
	const restored = createEventLog(openDatabase(to));
	expect([...restored.after({after: 0})]).toEqual([...log.after({after: 0})]);
	expect(restored.runs()).toEqual(log.runs());
	restored.close();
});

test('nothing is overwritten', async () => {
	const {folder, file} = openStore();
	const to = join(folder, 'letter.txt');
	writeFileSync(to, 'dear');
	await expect(backUp(file, to)).rejects.toThrow(/letter\.txt: it exists already\. Name another file/);
	expect(readFileSync(to, 'utf8')).toBe('dear');
});

test('what cannot be copied leaves nothing behind', async () => {
	const {folder} = openStore();
	const from = join(folder, 'letter.txt');
	writeFileSync(from, 'This is a letter and not a database. '.repeat(200));
	await expect(backUp(from, join(folder, 'copy.db'))).rejects.toThrow(StorageProblem);
	await expect(backUp(from, join(folder, 'no', 'folder', 'copy.db'))).rejects.toThrow(StorageProblem);
	expect(readdirSync(folder).filter(name => name.startsWith('copy'))).toEqual([]);
});

test('a backup made while another process stores batch after batch holds whole batches up to a moment', async () => {
	const {folder} = openStore();
	const file = join(folder, 'busy.db');
	const child = spawn(process.execPath, [join(import.meta.dirname, 'append-until-killed.ts'), file], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const lines = createInterface({input: child.stdout});
	await once(lines, 'line');
	const {events} = await backUp(file, join(folder, 'copy.db'));
	await once(lines, 'line');
	expect(events).toBeGreaterThan(0);
	expect(events % 3).toBe(0);
	const copy = createEventLog(openDatabase(join(folder, 'copy.db')));
	expect([...copy.after({after: 0})].map(({seq}) => seq)).toEqual(Array.from({length: events}, (_, n) => n + 1));
	copy.close();
});
