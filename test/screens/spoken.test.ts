import {describe, expect, onTestFinished, test} from 'vitest';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot, type Robot} from '../support/robot.tsx';
import {openHomeRobot} from './open-home.ts';
import {openSteered} from './steered.ts';
import {homeWays, type Way, ways} from './ways.ts';

const small = {columns: 80, rows: 24};
const large = {columns: 120, rows: 60};

/** The lines as a screen reader reads them, one after the other. */
const linesOf = (robot: Robot): readonly string[] => robot.screen().filter(line => line !== '');

const openSpoken = async (columns: number) => {
	const made = makeEvents({steps: 6});
	const clock = createManualClock((made.at(-1)?.at ?? 0) + 1000);
	const fleet = createMemoryFleet(made, clock.now);
	const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, columns, rows: 40, screenReader: true});
	onTestFinished(() => robot.leave());
	await robot.sees('flotilla');
	return {robot, lines: () => linesOf(robot), run: fleet.run()};
};

/** A view of the window on a run, read aloud. */
const openView = async ({made, more, keys}: Way, size = small): Promise<Robot> => {
	const {robot} = await openSteered(size, made, more, {screenReader: true});
	onTestFinished(() => robot.leave());
	await robot.press(...keys);
	return robot;
};

const openHome = async (keys: readonly string[], size = small) => {
	const home = await openHomeRobot({spoken: true}, size);
	await home.robot.press(...keys);
	return home;
};

/** The first line is that of the header. */
const fromTheTop = /^(flotilla| *◀ PAST)/;

/** What is to be heard is on the screen from its first row to its last, with nothing drawn and no rows between. */
const expectReadable = (robot: Robot): void => {
	const screen = robot.screen();
	const last = screen.findLastIndex(line => line !== '');
	expect(screen[0]).toMatch(fromTheTop);
	expect(screen.slice(0, last)).not.toContain('');
	expect(screen.slice(Math.max(0, last - 2), last + 1).join(' ')).toMatch(/Esc\s+\w+|\?\s+help/);
	expect(screen.join('')).not.toMatch(/[\u2500-\u259f]/);
};

test.each([80, 120])('in %i columns titles are read to their end, without borders or blank rows', async columns => {
	const {robot, run} = await openSpoken(columns);
	for (const {title} of Object.values(run.plan?.steps ?? {}))
		await robot.sees(new RegExp(title.replaceAll(' ', '\\s+')));
	await robot.sees('quit');
	expectReadable(robot);
});

test('what is looked at is read before the keys that go with it', async () => {
	const {robot, lines} = await openSpoken(100);
	for (const key of ['2', 'enter']) await robot.press(key);
	await robot.sees('analyst');
	const keys = lines().findIndex(line => line.includes('? help'));
	expect(lines().findIndex(line => line.includes('brief'))).toBeLessThan(keys);
	expect(keys).toBe(lines().length - 1);
});

test('what is asked for is read as it stands, with its indentation', async () => {
	const {robot} = await openSpoken(100);
	await robot.press('w');
	await robot.sees('harbour.ts');
	expect(robot.screen().join('\n')).toMatch(/^\s*[+-] {3,}harbour\./m);
});

describe('every view is whole on the screen, and nothing is drawn', () => {
	test.each(Object.entries(ways))('%s', async (_, way) => {
		const robot = await openView(way);
		expectReadable(robot);
		await robot.resize(60, 20);
		// What stood there is written once more before it.
		await robot.sees(fromTheTop);
		expectReadable(robot);
	});

	test.each(Object.entries(homeWays))('of Home: %s', async (_, {keys}) => {
		const {robot} = await openHome(keys);
		expectReadable(robot);
		await robot.resize(60, 20);
		// What stood there is written once more before it.
		await robot.sees(fromTheTop);
		expectReadable(robot);
	});
});

test('of what lies over other things only the uppermost is read', async () => {
	const robot = await openView(ways.requests);
	await robot.sees('Requests (11)');
	await robot.press('ctrl+p');
	await robot.sees('Actions (');
	await robot.seesNo('Requests (');
	await robot.press('esc', 'ctrl+x');
	await robot.sees('Keys here');
	await robot.seesNo('Requests (');
});

test('the keys are read one by one, those of a group below its name', async () => {
	const robot = await openView(ways.help, large);
	const lines = linesOf(robot);
	const at = lines.indexOf('Plan');
	expect(lines.slice(at, at + 3)).toEqual([
		'Plan',
		expect.stringMatching(/^ A +approve all$/),
		expect.stringMatching(/^ a +approve$/),
	]);
	await robot.press('esc', 'ctrl+x');
	await robot.sees('Keys here');
	expect(linesOf(robot)).toContainEqual(expect.stringMatching(/^ v +time or tree$/));
});

test('a request is read alone, with its place among the others', async () => {
	const robot = await openView(ways.requests, large);
	const lines = linesOf(robot);
	const at = lines.findIndex(line => line.includes('Requests (11)'));
	expect(lines.slice(at + 1, at + 3)).toEqual(['2 of 11 · shell', 'run npm test']);
});

test('of a field only what is chosen is read, until the keys are there', async () => {
	const {robot} = await openHome(homeWays.form.keys);
	await robot.sees(/^ {2}Task type +guess it from the goal$/m);
	await robot.seesNo('research');
	// The line at the bottom is that of another goal.
	await robot.seesNo('goal ❯');
	await robot.press('tab', 'tab');
	await robot.sees('research');
});

test('what a step needs and how long it took is said, not drawn', async () => {
	const robot = await openView(ways.plan);
	await robot.sees('Write the report (needs scout)');
	await robot.press('v');
	await robot.sees('over time');
	await robot.sees(/report .*works 2s/);
});

test('of an agent its state, what it does, its figures and last its words are read', async () => {
	const robot = await openView(ways.agents, large);
	await robot.reads(
		'❯ ◐ writer-1 · needs you for 1s · asks to reach packages.example.com · 1 turn · 4.8k tokens · $0.0131 · last words: I read the harbour first.',
	);
});

test('figures are read with what they are of', async () => {
	const robot = await openView(ways.costs, large);
	await robot.sees(/run \$ +1% of \$5\.00, 1% set aside/);
	await robot.sees(
		/scout {2}Look over the folder: turns 2, prompt 10\.1k, hit 41%, output 400, cost \$0\.0009, of all 2%/,
	);
	await robot.press('esc');
	const lines = linesOf(robot);
	const models = lines.indexOf('models by cost');
	expect(lines.indexOf('agents by cost')).toBeLessThan(models);
	expect(lines[models + 1]).toBe('opus-5-5: 5.5k tokens, $0.0407, 74% of all');
});

test('in a transcript a thought is called one, and the item the person is at is marked', async () => {
	const robot = await openView(ways.transcript);
	await robot.sees('thought: First see what is there');
	await robot.press('g');
	await robot.sees(/^❯ +brief/m);
});

test('nothing is read anew for ages alone, until a minute has passed', async () => {
	const robot = await openView(ways.agents);
	robot.written();
	for (let i = 0; i < 50; i++) await robot.wait(1000);
	expect(robot.written()).toBe('');
	for (let i = 0; i < 20; i++) await robot.wait(1000);
	expect(robot.written()).toContain('agents');
});

describe('home', () => {
	test('is read by folders: the runs, the selected one, what all have cost, the keys', async () => {
		const {robot} = await openHome(['j']);
		const lines = linesOf(robot);
		const places = [
			/^flotilla {2}needs you 2 {2}left off 1 {2}done 1$/,
			/^Runs \(4\)$/,
			/^harbour · this folder · 3 runs/,
			/^ *◐ needs you {2}\d+\w {2}Count the free berths {2}1\/9/,
			/^❯ ◌ left off {2}\d+\w {2}Draw a chart of the bay/,
			/^ *● done {2}\d+\w {2}Paint the lighthouse red and white/,
			/^mill · 1 run/,
			/^ *◐ needs you {2}\d+\w {2}Mend the wheel/,
			/^Draw a chart of the bay$/,
			/^left off for .* no plan yet/,
			/^run_a3 · \/work\/harbour$/,
			/^listed \$/,
			/^n: a new goal in harbour$/,
			/^w next request/,
			/\? help {2}q quit$/,
		];
		expect(lines.slice(0, places.length)).toEqual(places.map(place => expect.stringMatching(place)));
	});

	test('a goal that is longer than a row of the terminal is read to its end', async () => {
		const goal = `Count the berths ${'of the harbour and '.repeat(5)}of the mill`;
		const {robot} = await openHomeRobot(
			{
				spoken: true,
				runs: [{runId: 'run_a1', dir: '/work/harbour', goal, stage: 'working'}],
			},
			small,
		);
		await robot.sees(new RegExp(`^${goal.replaceAll(' ', '\\s+')}$`, 'm'));
	});

	test('with more runs than there are rows those around the selected one are read', async () => {
		const runs = Array.from({length: 40}, (_, i) => ({
			runId: `run_n${i}` as const,
			dir: '/work/harbour',
			goal: `Goal ${i} ${'with a long tail '.repeat(5)}`,
			stage: 'done' as const,
		}));
		const {robot} = await openHomeRobot({spoken: true, runs}, small);
		expectReadable(robot);
		const before = robot.screen().join('\n');
		await robot.press('G');
		expectReadable(robot);
		await robot.sees(/❯ ● done/);
		expect(robot.screen().join('\n')).not.toBe(before);
		await robot.press('pageup');
		await robot.sees(/❯ ● done/);
		expectReadable(robot);
	});

	test.each([
		['?', 'Keys'],
		[':', 'Actions ('],
		['x', 'Stop?'],
		['ctrl+f', 'Search'],
		['ctrl+x', 'Keys here'],
	])('%s is read without the list of runs below it', async (key, title) => {
		const {robot} = await openHome([key]);
		await robot.sees(title);
		await robot.seesNo('Runs (');
		await robot.press('esc');
		await robot.sees('Runs (4)');
	});

	test('a run is opened from it by the keys that everybody has', async () => {
		const {robot, exits} = await openHome(['G', 'enter']);
		expect(exits).toEqual([{kind: 'open', runId: 'run_b1', goOn: false}]);
		expect(robot.isClosed()).toBe(true);
	});
});
