import {expect, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openForReading} from '../../db/open.ts';
import {rewriteEvents} from '../../db/rewrite-events.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import type {SearchQuery} from '../../source/engine/port.ts';
import {purgeHistory} from '../../source/records/purge-history.ts';
import {openStore} from './open-store.ts';
import {agentCreated, created, newEvents, summaryOf} from './sample-events.ts';

const said = (n: number, text: string): RunEvent => ({
	type: 'agent.messaged',
	agentId: 'agent_x_1',
	messageId: `message_x_${n}`,
	text,
	from: 'person',
});

const texts = [
	'Mend the "roof" of the café',
	'The roof was mended; nothing leaks.',
	"'; DROP TABLE events; --",
	'find_events reads db/find-events.ts',
	'Grün wächst der Ölbaum',
];

/** A run that says something, and then enough to fill the index. */
const tell = (log: EventLog, runId: RunId, more = 0): void => {
	const filler = Array.from({length: more}, (_, i) => said(100 + i, `wave ${i}`));
	const events = newEvents(runId, [
		created(`The goal of ${runId}`),
		agentCreated('agent_x_1', 'scout-1'),
		...texts.map((text, i) => said(i, text)),
		...filler,
	]);
	log.append(events, [summaryOf(events)]);
};

const found = (log: EventLog, text: string, query: Partial<SearchQuery> = {}): readonly number[] =>
	log.search({text, limit: 50, ...query}).hits.map(({seq}) => seq);

test.each([
	['in the index', 300],
	['not in the index yet', 0],
])('finds words of events that are %s, the newest first', (_, more) => {
	const {log} = openStore();
	tell(log, 'run_a', more);
	expect(found(log, 'roof')).toEqual([4, 3]);
	expect(found(log, 'ROOF mend')).toEqual([3]);
	expect(found(log, 'mend*')).toEqual([4, 3]);
	expect(found(log, '"roof of"')).toEqual([3]);
	expect(found(log, 'cafe olbaum')).toEqual([]);
	expect(found(log, 'cafe')).toEqual([3]);
	expect(found(log, 'olbaum')).toEqual([7]);
	expect(found(log, 'find_events')).toEqual([6]);
	expect(found(log, "'; DROP TABLE events; --")).toEqual([5]);
	expect(found(log, 'NOT roof')).toEqual([]);
	expect(found(log, 'scout')).toEqual([]);
	expect(log.search({text: '"roof', limit: 5})).toMatchObject({hits: [], problem: expect.stringContaining('second "')});
});

test('says where it was found, by whom it was said, and what of it matches', () => {
	const {log} = openStore();
	tell(log, 'run_a');
	const {hits, isWhole} = log.search({text: 'leaks nothing', limit: 50});
	expect(isWhole).toBe(true);
	expect(hits).toMatchObject([
		{
			seq: 4,
			runId: 'run_a',
			goal: 'The goal of run_a',
			agentId: 'agent_x_1',
			agentName: 'scout-1',
			type: 'agent.messaged',
		},
	]);
	expect(hits[0]?.excerpt).toEqual([
		{text: 'The roof was mended; ', isMatch: false},
		{text: 'nothing', isMatch: true},
		{text: ' ', isMatch: false},
		{text: 'leaks', isMatch: true},
		{text: '.', isMatch: false},
	]);
});

test('keeps to one run and to a limit, and puts the best first when asked', () => {
	const {log} = openStore();
	tell(log, 'run_a', 200);
	tell(log, 'run_b');
	expect(found(log, 'roof')).toHaveLength(4);
	expect(found(log, 'roof', {runId: 'run_a'})).toEqual([4, 3]);
	expect(found(log, 'roof', {runId: 'run_b'})).toEqual([211, 210]);
	expect(found(log, 'b')).toEqual([208]);
	expect(log.search({text: 'roof', limit: 3})).toMatchObject({isWhole: false});
	expect(found(log, 'roof', {limit: 3})).toEqual([211, 210, 4]);
	expect(found(log, 'mend roof wave', {order: 'best'})).toEqual([]);
	expect(found(log, 'wave', {order: 'best', limit: 500})).toHaveLength(200);
});

test('finds the words of a step that a person added, split or edited', () => {
	const {log} = openStore();
	const fields = {title: 'Harbour', objective: 'Look at the pier', acceptance: ['the quay holds'], role: 'scout'};
	const step = {...fields, files: [], dependsOn: [], tier: 'haiku', toolBudget: 5, allowance: {}} as const;
	const planned = {...step, id: 'step_x_9', key: 'harbour', estimate: undefined} as const;
	const events = newEvents('run_a', [
		created('The goal'),
		{type: 'step.added', step: planned, neededBy: []},
		{type: 'step.split', stepId: 'step_x_9', into: [planned]},
		{type: 'step.edited', stepId: 'step_x_9', patch: {objective: 'Look at the pier'}, estimate: undefined},
	]);
	log.append(events, [summaryOf(events.slice(0, 1))]);
	expect(found(log, 'pier')).toEqual([4, 3, 2]);
	expect(found(log, 'harbour quay')).toEqual([3, 2]);
});

test('reads the index while another connection writes it', () => {
	const {file, log} = openStore();
	tell(log, 'run_a', 200);
	const database = openForReading(file);
	if (database === undefined) throw new Error('The database was not found.');
	const reading = createEventLog(database);
	tell(log, 'run_b', 3);
	expect(found(reading, 'leaks')).toEqual([211, 4]);
	reading.close();
});

test('after a purge no word of it is in the index, and what stands in its place is found', () => {
	const {database, log} = openStore();
	tell(log, 'run_a', 200);
	tell(log, 'run_b', 200);
	rewriteEvents(database, 'run_a', purgeHistory([...log.after({after: 0, runId: 'run_a'})], undefined));
	expect(found(log, 'leaks')).toEqual([211]);
	expect(found(log, 'purged', {runId: 'run_a', limit: 500})).toHaveLength(207);
	rewriteEvents(database, 'run_b', purgeHistory([...log.after({after: 0, runId: 'run_b'})], undefined));
	database.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)`);
	expect(database.prepare<[], string>('SELECT term FROM words ORDER BY term').pluck().all()).toEqual([
		'a',
		'b',
		'purged',
	]);
});

test('an event whose fields nobody understands is told of nowhere, and everything after it is stored and found', () => {
	const {log, database} = openStore();
	tell(log, 'run_a');
	const nested = `{"tool": "bash", "input": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
	const insert = database.prepare(
		`INSERT INTO events (at, run_id, agent_id, type, version, cause, body) VALUES (0, 'run_a', 'agent_x_1', ?, ?, '', ?)`,
	);
	insert.run('call.weighed', 1, '{"preview": 5, "verdict": null}');
	insert.run('step.finished', 1, '{"stepId": "step_x_1"}');
	insert.run('call.proposed', 1, nested);
	tell(log, 'run_b');
	expect(found(log, 'roof')).toEqual([14, 13, 4, 3]);
	tell(log, 'run_c', 300);
	expect(found(log, 'goal')).toHaveLength(3);
	expect(found(log, 'bash')).toEqual([]);
});
