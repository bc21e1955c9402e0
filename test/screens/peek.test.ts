import {afterEach, describe, expect, test} from 'vitest';
import {openRequests} from '../../source/domain/run.ts';
import type {Robot} from '../support/robot.tsx';
import {openRobot, type Size, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (size: Size) => {
	const opened = await openRobot({steps: 12}, size);
	robots.push(opened.robot);
	return opened;
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

describe.each(sizes)('a peek at $columns×$rows', size => {
	test('shows what an agent asks and said last, and moves on with the list', async () => {
		const {robot, fleet} = await open(size);
		await robot.press('2', 'g', 'space');
		await robot.sees('analyst-2 · needs you');
		await robot.sees('◐ edit source/harbour.ts');
		await robot.sees(/❯ ◐ analyst-2/);
		expect(fleet.commands.at(-1)).toEqual({
			type: 'request.see',
			runId: fleet.run().id,
			requestId: openRequests(fleet.run())[0]?.id,
		});
		await robot.press('j');
		await robot.sees('builder-2 · failed');
		await robot.press('j');
		await robot.sees('analyst-1 · working');
		await robot.sees('I read the harbour first.');
		const agent = fleet.run().agents.find(({name}) => name === 'analyst-1');
		if (agent?.turn === undefined) throw new Error('The analyst works.');
		fleet.signal({
			type: 'turn.delta',
			runId: fleet.run().id,
			agentId: agent.id,
			turnId: agent.turn.id,
			kind: 'text',
			text: 'Now I see the new pier.',
		});
		await robot.wait(1000);
		await robot.sees('│Now I see the new pier.');
		await robot.press('space');
		await robot.seesNo('analyst-1 · working');
	});

	test('leads to the transcript and to the request, and back', async () => {
		const {robot} = await open(size);
		await robot.press('2', 'g', 'space', 'enter');
		await robot.sees('Now I change one line.');
		await robot.press('esc');
		await robot.sees('w answers it');
		await robot.press('w');
		await robot.sees('a allow once');
		await robot.press('esc', 'esc');
		await robot.seesNo('w answers it');
		await robot.sees('2 agents');
	});
});

test('a plan that is being written is told in a line wherever its planner is looked at', async () => {
	const {robot, fleet} = await openRobot({stage: 'planning'}, {columns: 80, rows: 24});
	robots.push(robot);
	const [planner] = fleet.run().agents;
	if (planner?.turn === undefined) throw new Error('The planner works.');
	fleet.signal({
		type: 'turn.delta',
		runId: fleet.run().id,
		agentId: planner.id,
		turnId: planner.turn.id,
		kind: 'text',
		text: '{"taskType":"custom","steps":[{"key":"pier","title":"Weigh the pier"},{"key":"mole"',
	});
	await robot.wait(1000);
	const looks = async (): Promise<void> => {
		await robot.reads('writing the plan: 2 steps so far');
		await robot.seesNo('"key"');
	};
	await looks();
	await robot.press('2', 'space');
	await looks();
	await robot.press('enter');
	await looks();
	await robot.press('o');
	await robot.sees('"key":"mole"');
});
