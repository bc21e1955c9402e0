import {expect, test} from 'vitest';
import {openForReading} from '../../db/open.ts';
import {createWaitingReader} from '../../db/waiting-requests.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {RequestId, RunId} from '../../source/domain/id.ts';
import {summarize} from '../../source/domain/run.ts';
import {openStore} from './open-store.ts';
import {agentCreated, created, fold, newEvents} from './sample-events.ts';

const asked = (requestId: RequestId, question: string): RunEvent => ({
	type: 'request.opened',
	requestId,
	agentId: 'agent_x_1',
	stepId: undefined,
	ask: {kind: 'question', callId: 'call_x_1', question, choices: []},
});

const answered = (requestId: RequestId): RunEvent => ({
	type: 'request.answered',
	requestId,
	answer: {kind: 'text', text: 'so'},
	by: 'person',
});

const begun: readonly RunEvent[] = [created('Mend the mill'), agentCreated('agent_x_1', 'scout-1')];

const openReader = () => {
	const {file, log, database} = openStore();
	const reading = openForReading(file);
	if (reading === undefined) throw new Error('The database is there.');
	const told = new Map<RunId, readonly RunEvent[]>();
	const keep = (runId: RunId, at: number, ...events: readonly RunEvent[]): void => {
		const all = [...(told.get(runId) ?? []), ...events];
		told.set(runId, all);
		log.append(newEvents(runId, events, at), [summarize(fold(newEvents(runId, all)))]);
	};
	return {keep, database, read: createWaitingReader(reading), again: () => createWaitingReader(reading)};
};

test('what waits in all runs is told, the oldest first, with who asks and in which run', () => {
	const {keep, read} = openReader();
	expect(read()).toEqual([]);
	keep('run_b', 1000, ...begun, asked('request_b_1', 'Which wheel?'));
	keep('run_a', 500, ...begun, asked('request_a_1', 'Which stone?'), asked('request_a_2', 'How fine?'));
	expect(read().map(({requestId}) => requestId)).toEqual(['request_a_1', 'request_a_2', 'request_b_1']);
	expect(read()[0]).toMatchObject({
		runId: 'run_a',
		goal: 'Mend the mill',
		openedAt: 502,
		asker: 'scout-1',
		ask: {question: 'Which stone?'},
	});
});

test('it is followed from what was read before, as if it were read anew', () => {
	const {keep, read, again} = openReader();
	keep('run_a', 500, ...begun, asked('request_a_1', 'Which stone?'));
	const before = read();
	keep('run_b', 1000, ...begun);
	expect(read()).toBe(before);
	keep('run_b', 2000, asked('request_b_1', 'Which wheel?'));
	expect(read()).toEqual(again()());
	expect(read()).toHaveLength(2);
	keep('run_a', 3000, answered('request_a_1'));
	keep('run_b', 3000, {type: 'request.withdrawn', requestId: 'request_b_1'});
	expect(read()).toEqual([]);
	expect(again()()).toEqual([]);
});

test('one request that nobody understands keeps no other from being told', () => {
	const {keep, database, again} = openReader();
	keep('run_a', 500, ...begun, asked('request_a_1', 'Which stone?'), asked('request_a_2', 'How fine?'));
	database.exec(`UPDATE events SET version = 999 WHERE type = 'request.opened' AND body LIKE '%stone%'`);
	expect(again()().map(({requestId}) => requestId)).toEqual(['request_a_2']);
});
