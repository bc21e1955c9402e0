import {expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import type {RunAt} from '../../source/domain/run.ts';
import type {Listener} from '../../source/engine/port.ts';
import {createCatchingUp} from '../../store/catching-up.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun({});
const event = (seq: number, type: 'run.resumed' | 'run.suspended' = 'run.resumed'): Stamped => ({
	seq,
	at: 0,
	runId: run.id,
	cause: 'tick',
	event: {type},
});

const open = (head: RunAt | undefined) => {
	const asked: unknown[] = [];
	const signals: string[] = [];
	let listener: Listener | undefined;
	let changes = 0;
	const catchingUp = createCatchingUp({
		port: {
			subscribe: (cursor, its) => {
				asked.push(cursor);
				listener = its;
				return () => {
					listener = undefined;
				};
			},
		},
		runId: run.id,
		head,
		onChange: () => {
			changes++;
		},
		onSignal: ({type}) => void signals.push(type),
	});
	return {catchingUp, asked, signals, now: () => listener, changes: () => changes};
};

test('without a head there is nothing to catch up with', () => {
	const {catchingUp, asked} = open(undefined);
	expect(catchingUp.ahead()).toBeUndefined();
	expect(catchingUp.percent()).toBeUndefined();
	expect(asked).toEqual([]);
});

test('the head stands for the run until its last event has come', () => {
	const {catchingUp, now} = open({run, seq: 300});
	expect(catchingUp.ahead()?.run).toBe(run);
	expect(catchingUp.percent()).toBe(0);
	for (const [seq, percent] of [
		[100, 0],
		[109, 0],
		[110, 5],
		[299, 95],
	] as const) {
		catchingUp.event(event(seq));
		expect(catchingUp.percent()).toBe(percent);
		expect(catchingUp.ahead()?.run).toBe(run);
	}
	catchingUp.event(event(300));
	expect(catchingUp.ahead()).toBeUndefined();
	expect(catchingUp.percent()).toBeUndefined();
	expect(now()).toBeUndefined();
});

test('the head goes on with what happens meanwhile, which is caught up with as well', () => {
	const {catchingUp, asked, signals, now, changes} = open({run, seq: 300});
	expect(asked).toEqual([{after: 300, runId: run.id}]);
	now()?.onEvents([event(302, 'run.suspended')]);
	expect(catchingUp.ahead()).toMatchObject({run: {suspended: true}, seq: 302});
	expect(changes()).toBe(1);
	now()?.onSignal({type: 'storage', state: 'waiting', message: 'The disk is full.'});
	now()?.onSignal({
		type: 'turn.delta',
		runId: run.id,
		agentId: 'agent_a_1',
		turnId: 'turn_a_1',
		kind: 'text',
		text: 'a',
	});
	expect(signals).toEqual(['storage']);
	catchingUp.event(event(300));
	expect(catchingUp.ahead()?.seq).toBe(302);
	catchingUp.event(event(302, 'run.suspended'));
	expect(catchingUp.ahead()).toBeUndefined();
});
