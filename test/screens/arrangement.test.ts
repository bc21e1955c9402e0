import {afterEach, describe, expect, test} from 'vitest';
import {type Arrangement, usualArrangement} from '../../store/arrangement.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (options: Partial<RobotOptions>) => {
	const opened = await openRobot({steps: 12}, options);
	robots.push(opened.robot);
	return opened;
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

/** How many rows the agents have. */
const agentRows = ({screen}: Robot): number =>
	screen().filter(line => /(analyst|builder|planner|scout)-\d +\d/.test(line)).length;

describe.each([{columns: 60, rows: 40}, ...sizes])('panes at $columns×$rows', size => {
	test('grow to the whole window, and Esc shows the others again', async () => {
		const kept: Arrangement[] = [];
		const {robot} = await open({...size, onArrange: arrangement => kept.push(arrangement)});
		await robot.press('2', '+', '+');
		await robot.seesNo('1 plan');
		await robot.sees(/2 agents .* · Esc shows the others/);
		await robot.press('tab');
		await robot.sees('3 log');
		await robot.seesNo('2 agents');
		await robot.press('esc');
		await robot.sees('1 plan');
		await robot.sees('2 agents');
		expect(kept.at(-1)).toEqual({...usualArrangement, sizes: {...usualArrangement.sizes, agents: 'large'}});
		await robot.press('=');
		expect(kept.at(-1)).toEqual(usualArrangement);
	});

	test('are hidden, passed over, and shown by their number', async () => {
		const {robot} = await open(size);
		await robot.press('3', 'H');
		await robot.seesNo('3 log');
		await robot.sees('▸ 4 cost');
		await robot.sees('Hidden: 3 shows it again.');
		await robot.press('shift+tab');
		await robot.sees('▸ 2 agents');
		await robot.press('3');
		await robot.sees('▸ 3 log');
		await robot.press('H', 'H', 'H', 'H');
		await robot.sees('It is the only pane that is shown.');
	});

	test('are as they were left', async () => {
		const {robot} = await open({
			...size,
			arrangement: {...usualArrangement, hidden: ['cost']},
			word: 'panes.json cannot be understood.',
		});
		await robot.seesNo('4 cost');
		await robot.sees('panes.json cannot be understood.');
	});
});

test('under 50 columns there is one pane at a time, whatever the arrangement', async () => {
	const {robot} = await open({columns: 49, rows: 30});
	await robot.press('2');
	await robot.seesNo('1 plan');
	const before = agentRows(robot);
	await robot.press('+', '_', '_');
	expect(agentRows(robot)).toBe(before);
});
