import {afterEach, describe, expect, test} from 'vitest';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (options: Partial<RobotOptions> = {}, made: MakeRunOptions = {}) => {
	const opened = await openRobot(made, options);
	robots.push(opened.robot);
	return opened;
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

const rowOf = (robot: Robot, wanted: string | RegExp): number => {
	const row = robot.screen().findIndex(line => line.search(wanted) !== -1);
	if (row === -1) throw new Error(`The screen does not show ${String(wanted)}:\n${robot.screen().join('\n')}`);
	return row;
};

const report = (robot: Robot, button: number, x: number, y: number): Promise<void> =>
	robot.type(`\u001b[<${button};${x + 1};${y + 1}M`);

const long = `${'Look at every berth of the old harbour, one after the other. '.repeat(9)}Then say what you saw.`;

describe.each(sizes)('the log at $columns×$rows', size => {
	test('has a bar once it does not follow, and opens the transcript of its line at that event', async () => {
		const {robot} = await open(size);
		await robot.press('3');
		await robot.sees('▸ 3 log');
		await robot.press('/');
		await robot.type('kind:call\r');
		await robot.press('up', 'up');
		await robot.sees(/❯ \d\d:/);
		await robot.sees('not following');
		await robot.press('enter');
		await robot.sees(/Transcript|turn/i);
		await robot.seesNo('3 log');
		await robot.press('esc');
		await robot.sees('▸ 3 log');
		await robot.sees(/❯ \d\d:/);
		await robot.press('G');
		await robot.seesNo('not following');
	});

	test('shows only events of the agent of the line at the bar, and of all again', async () => {
		const {robot, fleet} = await open(size);
		const {id, agents} = fleet.run();
		const agent = agents.find(({name}) => name === 'analyst-1');
		if (agent === undefined) throw new Error('The made run has no analyst-1.');
		await fleet.port.send({type: 'agent.message', runId: id, agentId: agent.id, text: 'mind the heron'});
		await robot.wait(100);
		await robot.press('2', 'g', '3', 'up', 'o');
		await robot.sees('agent:analyst-1');
		await robot.press('o');
		await robot.seesNo('agent:');
		await robot.press('o');
		await robot.seesNo('agent:analyst-1');
		await robot.sees('agent:');
	});

	test('shows a long line whole, over the log and page by page', async () => {
		const {robot, fleet} = await open(size);
		const {id, agents} = fleet.run();
		const agent = agents.find(({name}) => name === 'analyst-1');
		if (agent === undefined) throw new Error('The made run has no analyst-1.');
		await fleet.port.send({type: 'agent.message', runId: id, agentId: agent.id, text: long});
		await robot.wait(100);
		await robot.press('3', 'up');
		await robot.seesNo('say what you saw');
		await robot.press('space');
		await robot.sees(/#\d+ · \d\d:\d\d:\d\d · agent/);
		await robot.sees('Look at every berth');
		// The line itself is not covered.
		await robot.sees(/❯ .*is told/);
		for (let i = 0; i < 9; i++) await robot.press('pagedown');
		await robot.reads('say what you saw.');
		await robot.sees('Enter opens the transcript of');
		await robot.press('up');
		await robot.seesNo(/│analyst-1 is told: Look at every berth/);
		await robot.press('space');
		await robot.seesNo(/#\d+ · \d\d:\d\d:\d\d · /);
	});

	test('leads to the moment of its line, and comes back to it', async () => {
		const {robot} = await open(size);
		await robot.press('3', 'g');
		await robot.sees(/❯ .*The run begins/);
		await robot.press('down', 'T');
		await robot.sees('◀ PAST');
		await robot.sees(/❯ \d\d:/);
		await robot.press('esc');
		await robot.seesNo('PAST');
		await robot.sees('not following');
		await robot.sees(/❯ .*planner/);
	});

	test('shows its bar without colour', async () => {
		const {robot} = await open({...size, noColor: true});
		await robot.press('3', 'up', 'up');
		const row = rowOf(robot, /❯ \d\d:/);
		const cells = robot.cells().slice(row * size.columns, (row + 1) * size.columns);
		const at = robot.screen()[row]?.lastIndexOf('❯') ?? 0;
		const looks = (cell: string | undefined): readonly string[] => cell?.split(' ').slice(-5) ?? [];
		// Reversed, which is no colour, from the mark on.
		expect(looks(cells[at])[3]).not.toBe('0');
		expect(looks(cells[at + 8])[3]).not.toBe('0');
		const above = robot.cells().slice((row - 1) * size.columns, row * size.columns);
		expect(looks(above[at + 8])[3]).toBe('0');
	});

	test('takes the mouse: a press chooses a line, the wheel scrolls past the bar', async () => {
		const {robot} = await open(size);
		await robot.press('M', '3');
		await robot.sees('▸ 3 log');
		const title = rowOf(robot, '3 log');
		const line = robot.screen()[title + 2] ?? '';
		const x = line.lastIndexOf(':');
		await report(robot, 0, x, title + 2);
		await robot.sees('not following');
		expect(robot.screen()[title + 2]).toContain('❯ ');
		const before = robot.screen();
		await report(robot, 64, x, title + 2);
		await robot.sees(/↓ \d+ below/);
		expect(robot.screen()).not.toEqual(before);
		for (let i = 0; i < 40; i++) await report(robot, 65, x, title + 2);
		await robot.seesNo('not following');
		await robot.seesNo(/↓ \d+ below/);
	});
});
