import {expect, test} from 'vitest';
import {createCodec} from '../../db/codec.ts';
import type {Row} from '../../db/event-row.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {eventUpcasts} from '../../db/upcast.ts';
import {eventVersions} from '../../db/versions.ts';
import {newEvents, story} from './sample-events.ts';

const row = (over: Partial<Row>): Row => ({
	seq: 7,
	at: 1000,
	run_id: 'run_a',
	agent_id: null,
	type: 'run.paused',
	version: 1,
	cause: 'command run.pause',
	body: '{"by":"person"}',
	...over,
});

test('an event survives the way into a row and back', () => {
	const codec = createCodec();
	for (const [index, event] of newEvents('run_a', story('a goal')).entries())
		expect(codec.decode({...codec.encode(event), seq: index})).toEqual({...event, seq: index});
});

test('old forms are lifted version by version to the present one when they are read', () => {
	// The made-up past of run.paused: version 1 had `who`, version 2 `by` in capitals.
	const codec = createCodec(
		{...eventVersions, 'run.paused': 3},
		{
			'run.paused': {
				1: ({who, ...rest}) => ({...rest, by: who}),
				2: ({by, ...rest}) => ({...rest, by: String(by).toLowerCase()}),
			},
		},
	);
	const wanted = {type: 'run.paused', by: 'budget'};
	expect(codec.decode(row({version: 1, body: '{"who":"BUDGET"}'})).event).toEqual(wanted);
	expect(codec.decode(row({version: 2, body: '{"by":"BUDGET"}'})).event).toEqual(wanted);
	expect(codec.decode(row({version: 3, body: '{"by":"budget"}'})).event).toEqual(wanted);
	expect(codec.encode({at: 1, runId: 'run_a', cause: 'x', event: {type: 'run.paused', by: 'person'}}).version).toBe(3);
});

test('every older version of every event has its upcast', () => {
	for (const [type, version] of Object.entries(eventVersions)) {
		const steps: Readonly<Record<string, unknown>> =
			Object.entries(eventUpcasts).find(([of]) => of === type)?.[1] ?? {};
		expect(Object.keys(steps).map(Number)).toEqual(Array.from({length: version - 1}, (_, n) => n + 1));
	}
});

test('what a newer program wrote is refused in words', () => {
	const codec = createCodec();
	expect(() => codec.decode(row({type: 'run.teleported'}))).toThrow(StorageProblem);
	expect(() => codec.decode(row({type: 'run.teleported'}))).toThrow(
		'Could not read event 7 of run_a: a newer Flotilla wrote it (run.teleported is unknown here). Update Flotilla',
	);
	expect(() => codec.decode(row({version: 2}))).toThrow(/run\.paused in version 2, known is 1/);
});

test('a body that is no JSON object is told as damage', () => {
	for (const body of ['{"by":', '[]', 'null', '1'])
		expect(() => createCodec().decode(row({body}))).toThrow(/event 7 \(run\.paused\).*damaged/);
});
