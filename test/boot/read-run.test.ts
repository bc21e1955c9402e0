import {expect, test} from 'vitest';
import {readRun} from '../../source/boot/read-run.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import {openStore} from '../db/open-store.ts';
import {makeEvents} from '../support/make-run.ts';

test('a run that was read in part, as by a window that was left early, is read on from there', () => {
	const {log, keep} = openStore();
	const events = makeEvents({runId: 'run_a', steps: 3, stage: 'done'});
	keep(events);
	const whole = readRun(log, 'run_a');
	expect(whole.status.kind).toBe('ended');
	for (const n of [1, Math.floor(events.length / 2), events.length]) {
		const run = events.slice(0, n).reduce<Run | undefined>(evolve, undefined);
		const seq = events[n - 1]?.seq ?? 0;
		if (run === undefined) throw new Error('There is no run.');
		expect(readRun(log, 'run_a', {run, seq})).toEqual(whole);
	}
});
