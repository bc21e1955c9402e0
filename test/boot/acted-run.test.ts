import {describe, expect, it} from 'vitest';
import {actedRun} from '../../source/boot/acted-run.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summarize} from '../../source/domain/run.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';
import {openTempLog} from '../support/temp-log.ts';

const addRun = (log: EventLog, runId: RunId, dir: string, stage: 'proposed' | 'working' = 'proposed'): void =>
	void log.append(makeEvents({runId, dir, stage}), [summarize(makeRun({runId, dir, stage}))]);

/** One run of the folder of this test, and one of another folder. */
const twoRuns = (): EventLog => {
	const log = openTempLog();
	addRun(log, 'run_here01', process.cwd());
	addRun(log, 'run_other2', '/elsewhere');
	return log;
};

describe('the run that is acted on', () => {
	it.each([
		['approve', ['1'], 'other', 'run_other2', ['1']],
		['approve', ['request_other2_1'], undefined, 'run_other2', ['request_other2_1']],
		['create', ['agent_other2_1 is late'], undefined, 'run_here01', ['agent_other2_1 is late']],
		['create', ['agent_other2_1'], undefined, 'run_here01', ['agent_other2_1']],
		['pause', [], undefined, 'run_here01', []],
		['pause', ['other'], undefined, 'run_other2', []],
		['pause', ['run_oth'], undefined, 'run_other2', []],
		['pause', ['scout-1'], undefined, 'run_here01', ['scout-1']],
		['continue', ['1'], 'run_other2', 'run_other2', ['1']],
		['stop', ['other2'], undefined, 'run_other2', []],
	] as const)('by %s %j with --run %s', (verb, words, named, runId, rest) => {
		expect(actedRun(twoRuns(), verb, words, named)).toEqual({runId, words: rest});
	});

	it('is that of this folder where a word begins the name of one of its agents, and another run as well', () => {
		const log = twoRuns();
		const [agent] = makeRun({runId: 'run_here01', stage: 'proposed'}).agents;
		const name = agent?.name ?? '';
		addRun(log, `run_${name.slice(0, 3)}9`, '/elsewhere');
		expect(actedRun(log, 'pause', [name.slice(0, 3)], undefined)).toEqual({
			runId: 'run_here01',
			words: [name.slice(0, 3)],
		});
		expect(actedRun(log, 'pause', [`${name.slice(0, 3)}9`], undefined).words).toEqual([]);
	});

	it('is the one where a request waits that is named by its number, in whatever folder', () => {
		const log = twoRuns();
		expect(() => actedRun(log, 'approve', ['request_1'], undefined)).toThrow(
			/request_1 is open in 2 runs\. Say which is meant:\n {2}flotilla approve request_other2_1\n {2}flotilla approve request_here01_1$/,
		);
		expect(() => actedRun(log, 'reply', ['1', 'yes'], undefined)).toThrow(
			/\n {2}flotilla reply request_other2_1 "<text>"\n/,
		);
		expect(() => actedRun(log, 'deny', ['7'], undefined)).toThrow(
			'No request_7 is open in any run. Open: request_other2_1, request_here01_1. `flotilla inbox` lists what waits.',
		);
		const late = openTempLog();
		addRun(late, 'run_other2', '/elsewhere');
		addRun(late, 'run_third3', '/elsewhere', 'working');
		expect(actedRun(late, 'approve', ['1'], undefined)).toEqual({runId: 'run_other2', words: ['1']});
		const [waits] = makeRun({runId: 'run_third3'}).requests.filter(({status}) => status.kind === 'open');
		const number = waits?.id.split('_')[2] ?? '';
		expect(actedRun(late, 'deny', [number], undefined).runId).toBe('run_third3');
		expect(() => actedRun(late, 'deny', ['1', number], undefined)).toThrow('No run has request_1 and request_');
	});

	it('is the one of this folder of a request that was answered there, and else the answer is told', () => {
		const log = openTempLog();
		addRun(log, 'run_third3', '/elsewhere', 'working');
		expect(() => actedRun(log, 'approve', ['1'], undefined)).toThrow(
			/^No request_1 is open in any run\. request_third3_1 of run_third3 was answered already\. Open: /,
		);
		addRun(log, 'run_here01', process.cwd(), 'working');
		expect(actedRun(log, 'approve', ['1'], undefined).runId).toBe('run_here01');
	});

	it('is none of another folder, unless it is named', () => {
		const log = openTempLog();
		addRun(log, 'run_other2', '/elsewhere');
		expect(() => actedRun(log, 'pause', [], undefined)).toThrow(/No run works on .* --run/);
	});

	it('is none when there is no such run', () => {
		expect(() => actedRun(twoRuns(), 'stop', ['nothing'], undefined)).toThrow(/no run "nothing"/);
		expect(() => actedRun(openTempLog(), 'pause', [], undefined)).toThrow(/no runs yet/);
	});
});
