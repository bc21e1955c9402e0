import {describe, expect, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {createContext} from '../../source/boot/context.ts';
import {createDefects} from '../../source/boot/defects.ts';
import {createHomeDeeds} from '../../source/boot/home-deeds.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {readRun} from '../../source/boot/read-run.ts';
import {withLog} from '../../source/boot/with-log.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summaryOf} from '../db/sample-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {temporaryFolder} from './temporary-folder.ts';

const runId: RunId = 'run_a1';

/** Deeds on a run that waits for its plan, or makes it, with an engine of this process for each. */
const open = (offline: boolean, stage: 'proposed' | 'planning' = 'proposed') => {
	const {flags} = parseArguments([], '1.2.3');
	const env = {FLOTILLA_HOME: temporaryFolder(), FLOTILLA_NO_DAEMON: '1'};
	const context = createContext(flags, fakeTerminal(true).terminal, env, {}, '1.2.3');
	const events = makeEvents({runId, stage, offline});
	const log = createEventLog(openDatabase(context.paths.database));
	log.append(events, [summaryOf(events)]);
	log.close();
	const defects = createDefects();
	return {
		deeds: createHomeDeeds(context, defects),
		status: () => withLog(context, log => readRun(log, runId)).status,
		defects,
	};
};

describe('what home does to a run', () => {
	test('is done by the engine that is joined for it, and let go', async () => {
		const {deeds, status, defects} = open(true);
		expect(await deeds.pause(runId)).toEqual({done: true, words: 'Paused run_a1.'});
		expect(status()).toEqual({kind: 'paused', by: 'person'});
		const stopping = deeds.stop(runId);
		await deeds.settled();
		expect(await stopping).toEqual({done: true, words: 'Stopped run_a1.'});
		expect(status()).toMatchObject({kind: 'ended', outcome: 'stopped'});
		expect(defects.signal.aborted).toBe(false);
	});

	test('is refused in words where nothing would go on, or a key is missing', async () => {
		const {deeds, status} = open(false);
		const leftOff = open(true, 'planning');
		expect(await leftOff.deeds.pause(runId)).toMatchObject({
			done: false,
			words: expect.stringContaining('flotilla resume'),
		});
		expect(await deeds.pause(runId)).toMatchObject({done: false, words: expect.stringContaining('ANTHROPIC_API_KEY')});
		expect(status().kind).toBe('active');
		// Who does no more work needs no key.
		expect(await deeds.stop(runId)).toEqual({done: true, words: 'Stopped run_a1.'});
	});
});
