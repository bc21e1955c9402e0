import {describe, expect, test} from 'vitest';
import {type NoticeKind, noticeCode, noticeOf} from '../../source/boot/notice.ts';
import {openTui} from '../../source/boot/run-tui.tsx';
import type {RunEvent} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createTerminal} from '../support/terminal.ts';

const limit = {scope: 'run', what: 'money', limit: 10, agentId: undefined, stepId: undefined} as const;
const opened: RunEvent = {
	type: 'request.opened',
	requestId: 'request_new',
	agentId: undefined,
	stepId: undefined,
	ask: {kind: 'plan'},
};
const ended = (outcome: 'done' | 'failed' | 'stopped'): RunEvent => ({
	type: 'run.ended',
	outcome,
	reason: '9 steps done',
	failure: undefined,
});

describe('a notice', () => {
	const working = makeRun();
	const noticeAfter = (before: Run, event: RunEvent): string | undefined =>
		noticeOf(before, evolve(before, {runId: before.id, at: before.lastEventAt, event}));

	test('tells what a person who looks elsewhere should hear of', () => {
		const planning = makeRun({stage: 'planning', goal: 'Count'});
		expect(noticeAfter(planning, opened)).toBe('1 waits for you: Count');
		expect(noticeAfter(working, opened)).toMatch(/^\d+ wait for you: /);
		expect(noticeAfter(working, {type: 'budget.warned', used: 9, ...limit})).toMatch(/^a limit is nearly used up: /);
		expect(noticeAfter(working, ended('done'))).toBe('done: 9 steps done');
		expect(noticeAfter(working, ended('failed'))).toBe('failed: 9 steps done');
	});

	test('tells nothing of anything else', () => {
		expect(noticeAfter(working, ended('stopped'))).toBeUndefined();
		expect(noticeAfter(working, {type: 'run.winds_up'})).toBeUndefined();
		const done = makeRun({stage: 'done'});
		expect(noticeAfter(done, {type: 'run.suspended'})).toBeUndefined();
		const proposed = makeRun({stage: 'proposed'});
		const [asked] = proposed.requests;
		if (asked === undefined) throw new Error('A proposed plan is asked about.');
		expect(noticeAfter(proposed, {type: 'request.withdrawn', requestId: asked.id})).toBeUndefined();
	});

	test('cannot be made to say anything else to the terminal', () => {
		expect(noticeCode('desktop', 'a goal\u0007\u001b]52;c;eA==\u0007\n\u009c')).toBe(
			'\u001b]9;flotilla: a goal \u0007',
		);
		expect(noticeCode('bell', 'x')).toBe('\u0007');
		expect(noticeCode('off', 'x')).toBe('');
	});
});

/** What a window writes while a plan is proposed. */
const writtenBy = async (notify: NoticeKind | undefined): Promise<string> => {
	const events = makeEvents({stage: 'proposed', goal: 'Count the boats'});
	const {streams, emulator, written} = createTerminal({columns: 80, rows: 24});
	const fleet = createMemoryFleet(events.slice(0, 2));
	const clock = createManualClock();
	const listeners: Listener[] = [];
	const port: FleetPort = {
		...fleet.port,
		subscribe: (from, listener) => {
			listeners.push(listener);
			return fleet.port.subscribe(from, listener);
		},
	};
	const tui = openTui({
		...streams,
		...(notify === undefined ? {} : {notify}),
		port,
		runId: fleet.run().id,
		noColor: false,
		screenReader: false,
		reducedMotion: true,
		clock,
	});
	await tui.drawn();
	for (const {onEvents} of listeners) onEvents(events.slice(2));
	clock.advance(100);
	await tui.drawn();
	tui.close();
	await tui.closed;
	emulator.dispose();
	return written();
};

describe('an open window', () => {
	const notice = '\u001b]9;flotilla: 1 waits for you: Count the boats\u0007';

	test('calls its person once, in the way that was chosen', async () => {
		expect((await writtenBy('desktop')).split(notice)).toHaveLength(2);
		const bell = await writtenBy('bell');
		expect(bell).not.toContain('\u001b]9;');
		// The other bells end the title of the terminal.
		expect(bell.replaceAll(/\u001b\][^\u0007]*\u0007/g, '').split('\u0007')).toHaveLength(2);
	});

	test('does not call unless it was chosen', async () => {
		const quiet = await writtenBy(undefined);
		expect(quiet).not.toContain('\u001b]9;');
		expect(quiet.replaceAll(/\u001b\][^\u0007]*\u0007/g, '')).not.toContain('\u0007');
	});
});
