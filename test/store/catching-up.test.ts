import {expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {createCatchingUp} from '../../store/catching-up.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun({});
const event = (seq: number): Stamped => ({seq, at: 0, runId: run.id, cause: 'tick', event: {type: 'run.resumed'}});

test('without a head there is nothing to catch up with', () => {
	const catchingUp = createCatchingUp(undefined);
	expect(catchingUp.ahead()).toBeUndefined();
	expect(catchingUp.percent()).toBeUndefined();
});

test('the head is shown until the event it stands for has come', () => {
	const catchingUp = createCatchingUp({run, seq: 300});
	expect(catchingUp.ahead()).toBe(run);
	expect(catchingUp.percent()).toBe(0);
	for (const [seq, percent] of [
		[100, 0],
		[109, 0],
		[110, 5],
		[299, 95],
	] as const) {
		catchingUp.event(event(seq));
		expect(catchingUp.percent()).toBe(percent);
		expect(catchingUp.ahead()).toBe(run);
	}
	catchingUp.event(event(300));
	expect(catchingUp.ahead()).toBeUndefined();
	expect(catchingUp.percent()).toBeUndefined();
});
