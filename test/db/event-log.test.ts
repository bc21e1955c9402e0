import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {agentCreated, created, fold, messaged, newEvents, story, summaryOf} from './sample-events.ts';

let folder = '';
let file = '';
let log: EventLog;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flotilla-log-'));
	file = path.join(folder, 'flotilla.db');
	log = createEventLog(openDatabase(file));
});
afterEach(() => {
	log.close();
	rmSync(folder, {recursive: true, force: true});
});

const seqs = (events: Iterable<{readonly seq: number}>): number[] => Array.from(events, event => event.seq);

test('events get numbers without gaps over all runs and come back in order', () => {
	expect(seqs(log.append(newEvents('run_a', story('one')), []))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(seqs(log.append(newEvents('run_b', [created('two')]), []))).toEqual([10]);
	expect(seqs(log.append(newEvents('run_a', [{type: 'run.resumed'}]), []))).toEqual([11]);
	expect(seqs(log.after({after: 0}))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	expect(seqs(log.after({after: 8, runId: 'run_a'}))).toEqual([9, 11]);
});

test('what append returns is exactly what a later reader gets', () => {
	const stored = log.append(newEvents('run_a', story('one')), []);
	log.close();
	log = createEventLog(openDatabase(file));
	expect([...log.after({after: 0})]).toStrictEqual([...stored]);
});

test('a replay folds to the same run as the events before they were stored, fields of undefined included', () => {
	const before = newEvents('run_a', story('one'));
	log.append(before, []);
	expect(fold(log.after({after: 0}))).toEqual(fold(before));
});

test('a batch that fails in the middle leaves nothing behind and costs no number', () => {
	log.append(newEvents('run_a', [created('one')]), []);
	const endless: Record<string, unknown> = {};
	endless['self'] = endless;
	const bad = newEvents('run_a', [
		{type: 'run.resumed'},
		{
			type: 'call.proposed',
			callId: 'call_x_1',
			agentId: 'agent_x_1',
			turnId: 'turn_x_1',
			useId: 'u',
			tool: 't',
			input: endless,
		},
	]);
	expect(() => log.append(bad, [summaryOf(newEvents('run_z', [created('never')]))])).toThrow(TypeError);
	expect(log.runs()).toEqual([]);
	expect(seqs(log.append(newEvents('run_a', [{type: 'run.resumed'}]), []))).toEqual([2]);
});

test('a history longer than a slice is read whole, also while it grows', () => {
	log.append(
		newEvents(
			'run_a',
			Array.from({length: 1200}, (_, n) => messaged('agent_x_1', n)),
		),
		[],
	);
	const seen: number[] = [];
	for (const {seq} of log.after({after: 0})) {
		seen.push(seq);
		if (seq === 700) log.append(newEvents('run_a', [{type: 'run.resumed'}]), []);
	}
	expect(seen).toEqual(Array.from({length: 1201}, (_, n) => n + 1));
});

test('a page holds the oldest or the newest events of a run or an agent within its bounds', () => {
	log.append(newEvents('run_a', [created('one'), agentCreated('agent_a_1', 'a'), agentCreated('agent_a_2', 'b')]), []);
	for (let n = 0; n < 5; n++) log.append(newEvents('run_a', [messaged('agent_a_1', n), messaged('agent_a_2', n)]), []);
	log.append(newEvents('run_b', [created('two'), messaged('agent_b_1', 1)]), []);
	const page = (query: Omit<Parameters<EventLog['page']>[0], 'runId'>) => seqs(log.page({runId: 'run_a', ...query}));
	expect(page({limit: 3})).toEqual([1, 2, 3]);
	expect(page({limit: 3, newest: true})).toEqual([11, 12, 13]);
	expect(page({limit: 3, after: 5})).toEqual([6, 7, 8]);
	expect(page({limit: 3, before: 6, newest: true})).toEqual([3, 4, 5]);
	expect(page({limit: 9, after: 4, before: 8})).toEqual([5, 6, 7]);
	expect(page({limit: 9, agentId: 'agent_a_1'})).toEqual([2, 4, 6, 8, 10, 12]);
	expect(page({limit: 2, agentId: 'agent_a_1', newest: true})).toEqual([10, 12]);
	expect(page({limit: 2, agentId: 'agent_a_1', before: 10, newest: true})).toEqual([6, 8]);
	expect(page({limit: 9, agentId: 'agent_b_1'})).toEqual([]);
});

test('pages and tails are read by an index, without sorting', () => {
	const database = openDatabase(file);
	const plan = (where: string) =>
		database
			.prepare<[], {detail: string}>(`EXPLAIN QUERY PLAN SELECT * FROM events WHERE ${where} ORDER BY seq DESC LIMIT 9`)
			.all()
			.map(({detail}) => detail);
	expect(plan("seq > 5 AND run_id = 'run_a'")).toEqual([
		'SEARCH events USING INDEX events_by_run (run_id=? AND rowid>?)',
	]);
	expect(plan("seq > 5 AND agent_id = 'agent_a' AND +run_id = 'run_a'")).toEqual([
		'SEARCH events USING INDEX events_by_agent (agent_id=? AND rowid>?)',
	]);
	database.close();
});

test('the lines of the runs are stored with the events, newest run first', () => {
	const older = newEvents('run_a', story('older'), 1000);
	const newer = newEvents('run_b', [created('newer')], 5000);
	log.append(older.slice(0, 1), [summaryOf(older.slice(0, 1))]);
	log.append(newer, [summaryOf(newer)]);
	log.append(older.slice(1), [summaryOf(older)]);
	expect(log.runs().map(({id, status}) => [id, status])).toEqual([
		['run_b', 'planning'],
		['run_a', 'stopped'],
	]);
	expect(log.runs()[1]).toEqual(summaryOf(log.after({after: 0, runId: 'run_a'})));
});

test('a line that is damaged is told in words, with the run it is of', () => {
	const events = newEvents('run_a', [created('one')]);
	log.append(events, [summaryOf(events)]);
	const database = openDatabase(file);
	database.exec('UPDATE runs SET summary = substr(summary, 2)');
	database.close();
	expect(() => log.runs()).toThrow(StorageProblem);
	expect(() => log.runs()).toThrow(/list the runs: the line of run_a is not valid JSON\. .*flotilla doctor/);
});

test('runs are found by the beginning of their id, with or without run_', () => {
	for (const id of ['run_1ab', 'run_1ac', 'run_2%d'] as const) {
		const events = newEvents(id, [created(id)]);
		log.append(events, [summaryOf(events)]);
	}
	expect(log.findRuns('1a')).toEqual(['run_1ac', 'run_1ab']);
	expect(log.findRuns('run_1ab')).toEqual(['run_1ab']);
	expect(log.findRuns('2%')).toEqual(['run_2%d']);
	expect(log.findRuns('%')).toEqual([]);
	expect(log.findRuns('3')).toEqual([]);
});

test('a reader sees what a writer stores while both are open, and cannot write', () => {
	log.append(newEvents('run_a', [created('one')]), []);
	const database = openForReading(file);
	if (database === undefined) throw new Error('The database was not found.');
	const reader = createEventLog(database);
	log.append(newEvents('run_a', [{type: 'run.resumed'}]), []);
	expect(seqs(reader.after({after: 0}))).toEqual([1, 2]);
	expect(() => reader.append(newEvents('run_a', [{type: 'run.resumed'}]), [])).toThrow(StorageProblem);
	reader.close();
});

test('a full disk is told in words, stores nothing of the batch, and the log works again when there is space', () => {
	log.close();
	const database = openDatabase(file);
	log = createEventLog(database);
	database.pragma(`max_page_count = ${String(database.pragma('page_count', {simple: true}))}`);
	const batch = newEvents(
		'run_a',
		Array.from({length: 500}, (_, n) => messaged('agent_x_1', n)),
	);
	expect(() => log.append(batch, [])).toThrow(/Could not store what happened: the disk is full .*Free some space/);
	expect([...log.after({after: 0})]).toEqual([]);
	database.pragma('max_page_count = 1000000');
	expect(log.append(batch, []).length).toBe(500);
});
