import {describe, expect, it} from 'vitest';
import {actedRun} from '../../source/boot/acted-run.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summarize} from '../../source/domain/run.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';
import {openTempLog} from '../support/temp-log.ts';

const addRun = (log: EventLog, runId: RunId, dir: string): void =>
	void log.append(makeEvents({runId, dir, stage: 'proposed'}), [summarize(makeRun({runId, dir, stage: 'proposed'}))]);

/** One run of the folder of this test, and one of another folder. */
const twoRuns = (): EventLog => {
	const log = openTempLog();
	addRun(log, 'run_here01', process.cwd());
	addRun(log, 'run_other2', '/elsewhere');
	return log;
};

describe('the run that is acted on', () => {
	it.each([
		['approve', ['1'], undefined, 'run_here01', ['1']],
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
