import {expect, it} from 'vitest';
import {findRun} from '../../source/boot/find-run.ts';
import {openStore} from '../db/open-store.ts';
import {created, newEvents, summaryOf} from '../db/sample-events.ts';

const openRuns = () => {
	const {log} = openStore();
	for (const id of ['run_1ab', 'run_1abc', 'run_2x'] as const) {
		const events = newEvents(id, [created(id)]);
		log.append(events, [summaryOf(events)]);
	}
	return log;
};

it('finds a run by its id or the beginning of it, with or without run_', () => {
	const log = openRuns();
	expect(findRun(log, 'run_2x')).toBe('run_2x');
	expect(findRun(log, '2')).toBe('run_2x');
	expect(() => findRun(log, '1a')).toThrow('"1a" fits 2 runs: run_1abc, run_1ab. Type more of the id.');
	expect(() => findRun(log, '3')).toThrow('There is no run "3".');
});

it('means the run whose whole id was said, also where that begins another one’s', () => {
	const log = openRuns();
	expect(findRun(log, 'run_1ab')).toBe('run_1ab');
	expect(findRun(log, '1ab')).toBe('run_1ab');
	expect(findRun(log, '1abc')).toBe('run_1abc');
});
