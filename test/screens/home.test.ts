import {describe, expect, test} from 'vitest';
import type {Command} from '../../source/domain/command.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {noOutside} from '../../store/outside.ts';
import {madeRuns as made, openHomeRobot as openRobot} from './open-home.ts';
import {sizes} from './open-robot.ts';

const mill = {runId: 'run_b1', dir: '/work/mill', goal: 'Mend the wheel', stage: 'proposed'} as const;

const lineWith = (screen: readonly string[], text: string): number => screen.findIndex(line => line.includes(text));

describe('home', () => {
	test.each(sizes)(
		'lists the runs of all folders at $columns×$rows, this folder first, what needs a person on top',
		async size => {
			const {robot} = await openRobot({}, size);
			const screen = robot.screen();
			const places = [
				'harbour · this folder',
				'Count the free',
				'Draw a chart',
				'Paint the light',
				'mill',
				'Mend the wh',
			];
			const at = places.map(text => lineWith(screen, text));
			expect(at).toEqual(at.toSorted((a, b) => a - b));
			expect(at[0]).toBeGreaterThan(0);
			expect(screen.join('\n')).toMatch(/❯ ◐ needs you +\d+\w +Count/);
			expect(screen.join('\n')).toMatch(/◌ left off +\d+\w +Draw/);
			expect(screen.join('\n')).toMatch(/● done/);
			for (const line of screen) expect([...line].length).toBeLessThanOrEqual(size.columns);
		},
	);

	test('tells of the selected run what it waits for', async () => {
		const {robot} = await openRobot({}, {columns: 120, rows: 40});
		await robot.sees(/waits: .*edit/);
		await robot.press('G');
		await robot.sees('waits: Approve the plan?');
		await robot.sees('run_b1 · /work/mill');
	});

	test.each(sizes)(
		'counts what waits in all runs at $columns×$rows, and opens the run with the oldest right there',
		async size => {
			const {robot, exits} = await openRobot({}, size);
			await robot.sees(/^flotilla {2}needs you 2/);
			expect(robot.title()).toBe('flotilla: 2 wait for you');
			await robot.sees(/w next request/);
			await robot.press('G', 'w');
			expect(exits).toEqual([
				{kind: 'open', runId: 'run_b1', goOn: false, place: {requestId: expect.stringContaining('request_b1_')}},
			]);
			expect(robot.isClosed()).toBe(true);
		},
	);

	test('says that nothing waits, also where what waited is answered by now or out of sight', async () => {
		const {robot, keep, exits} = await openRobot({runs: made.slice(1, 3)});
		await robot.sees(/^flotilla {2}left off 1/);
		await robot.press('w');
		await robot.sees('Nothing waits for you.');
		keep({runId: 'run_c1', dir: '/work/harbour', goal: 'Ring the bell', stage: 'proposed'});
		await robot.wait(1000);
		await robot.sees(/^flotilla {2}needs you 1/);
		keep({runId: 'run_c1', dir: '/work/harbour', goal: 'Ring the bell', stage: 'done'});
		await robot.wait(1000);
		await robot.seesNo('needs you');
		await robot.press('w');
		await robot.sees('Nothing waits for you.');
		expect(exits).toEqual([]);
	});

	test('opens the run that needs a person though it asks nothing', async () => {
		const hold = (run: Run): readonly Command[] =>
			stepsOf(run.plan).map(({id}) => ({type: 'step.hold', runId: run.id, stepId: id}));
		const held = {...mill, said: {afterMs: 60_000, commands: hold}};
		const {robot, exits} = await openRobot({runs: [...made.slice(1, 3), held]});
		await robot.sees(/◐ needs you +\d+m +Mend/);
		await robot.press('G');
		await robot.sees('waits: nothing goes on without you, look at it');
		await robot.press('w');
		expect(exits).toEqual([{kind: 'open', runId: 'run_b1', goOn: false, place: undefined}]);
	});

	test('says since when a run waits, also after its request was seen', async () => {
		const see = (run: Run): readonly Command[] =>
			openRequests(run).map(({id}) => ({type: 'request.see', runId: run.id, requestId: id}));
		const {robot} = await openRobot({runs: [{...mill, said: {afterMs: 50 * 60_000, commands: see}}]});
		await robot.sees(/◐ needs you +59m +Mend/);
		await robot.sees('needs you for 59m');
	});

	test.each(sizes)('asks at $columns×$rows before it puts a run out of sight that asks something', async size => {
		const pause = (run: Run): readonly Command[] => [{type: 'run.pause', runId: run.id}];
		const {robot, source} = await openRobot({runs: [{...mill, said: {afterMs: 60_000, commands: pause}}]}, size);
		await robot.sees('paused');
		await robot.press('A');
		await robot.sees('Put this run out of sight, although it asks you something?');
		await robot.sees('y archive it   Esc keep it in sight');
		await robot.press('n');
		await robot.seesNo('Archive?');
		expect([...source.read().archived]).toEqual([]);
		await robot.press('A', 'y');
		await robot.sees('Archived: v shows it');
		expect([...source.read().archived]).toEqual(['run_b1']);
		// What comes back is in nobody's way.
		await robot.press('v', 'A');
		await robot.sees('It is among the others again.');
	});

	test('calls a person who looks elsewhere, once, with who asks in which run', async () => {
		const {robot, keep} = await openRobot({runs: made.slice(0, 2), notify: 'desktop'});
		await robot.type('\u001b[I');
		keep({runId: 'run_c1', dir: '/work/harbour', goal: 'Ring the bell', stage: 'proposed'});
		await robot.wait(1000);
		await robot.sees('Ring the bell');
		await robot.type('\u001b[O');
		expect(robot.written()).not.toContain('asks in');
		keep({runId: 'run_c2', dir: '/work/mill', goal: 'Dress the stone', stage: 'proposed'});
		await robot.wait(5000);
		await robot.sees('Dress the stone');
		const notice = 'flotilla asks in “Dress the stone”: Approve the plan? (3 wait for you)';
		expect(robot.written().split(notice)).toHaveLength(2);
		await robot.leave();
		expect(robot.written()).toContain('\u001b[?1004l');
	});

	test('says without colour which run is selected and how it stands', async () => {
		const {robot} = await openRobot({}, undefined, true);
		await robot.press('j', 'j');
		await robot.sees(/❯ ● done/);
	});

	test.each(sizes)('says what the runs cost at $columns×$rows', async size => {
		const {robot} = await openRobot({}, size);
		await robot.sees(/listed ~?\$\d+\.\d+ · today \(UTC\) ~?\$\d+\.\d+ /);
		await robot.press('/');
		await robot.type('mill');
		await robot.sees(/listed \$0\.\d+ · today/);
	});

	test('says how much of the day is used up, where it has a limit', async () => {
		const {robot} = await openRobot({config: 'limits: {day: {usd: 5}}'});
		await robot.sees(/today \(UTC\) ~?\$\d+\.\d+ of \$5\.00 \(\d+%\)/);
	});

	test('opens the selected run, or takes it up again', async () => {
		const opened = await openRobot();
		await opened.robot.press('j', 'enter');
		expect(opened.exits).toEqual([{kind: 'open', runId: 'run_a3', goOn: false, place: undefined}]);
		expect(opened.robot.isClosed()).toBe(true);
		const resumed = await openRobot();
		await resumed.robot.press('j', 'j', 'r');
		await resumed.robot.sees('It is done: there is nothing to take up.');
		await resumed.robot.press('k', 'r');
		expect(resumed.exits).toEqual([{kind: 'open', runId: 'run_a3', goOn: true, place: undefined}]);
	});

	test('archives a run without losing it', async () => {
		const {robot, source} = await openRobot();
		await robot.press('A');
		await robot.sees('It has not ended');
		await robot.press('j', 'j', 'A');
		await robot.sees('Archived: v shows it');
		await robot.seesNo('Paint the lighthouse');
		await robot.sees('Runs (3) · 1 archived');
		expect([...source.read().archived]).toEqual(['run_a2']);
		await robot.press('v');
		await robot.sees('(archived) Paint the lighthouse');
		await robot.press('g', 'j', 'j', 'A');
		await robot.sees('It is among the others again.');
		expect([...source.read().archived]).toEqual([]);
	});

	test('filters by words of goal, folder and state', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('/');
		await robot.type('mill');
		await robot.seesNo('Count the free');
		await robot.press('enter');
		await robot.sees('filter "mill": Esc clears it');
		await robot.press('esc');
		await robot.sees('Count the free');
		await robot.press('/');
		await robot.type('nothing');
		await robot.sees('No run holds "nothing".');
		await robot.press('esc', 'q');
		expect(exits).toEqual([{kind: 'quit'}]);
	});

	test('shows all runs again with the key that does so in the panes', async () => {
		const {robot} = await openRobot();
		await robot.press('0');
		await robot.sees('There is no filter.');
		await robot.press('/');
		await robot.type('mill');
		await robot.press('enter');
		await robot.seesNo('Count the free');
		await robot.sees('0 no filter');
		await robot.press('0');
		await robot.sees('Count the free');
	});

	test.each(sizes)('says at $columns×$rows what a key means where it does something', async size => {
		const {robot, exits} = await openRobot({}, size);
		await robot.press('a');
		await robot.sees('a (approve) works in the window on a run: Enter opens it');
		await robot.press('1');
		await robot.sees('1 (plan) works in the window on a run: Enter opens it');
		await robot.press('~');
		await robot.sees('This is the list of all runs already.');
		await robot.press('?', 'x');
		await robot.sees('x (stop) works in the list of all runs: press Esc');
		await robot.press('esc', 'Z');
		await robot.seesNo('works in');
		expect(exits).toEqual([]);
	});

	test('takes no key from a text whose key does nothing there', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('m');
		await robot.type('quit');
		await robot.sees('What you type is not taken as keys until you pause');
		expect(exits).toEqual([]);
		await robot.wait(1000);
		await robot.press('q');
		expect(exits).toEqual([{kind: 'quit'}]);
	});

	test('starts a goal from the line, where the arrows bring back those of before', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('n', 'enter');
		await robot.sees('Say what is to be reached.');
		await robot.press('up');
		await robot.sees('goal ❯ Mend the wheel');
		await robot.press('down');
		await robot.type('Count the gulls');
		await robot.press('enter');
		expect(exits).toMatchObject([
			{kind: 'start', order: {goal: 'Count the gulls', taskType: undefined, role: undefined}},
		]);
	});

	test('keeps a goal of before that was changed in the line: the arrows go on from it', async () => {
		const {robot} = await openRobot();
		await robot.press('n', 'up');
		await robot.type(' and the bell');
		await robot.press('up');
		await robot.seesNo('and the bell');
		await robot.press('down');
		await robot.sees('goal ❯ Mend the wheel and the bell');
		await robot.press('down');
		await robot.seesNo('and the bell');
		await robot.press('up');
		await robot.sees('goal ❯ Mend the wheel and the bell');
	});

	test.each(sizes)('asks in a form for folder, task type, role, mode and budget at $columns×$rows', async size => {
		const {robot, exits} = await openRobot({}, size);
		await robot.press('n');
		await robot.type('Count the gulls');
		await robot.press('tab');
		await robot.sees('A new goal');
		await robot.press('ctrl+j');
		await robot.type('and the terns');
		await robot.press('tab', 'tab');
		await robot.type('b');
		await robot.press('tab');
		await robot.sees('❯ as a planner divides the goal');
		await robot.sees('One agent of the role gets the whole goal.');
		await robot.type('s');
		await robot.sees('❯ scout');
		await robot.press('tab', 'down', 'tab');
		await robot.type('lots');
		await robot.press('ctrl+s');
		await robot.sees('no amount of US dollars');
		await robot.press('ctrl+u');
		await robot.type('2.50');
		await robot.press('ctrl+s');
		expect(exits).toEqual([
			{
				kind: 'start',
				order: {
					goal: 'Count the gulls\nand the terns',
					dir: '/work/harbour',
					taskType: 'bug_fix',
					role: 'scout',
					mode: 'parallel',
					budget: '2.50',
				},
			},
		]);
	});

	test.each(sizes)('keeps the form at $columns×$rows when its folder cannot be used, and says why', async size => {
		const {robot, exits} = await openRobot({}, size);
		await robot.press('n');
		await robot.type('Count the gulls');
		await robot.press('tab', 'tab', 'ctrl+u');
		await robot.type('/nowhere');
		await robot.press('tab', 'tab', 'tab', 'tab');
		await robot.type('2.50');
		await robot.press('ctrl+s');
		await robot.sees('A new goal');
		await robot.sees('There is no folder /nowhere.');
		expect(exits).toEqual([]);
		// The keys are where it is mended, and the other fields are as they were.
		await robot.press('ctrl+u');
		await robot.seesNo('There is no folder');
		await robot.type('/work/mill');
		await robot.press('ctrl+s');
		expect(exits).toMatchObject([{kind: 'start', order: {goal: 'Count the gulls', dir: '/work/mill', budget: '2.50'}}]);
	});

	test('writes a goal of many lines in the editor, which starts nothing by itself', async () => {
		const given: string[] = [];
		const {robot, exits} = await openRobot({}, {columns: 60, rows: 20}, false, borrow => ({
			...noOutside,
			edit: (name, text) =>
				borrow(() => {
					given.push(name, text);
					return Promise.resolve({kind: 'edited', text: 'Count the gulls\nand the terns\n'});
				}),
		}));
		await robot.press('n');
		await robot.type('Count');
		await robot.press('ctrl+g');
		await robot.sees('goal ❯ Count the gulls⏎and the terns');
		expect(given).toEqual(['goal.md', 'Count']);
		expect(exits).toEqual([]);
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'start', order: {goal: 'Count the gulls\nand the terns'}}]);
	});

	test('keeps the goal when the editor fails, and says so', async () => {
		const {robot} = await openRobot({}, {columns: 60, rows: 20}, false, () => ({
			...noOutside,
			edit: () => Promise.resolve({kind: 'problem', text: 'vi ended with exit code 1.'}),
		}));
		await robot.press('n');
		await robot.type('Count');
		await robot.press('ctrl+g');
		await robot.sees('vi ended with exit code 1.');
		await robot.sees('goal ❯ Count');
	});

	test.each(sizes)('lists the keys of a place at $columns×$rows', async size => {
		const {robot} = await openRobot({}, size);
		await robot.press('ctrl+x');
		await robot.sees('Keys here');
		await robot.sees(/n +new goal/);
		await robot.press('n');
		await robot.seesNo('Keys here');
		await robot.press('ctrl+x');
		await robot.sees(/Enter +start/);
		await robot.press('esc');
		await robot.seesNo('Keys here');
		await robot.sees('goal ❯');
	});

	test('keeps a goal that could not be started, and says why', async () => {
		const before = await openRobot();
		await before.robot.press('j', 'n');
		await before.robot.type('Fly');
		await before.robot.press('enter');
		const [left] = before.left;
		const {robot} = await openRobot({last: {left, problem: 'The lock is held.'}});
		await robot.sees('The lock is held.');
		await robot.sees('goal ❯ Fly');
		await robot.sees(/❯ ◌ left off +\d+\w +Draw/);
		await robot.press('esc');
		await robot.sees('Count the free');
	});

	test('keeps all that was said of a run that could not be started', async () => {
		const before = await openRobot();
		await before.robot.press('n');
		await before.robot.type('Fly');
		await before.robot.press('tab', 'shift+tab');
		await before.robot.type('2.50');
		await before.robot.press('ctrl+s');
		expect(before.exits).toMatchObject([{kind: 'start', order: {goal: 'Fly', budget: '2.50'}}]);
		const {robot, exits} = await openRobot({last: {left: before.left[0], problem: 'The lock is held.'}});
		await robot.sees('A new goal');
		await robot.sees('The lock is held.');
		await robot.press('ctrl+s');
		expect(exits).toEqual(before.exits);
	});

	test.each(sizes)('loses nothing of a form that is put aside at $columns×$rows', async size => {
		const {robot, exits} = await openRobot({}, size);
		await robot.press('n');
		await robot.type('Count the gulls');
		await robot.press('tab', 'shift+tab');
		await robot.type('2.50');
		await robot.press('esc');
		await robot.sees('What you entered is kept: Tab shows it again.');
		await robot.sees('goal ❯ Count the gulls');
		await robot.type(' twice');
		await robot.press('enter');
		await robot.sees(/More than the goal was said about this run/);
		expect(exits).toEqual([]);
		await robot.press('ctrl+s');
		expect(exits).toMatchObject([{kind: 'start', order: {goal: 'Count the gulls twice', budget: '2.50'}}]);
	});

	test('starts from the line after a form in which nothing was said', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('n');
		await robot.type('Count the gulls');
		await robot.press('tab', 'esc');
		await robot.seesNo('is kept');
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'start', order: {goal: 'Count the gulls', dir: undefined}}]);
	});

	test('puts the bar on the run whose window the person comes from', async () => {
		const {robot, exits} = await openRobot({last: {from: 'run_b1'}});
		await robot.sees(/❯ ◐ needs you +\d+\w +Mend the wh/);
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'open', runId: 'run_b1'}]);
	});

	test.each(sizes)('shows the run the person comes from at $columns×$rows also when it is archived', async size => {
		const {robot, exits} = await openRobot({last: {from: 'run_a2'}, archived: ['run_a2']}, size);
		await robot.sees(/❯ ● done +\d+\w +\(archived\) Paint/);
		await robot.sees(/The run you come from is archived: v leaves archived runs\sout/);
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'open', runId: 'run_a2'}]);
	});

	test('is left with the bar where it is shown, and with what was being written', async () => {
		const {robot, left} = await openRobot();
		await robot.press('n');
		await robot.type('Fly');
		await robot.press('esc', 'enter');
		const again = await openRobot({last: {left: left[0]}});
		await again.robot.sees(/❯ ◐ needs you +\d+\w +Count/);
		await again.robot.press('n');
		await again.robot.sees('goal ❯ Fly');
	});

	test('asks for a goal where nothing was begun', async () => {
		const {robot, exits} = await openRobot({runs: []});
		await robot.sees('Nothing was begun yet.');
		await robot.type('q is a goal');
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'start', order: {goal: 'q is a goal'}}]);
	});

	test('follows what is stored while it is open, and writes nothing while nothing is', async () => {
		const {robot, keep} = await openRobot({runs: made.slice(1, 2)});
		await robot.wait(60_000);
		robot.written();
		await robot.wait(20_000);
		expect(robot.written()).toBe('');
		keep({runId: 'run_c1', dir: '/work/harbour', goal: 'Ring the bell', stage: 'proposed'});
		await robot.wait(1000);
		await robot.sees('Ring the bell');
		expect(robot.title()).toBe('flotilla: 1 waits for you');
	});

	test('keeps the bar on its run when another one comes before it', async () => {
		const {robot, keep, exits} = await openRobot({runs: made.slice(1, 2)});
		await robot.sees(/❯ ● done +\d+\w +Paint the light/);
		keep({runId: 'run_c1', dir: '/work/harbour', goal: 'Ring the bell', stage: 'proposed'});
		await robot.wait(1000);
		await robot.sees('Ring the bell');
		expect(lineWith(robot.screen(), 'Ring the bell')).toBeLessThan(lineWith(robot.screen(), 'Paint the light'));
		await robot.sees(/❯ ● done +\d+\w +Paint the light/);
		await robot.press('enter');
		expect(exits).toMatchObject([{kind: 'open', runId: 'run_a2'}]);
	});

	test('finds words of all runs while they are typed, and opens the place', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('ctrl+f');
		await robot.sees('Words, "words in this order", begin*');
		await robot.type('berth4 cons');
		await robot.wait(200);
		await robot.sees(/\d+ found, the newest first/);
		await robot.sees(/❯ scout-1 +Paint the lighthouse/);
		await robot.type('"');
		await robot.wait(200);
		await robot.sees('A second " is missing');
		await robot.press('backspace');
		await robot.wait(200);
		await robot.press('down', 'enter');
		expect(exits).toMatchObject([
			{kind: 'open', goOn: false, place: {agentId: expect.any(String), seq: expect.any(Number)}},
		]);
	});

	test('shows its keys, and leaves at the second Ctrl+C', async () => {
		const {robot, exits} = await openRobot();
		await robot.press('?');
		await robot.sees(/╭─ Keys .*\n│ ?Home /);
		await robot.press('esc', 'ctrl+c');
		await robot.sees('Press Ctrl+C once more');
		await robot.press('ctrl+c');
		expect(exits).toEqual([{kind: 'quit'}]);
	});

	test('says that Ctrl+C leaves only as long as it does', async () => {
		const {robot, exits} = await openRobot();
		const before = robot.clock.waiting();
		await robot.press('ctrl+c');
		await robot.wait(1900);
		await robot.sees('Press Ctrl+C once more');
		await robot.wait(100);
		await robot.seesNo('Press Ctrl+C once more');
		expect(robot.clock.waiting()).toBe(before);
		await robot.wait(1);
		await robot.press('ctrl+c');
		expect(exits).toEqual([]);
	});

	test('says for a moment where an archived run has gone', async () => {
		const {robot} = await openRobot();
		await robot.press('j', 'j', 'A');
		await robot.sees('Archived: v shows it');
		await robot.wait(6000);
		await robot.seesNo('Archived: v shows it');
	});
});

describe.each(sizes)('the palette at home at $columns×$rows', size => {
	test('finds and runs what can be done there, and shows the rest', async () => {
		const {robot, exits} = await openRobot({}, size);
		await robot.press('j', ':');
		await robot.sees('Actions (');
		await robot.sees('❯ w          next request');
		await robot.sees('  Enter      open');
		await robot.type('kill');
		await robot.sees('Elsewhere');
		await robot.press('enter');
		await robot.sees('works in the window on a run');
		await robot.press('ctrl+u');
		await robot.type('archived');
		await robot.sees('Nothing is archived.');
		await robot.press('esc');
		await robot.seesNo('Actions (');
		await robot.press('ctrl+p');
		await robot.type('take up again');
		await robot.press('enter');
		expect(exits).toEqual([{kind: 'open', runId: 'run_a3', goOn: true}]);
	});
});
