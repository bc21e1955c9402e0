import {afterEach, expect, test} from 'vitest';
import {noOutside} from '../../store/outside.ts';
import type {Robot} from '../support/robot.tsx';
import {openRobot} from './open-robot.ts';

const robots: Robot[] = [];

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

const titles = (robot: Robot): readonly string[] => robot.screen().filter(line => /^[╭╰]/.test(line));

test('Ctrl+Z frees the terminal, and the window is whole when it comes back', async () => {
	const {promise: back, resolve: goOn} = Promise.withResolvers<undefined>();
	const {robot} = await openRobot({}, {outside: borrow => ({...noOutside, suspend: () => borrow(() => back)})});
	robots.push(robot);
	// The bar is on the step that needs the person.
	await robot.sees('store: ');
	const before = titles(robot);
	robot.written();
	await robot.press('ctrl+z');
	const left = robot.written();
	expect(left).toContain('\u001b[?1049l');
	expect(left).not.toContain('\u001b[?1049h');
	// A window behind another program draws nothing.
	await robot.wait(1000);
	expect(robot.written()).not.toContain('plan');
	goOn(undefined);
	await robot.sees('1 plan');
	expect(robot.written()).toContain('\u001b[?1049h');
	// Ages and rates have moved on.
	await expect.poll(() => titles(robot)).toEqual(before);
	await robot.press('?');
	await robot.sees('approve some');
});

test('what stops a program from having the terminal is said in the footer', async () => {
	const {robot} = await openRobot(
		{},
		{outside: () => ({...noOutside, suspend: () => Promise.resolve('No shell here.')})},
	);
	robots.push(robot);
	await robot.press('ctrl+z');
	await robot.sees('No shell here.');
});
