import {describe, expect, test} from 'vitest';
import {noOutside} from '../../store/outside.ts';
import type {Robot} from '../support/robot.tsx';
import {openHomeRobot} from './open-home.ts';
import {sizes} from './open-robot.ts';

const on = '\u001b[?1000h\u001b[?1006h';
const off = '\u001b[?1006l\u001b[?1000l';

/** Presses (0) or turns the wheel (64 up, 65 down) on the first cell of a text on screen. */
const point = async (robot: Robot, text: string, button = 0): Promise<void> => {
	const y = robot.screen().findIndex(line => line.includes(text));
	if (y === -1) throw new Error(`The screen does not show ${text}:\n${robot.screen().join('\n')}`);
	await robot.type(`\u001b[<${button};${(robot.screen()[y]?.indexOf(text) ?? 0) + 1};${y + 1}M`);
};

describe.each(sizes)('the mouse at home at $columns×$rows', size => {
	test('is off until it is asked for, and told of while it is on', async () => {
		const {robot} = await openHomeRobot({}, size);
		expect(robot.written()).not.toContain(on);
		await robot.press('M');
		await robot.sees('M: mouse on');
		expect(robot.written()).toContain(on);
		await robot.press('M');
		await robot.seesNo('mouse on');
		expect(robot.written()).toContain(off);
	});

	test('selects the very run it presses, and opens nothing', async () => {
		const {robot, exits} = await openHomeRobot({}, size);
		await robot.press('M');
		for (const [text, state] of [
			['Mend the', 'needs you'],
			['Draw a', 'left off'],
			['Paint the', 'done'],
			['Count the', 'needs you'],
		] as const) {
			await point(robot, text);
			await robot.sees(new RegExp(`❯ . ${state}[^\\n]*${text}`));
		}
		await point(robot, 'this folder');
		await robot.sees(/❯ . needs you[^\n]*Count the/);
		expect(exits).toEqual([]);
	});

	test('moves through the list by its wheel', async () => {
		const {robot} = await openHomeRobot({}, size);
		await robot.press('M');
		await point(robot, 'Count the', 65);
		await robot.sees(/❯ . left off[^\n]*Draw/);
		await point(robot, 'Count the', 64);
		await robot.sees(/❯ . needs you[^\n]*Count/);
	});
});

test('a press does not take the goal that is typed, nor the question that is asked, from the keys', async () => {
	const {robot} = await openHomeRobot();
	await robot.press('M', 'n');
	await point(robot, 'Draw a');
	await robot.type('gulls');
	await robot.sees('goal ❯ gulls');
	await robot.press('esc', 'x');
	await robot.sees('Stop?');
	await robot.type('\u001b[<65;5;5M');
	await robot.press('n');
	await robot.sees(/❯ . needs you[^\n]*Count/);
});

test('a press chooses an action of the palette, the wheel goes through them', async () => {
	const {robot} = await openHomeRobot();
	await robot.press('M', ':');
	await robot.sees('Actions (');
	await point(robot, 'new goal');
	await robot.sees(/❯ n Tab +new goal/);
	await point(robot, 'new goal', 65);
	await robot.sees(/❯ r +resume/);
});

test('the mouse is off while another program has the terminal, and after Home', async () => {
	const {promise: back, resolve: goOn} = Promise.withResolvers<undefined>();
	const {robot} = await openHomeRobot({}, undefined, false, borrow => ({
		...noOutside,
		suspend: () => borrow(() => back),
	}));
	await robot.press('M');
	robot.written();
	await robot.press('ctrl+z');
	expect(robot.written()).toContain(off);
	goOn(undefined);
	await robot.sees('mouse on');
	await expect.poll(() => robot.written()).toContain(on);
	await robot.leave();
	expect(robot.written()).toContain(off);
});

test('a press takes the list of keys away, and selects nothing that lies under it', async () => {
	const {robot} = await openHomeRobot({}, {columns: 80, rows: 40});
	await robot.press('M', 'ctrl+x');
	await point(robot, 'Draw a');
	await robot.sees(/❯ . needs you[^\n]*Count the/);
	await point(robot, 'Draw a');
	await robot.sees(/❯ . left off[^\n]*Draw a/);
});
