import {afterEach, describe, expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import {keymapWith} from '../../store/own-keys.ts';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (made: MakeRunOptions = {}, options: Partial<RobotOptions> = {}) => {
	const opened = await openRobot(made, options);
	robots.push(opened.robot);
	return opened;
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

describe.each(sizes)('the palette at $columns×$rows', size => {
	test('stands over the pane, finds by words and runs', async () => {
		const {robot, fleet} = await open({stage: 'proposed'}, size);
		await robot.press('ctrl+p');
		await robot.sees('Actions (');
		await robot.sees('❯ w          next request');
		for (const line of robot.screen()) expect(line.length).toBeLessThanOrEqual(size.columns);
		await robot.type('approve all');
		await robot.sees('Plan: Approve every proposed step of the plan');
		await robot.press('enter');
		await robot.seesNo('Actions (');
		expect(stepsOf(fleet.run().plan).filter(({status}) => status.kind === 'proposed')).toEqual([]);
	});

	test('shows what lies elsewhere, and how to get there', async () => {
		const {robot} = await open({}, size);
		await robot.press(':');
		await robot.type('kill');
		await robot.sees('Elsewhere');
		await robot.sees('works in the agents: press 2');
		await robot.press('enter');
		await robot.sees('Actions (');
	});

	test('puts the cursor behind the words', async () => {
		const {robot} = await open({}, size);
		await robot.press(':');
		await robot.type('mes');
		await robot.sees('❯ mes');
		const {x, y, hidden} = robot.cursor();
		expect(hidden).toBe(false);
		expect(robot.screen()[y]?.slice(0, x).endsWith('❯ mes')).toBe(true);
	});
});

test('the card of a request stays in view beside the palette', async () => {
	const {robot} = await open({agents: 12}, {columns: 120, rows: 40});
	await robot.press('w', ':');
	await robot.sees('Actions (');
	await robot.sees('Requests (');
});

test("a person's own keys hold, and the footer, the help, the palette and the words name them", async () => {
	const {keymap} = keymapWith({
		'palette.open': 'ctrl+k',
		'help.open': 'Z',
		'requests.open': 'none',
		'request.allow': 'Y',
		'agent.create': 'C',
	});
	const {robot} = await open({}, {columns: 200, rows: 60, keymap});
	await robot.sees('Z help');
	await robot.seesNo('next request');
	await robot.sees('C: new agent');
	await robot.press('Z');
	await robot.sees('Ctrl+K');
	await robot.press('esc', 'ctrl+k');
	await robot.type('open what waits');
	await robot.sees('❯            next request');
	await robot.press('enter');
	await robot.sees('Requests (');
	await robot.sees('Y allow once');
});
