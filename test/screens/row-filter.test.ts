import {describe, expect, onTestFinished, test} from 'vitest';
import {openRobot as open, sizes} from './open-robot.ts';

const openRobot: typeof open = async (made, options) => {
	const opened = await open(made, options);
	onTestFinished(opened.robot.leave);
	return opened;
};

describe.each(sizes.slice(0, 3))('finding among many at $columns×$rows', size => {
	test('agents are filtered while typing; what is hidden is said, and what waits is found as ever', async () => {
		const {robot} = await openRobot({steps: 40}, size);
		const header = robot.screen()[0]?.replace(/\s.*needs/, ' needs');
		await robot.press('2', '/');
		await robot.type('s:don');
		await robot.sees(/2 agents · \d+ of \d+ · s:don/);
		await robot.sees('filter / s:don');
		await robot.press('enter');
		await robot.sees('❯ ● planner-1');
		expect(robot.screen()[0]?.replace(/\s.*needs/, ' needs')).toBe(header);
		await robot.press('w');
		await robot.sees('allow');
		await robot.press('esc', '!');
		await robot.sees(/· s:you/);
		await robot.sees(/❯ ◐ analyst-\d/);
		await robot.sees('· Esc: all');
		await robot.press('esc');
		await robot.seesNo('· s:you');
		await robot.seesNo('· Esc: all');
	});

	test('steps are filtered, and no key hits one that is hidden', async () => {
		const {robot, fleet} = await openRobot({steps: 40, stage: 'proposed'}, size);
		await robot.press('/');
		await robot.type('tests');
		await robot.sees(/1 plan · \d+ of \d+ · test/);
		await robot.press('enter', 'a');
		expect(fleet.commands).toMatchObject([{type: 'step.approve'}]);
		await robot.press('/');
		await robot.type(' lighthouse');
		await robot.sees('0 shows all.');
		await robot.press('enter', 'enter');
		await robot.sees('The filter of the plan lets no step through.');
		await robot.press('x');
		await robot.seesNo('Reject');
		expect(fleet.commands).toHaveLength(1);
		await robot.wait(1000);
		await robot.press('0');
		await robot.seesNo('lighthouse');
	});
});

test('an agent the person is on stays when it passes no more, so that no key hits another one', async () => {
	const {robot, fleet} = await openRobot({steps: 9}, {columns: 120, rows: 40});
	await robot.press('2', '@', 'G');
	await robot.sees('· s:working');
	const [, name = ''] = /❯ \S+ (\S+-\d) /.exec(robot.screen().join('\n')) ?? [];
	expect(name).toMatch(/-\d$/);
	await robot.press('K', 'y');
	expect(fleet.run().agents.find(agent => agent.name === name)?.status.kind).toBe('killed');
	await robot.sees(new RegExp(`❯ \\S+ ${name} +killed`));
	await robot.press('@', '@');
	await robot.seesNo(new RegExp(`${name} +killed`));
});
