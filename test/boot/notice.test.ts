import {describe, expect, test} from 'vitest';
import {type Claim, createClaims} from '../../source/boot/claims.ts';
import {readEnvironment} from '../../source/boot/environment.ts';
import {type NoticeKind, noticeCode, noticeOf, noticeOfOthers} from '../../source/boot/notice.ts';
import {openTui} from '../../source/boot/run-tui.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Run} from '../../source/domain/run.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createTerminal} from '../support/terminal.ts';
import {createWaitingList, waitingOf} from '../support/waiting-list.ts';
import {temporaryFolder} from './temporary-folder.ts';

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
		expect(noticeAfter(planning, opened)).toBe('flotilla asks: approve the plan of 0 steps');
		expect(noticeAfter(working, opened)).toBe('flotilla asks: approve the plan of 9 steps (2 wait for you)');
		const [asker] = working.agents;
		const question = {kind: 'question', callId: 'call_new_1', question: 'Old or new?', choices: []} as const;
		expect(noticeAfter(working, {...opened, agentId: asker?.id, ask: question})).toBe(
			'planner-1 asks: Old or new? (2 wait for you)',
		);
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

	test('says how many there are, and nothing of what another screen has told already', () => {
		const planning = makeRun({stage: 'planning', goal: 'Count'});
		const after = [1, 2, 3].reduce(
			(run, n) =>
				evolve(run, {runId: run.id, at: run.lastEventAt, event: {...opened, requestId: `request_new_${n}` as const}}),
			planning,
		);
		expect(noticeOf(planning, after)).toBe('flotilla asks: approve the plan of 0 steps and 2 more');
		const claim = ({requestId}: {readonly requestId: string}): boolean => requestId === 'request_new_3';
		expect(noticeOf(planning, after, {claim, elsewhere: 2})).toBe(
			'flotilla asks: approve the plan of 0 steps (5 wait for you)',
		);
		expect(noticeOf(planning, after, {claim: () => false, elsewhere: 2})).toBeUndefined();
	});

	test('tells of other runs who asks, in which run, and how many more there are, however long the question', () => {
		const question = {kind: 'question', callId: 'call_x_1', question: 'Old or new? '.repeat(50), choices: []} as const;
		const mill = waitingOf('run_mill', 1, question);
		const weir = waitingOf('run_weir', 2);
		const all = {claim: () => true, here: 0};
		expect(noticeOfOthers([], [mill, weir], all)).toMatch(/^miller-1 asks in “Mend the mill”: Old or .*… and 1 more$/);
		expect(noticeOfOthers([mill], [mill, weir], {...all, here: 1})).toBe(
			'flotilla asks in “Mend the weir”: Approve the plan? (3 wait for you)',
		);
		expect(noticeOfOthers([mill, weir], [weir], all)).toBeUndefined();
		const written = noticeCode('desktop', noticeOfOthers([], [mill, weir], all) ?? '', {code: 9, tmux: false});
		expect(written).toContain('and 1 more');
	});

	test('cannot be made to say anything else to the terminal', () => {
		const hostile = 'a goal\u0007\u001b]52;c;eA==\u0007\n\u009c';
		const code = (form: 9 | 99 | 777): string => noticeCode('desktop', hostile, {code: form, tmux: false});
		expect(code(9)).toBe('\u001b]9;flotilla: a goal \u0007');
		expect(code(99)).toBe('\u001b]99;;flotilla: a goal \u001b\\');
		expect(code(777)).toBe('\u001b]777;notify;flotilla;a goal \u0007');
		const plain = {code: 9, tmux: false} as const;
		expect(noticeCode('bell', 'x', plain)).toBe('\u0007');
		expect(noticeCode('off', 'x', plain)).toBe('');
	});

	test('goes through tmux to the terminal around it', () => {
		expect(noticeCode('desktop', 'x', {code: 9, tmux: true})).toBe(
			'\u001bPtmux;\u001b\u001b]9;flotilla: x\u0007\u001b\\',
		);
		expect(noticeCode('bell', 'x', {code: 9, tmux: true})).toBe('\u0007');
		expect(readEnvironment({TMUX: '/tmp/tmux,1,0', TERM: 'tmux-256color'}).noticeForm).toEqual({code: 9, tmux: true});
		expect(readEnvironment({TERM: 'xterm-kitty'}).noticeForm).toEqual({code: 99, tmux: false});
		expect(readEnvironment({TERM: 'xterm-256color', VTE_VERSION: '7600'}).noticeForm).toEqual({code: 777, tmux: false});
	});
});

/** What a window writes while a plan is proposed, or while it hears that one was before it was opened. */
const writtenBy = async (notify: NoticeKind | undefined, focus = '\u001b[O', openedMs = 0): Promise<string> => {
	const events = makeEvents({stage: 'proposed', goal: 'Count the boats'});
	const {streams, emulator, written} = createTerminal({columns: 80, rows: 24});
	const fleet = createMemoryFleet(events.slice(0, 2));
	const clock = createManualClock(fleet.run().lastEventAt + openedMs);
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
	// The terminal says first whether it tells of its focus at all.
	await new Promise<void>(resolve => emulator.write('', resolve));
	streams.stdin.write(focus);
	await tui.drawn();
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
	const notice = '\u001b]9;flotilla: flotilla asks: approve the plan of 9 steps\u0007';

	test('calls its person once, in the way that was chosen', async () => {
		expect((await writtenBy('desktop')).split(notice)).toHaveLength(2);
		const bell = await writtenBy('bell');
		expect(bell).not.toContain('\u001b]9;');
		// The other bells end the title of the terminal.
		expect(bell.replaceAll(/\u001b\][^\u0007]*\u0007/g, '').split('\u0007')).toHaveLength(2);
	});

	test('does not call who looks at it, and asks the terminal for that no longer when it is closed', async () => {
		for (const focus of ['', '\u001b[I', '\u001b[O\u001b[I']) {
			const written = await writtenBy('desktop', focus);
			expect(written).toContain('\u001b[?1004h');
			expect(written).not.toContain('\u001b]9;');
			expect(written.lastIndexOf('\u001b[?1004l')).toBeGreaterThan(written.lastIndexOf('\u001b[?1004h'));
		}
		expect(await writtenBy('off')).not.toContain('1004');
	});

	test('does not call for what had happened before', async () => {
		expect(await writtenBy('desktop', '\u001b[O', 3_600_000)).not.toContain(notice);
	});

	test('does not call unless it was chosen', async () => {
		const quiet = await writtenBy(undefined);
		expect(quiet).not.toContain('\u001b]9;');
		expect(quiet.replaceAll(/\u001b\][^\u0007]*\u0007/g, '')).not.toContain('\u0007');
	});
});

describe('what waits in another run', () => {
	const weir = waitingOf('run_weir', 1);
	const mill = waitingOf('run_mill', 2);

	/** What a window on a run that is done writes while others begin to wait. */
	const writtenFor = async (focus: string, claim: Claim = () => true): Promise<string> => {
		const fleet = createMemoryFleet(makeEvents({stage: 'done'}));
		const {streams, emulator, written} = createTerminal({columns: 80, rows: 24});
		const clock = createManualClock();
		const waiting = createWaitingList([weir]);
		const tui = openTui({
			...streams,
			port: fleet.port,
			runId: fleet.run().id,
			noColor: false,
			screenReader: false,
			reducedMotion: true,
			notify: 'desktop',
			claim,
			waiting,
			clock,
		});
		await new Promise<void>(resolve => emulator.write('', resolve));
		streams.stdin.write(focus);
		await tui.drawn();
		await tui.drawn();
		for (const list of [[weir, mill], [mill], [mill]]) {
			waiting.become(list);
			clock.advance(100);
			await tui.drawn();
		}
		tui.close();
		await tui.closed;
		emulator.dispose();
		return written();
	};

	test('is told once by an open window, on the edge, and not to who looks at it', async () => {
		const notice = 'flotilla asks in “Mend the mill”: Approve the plan? (2 wait for you)';
		const written = await writtenFor('\u001b[O');
		expect(written.split(notice)).toHaveLength(2);
		expect(written).not.toContain('Mend the weir”: Approve');
		expect(await writtenFor('\u001b[I')).not.toContain('asks in');
	});

	test('is told by one of two windows, and by none when a person looks at the first', async () => {
		const dir = temporaryFolder();
		const claim = createClaims(dir, () => 0);
		expect(await writtenFor('\u001b[O', claim)).toContain('asks in');
		expect(
			await writtenFor(
				'\u001b[O',
				createClaims(dir, () => 0),
			),
		).not.toContain('asks in');
		const other = temporaryFolder();
		expect(
			await writtenFor(
				'\u001b[I',
				createClaims(other, () => 0),
			),
		).not.toContain('asks in');
		expect(
			await writtenFor(
				'\u001b[O',
				createClaims(other, () => 0),
			),
		).not.toContain('asks in');
	});
});
