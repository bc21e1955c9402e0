import {afterEach, describe, expect, test} from 'vitest';
import {planRows} from '../../components/panes/plan-tree.ts';
import {runTui} from '../../source/boot/run-tui.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests} from '../../source/domain/run.ts';
import type {FleetPort, Listener} from '../../source/engine/port.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {createTerminal} from '../support/terminal.ts';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (made: MakeRunOptions = {}, options: Partial<RobotOptions> = {}) => {
	const opened = await openRobot(made, options);
	robots.push(opened.robot);
	return opened;
};

const portOf = (events: ReturnType<typeof makeEvents>) => {
	const fleet = createMemoryFleet(events);
	return {port: fleet.port, runId: fleet.run().id};
};

/** How the last step of a made run and the run itself end, and the way to another end of both. */
const lastEvents = () => {
	const events = makeEvents({stage: 'done'});
	const ended = events.findLast(({event}) => event.type === 'run.ended');
	const finished = events.findLast(({event}) => event.type === 'step.finished');
	if (ended?.event.type !== 'run.ended' || finished?.event.type !== 'step.finished')
		throw new Error('The made run has an end.');
	return {
		ended: ended.event,
		finished: finished.event,
		withEnd: (ofStep: RunEvent, ofRun: RunEvent) =>
			portOf([
				...events.slice(0, events.indexOf(finished)),
				{...finished, event: ofStep},
				...events.slice(events.indexOf(finished) + 1, events.indexOf(ended)),
				{...ended, event: ofRun},
			]),
	};
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

describe.each(sizes)('the window at $columns×$rows', size => {
	test('shows plan, agents, log and cost, and fills the screen exactly', async () => {
		const {robot} = await open({agents: 12}, size);
		// Where not all have room, the one that is gone to has it.
		for (const [key, title] of Object.entries({1: '1 plan', 2: '2 agents (12)', 3: '3 log', 4: '4 cost'})) {
			await robot.press(key);
			await robot.sees(`▸ ${title}`);
		}
		expect(robot.screen()).toHaveLength(size.rows);
		for (const line of robot.screen()) expect(line.length).toBeLessThanOrEqual(size.columns);
		expect(robot.screen()[size.rows - 1]).toContain('next request');
	});

	test('approves one step, rejects one with a reason, edits one, and approves the rest', async () => {
		const {robot, fleet} = await open({stage: 'proposed'}, size);
		await robot.press('j', 'a');
		await robot.press('j', 'x');
		await robot.sees('Reject a step');
		await robot.type('too soon');
		await robot.sees('too soon');
		await robot.press('enter');
		await robot.seesNo('Reject a step');
		await robot.press('j', 'e');
		await robot.sees('Edit tests');
		await robot.press('enter');
		await robot.type(' and docks\r');
		await robot.sees('harbour and docks');
		await robot.press('esc');
		await robot.seesNo('Edit tests');
		await robot.press('A');
		const status = Object.fromEntries(stepsOf(fleet.run().plan).map(({key, status: {kind}}) => [key, kind]));
		expect(status).toMatchObject({scout: 'working', api: 'approved', store: 'rejected', tests: 'approved'});
		expect(stepsOf(fleet.run().plan).find(({key}) => key === 'tests')?.title).toBe(
			'Weigh the tests of the harbour and docks',
		);
		await robot.sees('rejected');
	});

	test('shows why an edit is refused, and keeps what was entered', async () => {
		const {robot} = await open({stage: 'proposed'}, size);
		await robot.press('e', 'enter', 'ctrl+u');
		await robot.sees('The title is empty');
		await robot.press('enter');
		await robot.sees('The title is empty');
		await robot.type('Look twice');
		await robot.seesNo('The title is empty');
		await robot.press('esc', 'esc');
		await robot.seesNo('Look twice');
	});

	test('creates, messages, interrupts and kills an agent', async () => {
		const {robot, fleet} = await open({}, size);
		await robot.press('2', 'n');
		await robot.type('Count the gulls');
		await robot.press('ctrl+s');
		await robot.seesNo('New agent');
		expect(fleet.run().agents.at(-1)?.assignment.objective).toBe('Count the gulls');
		await robot.press('G');
		const listed = async (word: string): Promise<void> => robot.sees(word);
		await robot.press('g', 'm');
		await robot.sees(/to \S+ ❯/);
		await robot.type('stay calm\r');
		await robot.seesNo(/to \S+ ❯/);
		expect(fleet.commands.at(-1)).toMatchObject({type: 'agent.message', text: 'stay calm'});
		await robot.press('i');
		expect(fleet.commands.at(-1)?.type).toBe('agent.interrupt');
		await listed('interrupted');
		await robot.press('K');
		await robot.reads('does not come back');
		await robot.press('y');
		await robot.seesNo('let it live');
		expect(fleet.commands.at(-1)?.type).toBe('agent.kill');
	});

	test('opens a transcript, follows it live, and searches in it', async () => {
		const {robot, fleet} = await open({}, size);
		const agent = fleet.run().agents.find(({turn, turns}) => turn !== undefined && turns > 0);
		if (agent?.turn === undefined) throw new Error('The made run has an agent at work.');
		const at = planRows(fleet.run().plan).findIndex(({step}) => step.id === agent.stepId);
		await robot.press('g', ...Array.from({length: at}, () => 'j'));
		await robot.press('enter');
		await robot.sees('I read the harbour first.');
		fleet.signal({
			type: 'turn.delta',
			runId: fleet.run().id,
			agentId: agent.id,
			turnId: agent.turn.id,
			kind: 'text',
			text: 'The tide is turning\u001b[2J',
		});
		await robot.wait(100);
		await robot.sees('The tide is turning');
		await robot.press('/');
		await robot.type('berth\r');
		await robot.sees(/\d+ of \d+ for berth/);
		const before = robot.screen().join('\n');
		await robot.press('N');
		expect(robot.screen().join('\n')).not.toBe(before);
		await robot.press('n', 'esc', 'esc');
		await robot.sees('1 plan');
	});

	test('answers requests one after the other and then goes back', async () => {
		const {robot, fleet} = await open({agents: 20}, size);
		const count = openRequests(fleet.run()).length;
		expect(count).toBeGreaterThan(2);
		await robot.press('w');
		await robot.sees(`Requests (${count})`);
		for (let left = count; left > 0; left--) {
			await robot.sees(`Requests (${left})`);
			await robot.press('d');
			await robot.type(`no ${left}`);
			await robot.press('enter');
		}
		await robot.sees('1 plan');
		expect(openRequests(fleet.run())).toEqual([]);
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toHaveLength(count);
		expect(fleet.commands.filter(({type}) => type === 'request.see')).toHaveLength(count);
	});
});

describe('the window', () => {
	test('shows every key in the help', async () => {
		const {robot} = await open({}, {columns: 120, rows: 40});
		await robot.press('?');
		await robot.sees('╭─ Keys');
		let shown = robot.screen().join('\n');
		while (robot.screen().some(line => line.includes('↓ more'))) {
			await robot.press('pagedown');
			shown += robot.screen().join('\n');
		}
		for (const id of actionIds) expect(shown).toContain(` ${builtInKeys.bindingOf(id).title} `);
		await robot.press('q');
		await robot.seesNo('╭─ Keys');
	});

	test('says in the help that there is more of it, and how to see it', async () => {
		const {robot} = await open();
		await robot.press('?');
		await robot.sees('↓ more');
		await robot.seesNo('↑ more');
		await robot.sees('PgDn page down');
		await robot.press('G');
		await robot.sees('↑ more');
		await robot.seesNo('↓ more');
	});

	test.each(sizes)('begins in the help with the keys of the place it was opened in at $columns×$rows', async size => {
		const {robot} = await open({}, size);
		const begins = async (group: string, ...keys: readonly string[]): Promise<void> => {
			await robot.press(...keys, '?');
			await robot.sees(new RegExp(`╭─ Keys .*\n│ ?${group} `));
			await robot.press('esc');
		};
		await begins('Plan', '1');
		await begins('Agents', '2');
		await begins('Transcript', 'g', 'enter');
		await begins('Log', 'q', '3');
		await begins('Cost', '4');
		await begins('Files', 'd');
	});

	test('always has room for help and quit in the footer', async () => {
		const {robot} = await open({stage: 'proposed'});
		for (const pane of ['1', '2', '3', '4']) {
			await robot.press(pane);
			expect(robot.screen()[23]).toMatch(/\? help {2}q quit$/);
		}
	});

	test('marks the focused pane with more than a colour', async () => {
		const {robot} = await open();
		await robot.sees('▸ 1 plan');
		await robot.press('2');
		await robot.sees('▸ 2 agents');
		await robot.seesNo('▸ 1 plan');
	});

	test('says how a run ended once, and how to go on from there', async () => {
		const {ended, finished, withEnd} = lastEvents();
		const {stepId, agentId} = finished;
		const failure = {kind: 'aborted', message: 'cut off'} as const;
		const {robot} = await open(
			{},
			{
				columns: 120,
				rows: 40,
				...withEnd(
					{type: 'step.failed', stepId, agentId, failure},
					{...ended, outcome: 'failed', reason: 'failed: review', failure},
				),
			},
		);
		await robot.press('1', 'G');
		await robot.sees(/^✕ failed: review · r: retry the failed step/m);
		await robot.press('k');
		await robot.seesNo('r: retry');
	});

	test.each(sizes)('names at $columns×$rows, beside the panes, the file that a run has left', async size => {
		const {ended, finished, withEnd} = lastEvents();
		const file = '/home/ada/.local/state/flotilla/runs/run_0123456789abcdef/outputs/berths.md';
		const packet = {...finished.packet, produced: [file]};
		const {robot} = await open({}, {...size, ...withEnd({...finished, packet}, ended)});
		await robot.sees(
			size.columns < 120 ? /^9 steps done · written: ….*\/berths\.md$/m : `9 steps done · written: ${file}`,
		);
		await robot.press('?');
		await robot.seesNo('written:');
		await robot.press('esc');
		await robot.sees('written:');
	});

	test('shows a step that reported FAIL as failed, and that it can be tried again', async () => {
		const {ended, finished, withEnd} = lastEvents();
		const packet = {...finished.packet, status: 'FAIL'} as const;
		const reason = 'reported FAIL: review';
		const {robot} = await open(
			{},
			{
				columns: 120,
				rows: 40,
				...withEnd({...finished, packet}, {...ended, outcome: 'failed', reason}),
			},
		);
		await robot.press('1', 'G');
		await robot.sees(/^✕ failed: reported FAIL: review · r: retry the failed step/m);
		await robot.sees('8 of 9 done');
		await robot.sees('✕ failed 1');
		await robot.press('#');
		await robot.sees(/✕ review/);
		await robot.seesNo(/● api/);
	});

	test('fits itself to a new size, smaller and larger, without a row too many', async () => {
		const {robot} = await open({agents: 12}, {columns: 120, rows: 40});
		for (const [columns, rows] of [
			[80, 24],
			[60, 20],
			[40, 10],
			[20, 5],
			[250, 70],
			[81, 24],
		] as const) {
			await robot.resize(columns, rows);
			await robot.sees('flotilla');
			expect(robot.screen()).toHaveLength(rows);
			expect(robot.screen()[0]).toMatch(/^flotilla/);
			if (rows > 5) await robot.sees(/w next[^\n]*$/);
		}
	});

	test('never clears the whole screen while things change', async () => {
		const {robot, fleet} = await open({agents: 12}, {columns: 120, rows: 40});
		await robot.press('tab');
		robot.written();
		for (const key of ['tab', 'j', '?', 'esc', 'w', 'esc', 'n', 'esc', 'm', 'esc']) await robot.press(key);
		for (let i = 0; i < 20; i++) {
			await fleet.port.send({type: i % 2 === 0 ? 'run.pause' : 'run.resume', runId: fleet.run().id});
			await robot.wait(100);
		}
		expect(robot.written()).not.toMatch(/\u001b\[[23]?J/);
	});

	test('writes nothing while nothing happens', async () => {
		const {robot, fleet} = await open({stage: 'done'});
		await robot.wait(1000);
		robot.written();
		await robot.wait(60_000);
		expect(robot.written()).toBe('');
		expect(robot.clock.waiting()).toBe(0);
		expect(fleet.run().status.kind).toBe('ended');
	});

	test('says in the title how many requests wait', async () => {
		const {robot, fleet} = await open();
		const count = openRequests(fleet.run()).length;
		expect(robot.title()).toBe(`flotilla: ${count} ${count === 1 ? 'waits' : 'wait'} for you`);
		await fleet.port.send({type: 'run.stop', runId: fleet.run().id, reason: 'enough'});
		await robot.wait(100);
		expect(robot.title()).toBe('flotilla');
	});

	test('puts the cursor where the text is, and hides it otherwise', async () => {
		const {robot} = await open({}, {columns: 120, rows: 40});
		expect(robot.cursor().hidden).toBe(true);
		await robot.press('2', 'm');
		await robot.type('wörter 漢字');
		const {x, y, hidden} = robot.cursor();
		expect(hidden).toBe(false);
		expect(robot.screen()[y]).toContain('wörter 漢字');
		const label = /to \S+ ❯ /.exec(robot.screen()[y] ?? '')?.[0].length ?? 0;
		expect(x).toBe(label + 7 + 4);
		await robot.press('esc');
		expect(robot.cursor().hidden).toBe(true);
	});

	test('takes a paste of several lines as text, and does nothing with it outside of texts', async () => {
		const {robot, fleet} = await open();
		await robot.paste('A\rA\r');
		await robot.sees('nowhere to paste');
		await robot.press('2', 'm');
		await robot.paste('one\ntwo');
		await robot.sees('one⏎two');
		expect(fleet.commands).toEqual([]);
	});

	test('filters the log', async () => {
		const {robot} = await open({}, {columns: 120, rows: 40});
		await robot.press('3', '/');
		await robot.type('interrupt\r');
		await robot.sees('filter "interrupt"');
		await robot.seesNo('wants to call');
		await robot.press('/', 'esc');
		await robot.seesNo('filter "');
	});

	test('stays where the person reads in the log, and says what is new', async () => {
		const {robot, fleet} = await open({}, {columns: 120, rows: 40});
		await robot.press('3', 'g');
		await robot.sees('The run begins');
		await fleet.port.send({type: 'run.pause', runId: fleet.run().id});
		await robot.wait(100);
		await robot.sees('The run begins');
		await robot.sees('1 new below');
		await robot.press('f');
		await robot.sees('The run is paused.');
	});

	test('draws without any colour when asked to', async () => {
		const {robot} = await open({agents: 12}, {noColor: true});
		await robot.press('?', 'esc', 'w', 'esc');
		const written = robot.written();
		expect(written).not.toMatch(/\u001b\[(?:[0-9;]*;)?(?:[349]|10)[0-9][0-9;]*m/);
		expect(written).toContain('\u001b[7m');
		await robot.sees('▸ 1 plan');
	});

	test('speaks instead of drawing for a screen reader', async () => {
		const {robot} = await open({}, {screenReader: true});
		await robot.sees('scout');
		expect(robot.written()).not.toContain('╭');
		await robot.press('~');
		await robot.reads('There is no list of runs behind this window: leave it, and `flotilla ls` lists them.');
		await robot.press('q', 'y');
		await robot.closed;
		expect(robot.written().split('Esc back').at(-1)).toContain('\n');
	});

	test('asks before it is left, then restores the terminal', async () => {
		const {robot, fleet} = await open();
		await robot.press('q');
		await robot.sees('flotilla resume');
		await robot.press('n');
		await robot.seesNo('flotilla resume');
		await robot.press('q', 'y');
		await robot.closed;
		const written = robot.written();
		expect(written).toContain('\u001b[?1049l');
		expect(written).toContain('\u001b[?25h');
		expect(written).toContain('\u001b[?2004l');
		expect(fleet.listeners()).toBe(0);
		expect(robot.clock.waiting()).toBe(0);
	});

	test('restores the terminal before it gives up on a defect of its own', async () => {
		const events = makeEvents();
		const last = events.at(-1);
		const created = events.findLast(({event}) => event.type === 'agent.created')?.event;
		if (last === undefined || created?.type !== 'agent.created') throw new Error('The made run has agents.');
		const fleet = createMemoryFleet(events);
		let listener: Listener | undefined;
		const port: FleetPort = {
			...fleet.port,
			subscribe: (from, mine) => {
				listener = mine;
				return fleet.port.subscribe(from, mine);
			},
		};
		const {robot} = await open({}, {port, columns: 120, rows: 40});
		const model = {
			...created.model,
			get contextTokens(): number {
				throw new Error('planted defect');
			},
		};
		listener?.onEvents([{...last, seq: last.seq + 1, event: {...created, agentId: 'agent_x_99', model}}]);
		robot.clock.advance(100);
		await expect(robot.closed).rejects.toThrow('planted defect');
		expect(robot.written()).toContain('\u001b[?1049l');
	});
});

describe('running the window', () => {
	test('ends when it is told to, and says why', async () => {
		const {streams, emulator} = createTerminal({columns: 80, rows: 24});
		const fleet = createMemoryFleet(makeEvents());
		const abort = new AbortController();
		const before = process.listenerCount('SIGHUP');
		const done = runTui({
			...streams,
			port: fleet.port,
			runId: fleet.run().id,
			noColor: false,
			screenReader: false,
			reducedMotion: true,
			clock: createManualClock(),
			abort: abort.signal,
		});
		abort.abort();
		expect(await done).toEqual({kind: 'aborted'});
		expect(fleet.listeners()).toBe(0);
		expect(process.listenerCount('SIGHUP')).toBe(before);
		emulator.dispose();
	});
});
