import {writeFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {writeArchive} from '../../source/boot/archive.ts';
import {createContext} from '../../source/boot/context.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {openWaitingSource} from '../../source/boot/waiting-source.ts';
import type {RunId} from '../../source/domain/id.ts';
import {summaryOf} from '../db/sample-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {temporaryFolder} from './temporary-folder.ts';

const openSource = () => {
	const {flags} = parseArguments([], '1.2.3');
	const home = temporaryFolder();
	const context = createContext(flags, fakeTerminal(true).terminal, {FLOTILLA_HOME: home}, {}, '1.2.3');
	const clock = createManualClock();
	const source = openWaitingSource(context, clock);
	onTestFinished(source.close);
	let calls = 0;
	onTestFinished(
		source.watch(() => {
			calls++;
		}),
	);
	const keep = (runId: RunId): void => {
		const events = makeEvents({runId, stage: 'proposed'});
		const log = createEventLog(openDatabase(context.paths.database));
		log.append(events, [summaryOf(events)]);
		log.close();
	};
	return {source, clock, keep, paths: context.paths, calls: () => calls};
};

const runsOf = ({source}: ReturnType<typeof openSource>): readonly RunId[] => source.read().map(({runId}) => runId);

test('what waits is told within half a second, once, also where nothing was stored at first', () => {
	const open = openSource();
	expect(runsOf(open)).toEqual([]);
	open.keep('run_a');
	open.clock.advance(500);
	expect(runsOf(open)).toEqual(['run_a']);
	open.clock.advance(5000);
	expect(open.calls()).toBe(1);
});

test('runs that are out of sight are left out', () => {
	const open = openSource();
	writeArchive(open.paths.archive, 'run_a', true);
	open.keep('run_a');
	open.keep('run_b');
	open.clock.advance(500);
	expect(runsOf(open)).toEqual(['run_b']);
});

test('a file that cannot be understood keeps no window from being open', () => {
	const open = openSource();
	open.keep('run_a');
	open.clock.advance(500);
	writeFileSync(open.paths.archive, 'nonsense');
	open.keep('run_b');
	open.clock.advance(500);
	expect(runsOf(open)).toEqual(['run_a']);
});
