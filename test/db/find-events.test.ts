import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {type EventFilter, findEvents} from '../../db/find-events.ts';
import {openDatabase} from '../../db/open.ts';
import {created, summaryOf} from './sample-events.ts';

const goals = ['Mend 100% of the "roof"', 'Mend\nthe path C:\\roof', 'mend 1000 roofs_', 'Grün wächst der Ölbaum'];

const open = () => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-find-'));
	const database = openDatabase(join(folder, 'flotilla.db'));
	onTestFinished(() => {
		database.close();
		rmSync(folder, {recursive: true});
	});
	const log = createEventLog(database);
	for (const [i, goal] of goals.entries()) {
		const event = {at: i, runId: `run_${i}`, cause: 'test', event: created(goal)} as const;
		log.append([event], [summaryOf([{...event, seq: i + 1}])]);
	}
	return (filter: Partial<EventFilter>): readonly number[] =>
		[...findEvents(database, {types: ['run.created'], ...filter})].map(({seq}) => seq);
};

it('finds a text as it was said, whatever in it means something to SQL or JSON', () => {
	const find = open();
	expect(find({text: 'mend'})).toEqual([1, 2, 3]);
	expect(find({text: '100%'})).toEqual([1]);
	expect(find({text: 'roofs_'})).toEqual([3]);
	expect(find({text: '"roof"'})).toEqual([1]);
	expect(find({text: 'C:\\ROOF'})).toEqual([2]);
	expect(find({text: 'mend\nthe'})).toEqual([2]);
	expect(find({text: 'wächst'})).toEqual([4]);
	expect(find({text: "'; DROP TABLE events"})).toEqual([]);
});

it('keeps to one run and to some types, oldest or newest first', () => {
	const find = open();
	expect(find({runId: 'run_2'})).toEqual([3]);
	expect(find({newestFirst: true})).toEqual([4, 3, 2, 1]);
	expect(find({types: ['run.ended']})).toEqual([]);
});
