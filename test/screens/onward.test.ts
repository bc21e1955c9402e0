import {describe, expect, onTestFinished, test} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {WindowPlace} from '../../store/action.ts';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {MemoryFleet} from '../support/memory-fleet.ts';
import type {RobotOptions} from '../support/robot.tsx';
import {createWaitingList, waitingOf} from '../support/waiting-list.ts';
import {openRobot, type Size, sizes} from './open-robot.ts';
import {reply} from './steered.ts';

const mill = waitingOf('run_mill', 2);
const weir = waitingOf('run_weir', 1);
const delayMs = 3000;

/** A window on a run, while requests of other runs wait. */
const openAmong = async (size: Size, made: MakeRunOptions = {stage: 'proposed'}, more: Partial<RobotOptions> = {}) => {
	const waiting = createWaitingList();
	const left: (WindowPlace | undefined)[] = [];
	const options = {
		waiting,
		answerDelayMs: delayMs,
		outlives: true,
		onHome: (to: WindowPlace | undefined) => void left.push(to),
	};
	const {robot, fleet} = await openRobot(made, {...options, ...more, ...size});
	onTestFinished(() => robot.leave());
	const become: typeof waiting.become = list => waiting.become(list);
	return {robot, fleet, left, become};
};

/** The one agent of three steps that works. */
const working = (fleet: MemoryFleet): Agent => {
	const agent = fleet.run().agents.find(({name}) => name === 'writer-1');
	if (agent === undefined) throw new Error('The made run has a writer.');
	return agent;
};

/** The header, however many rows it has. */
const header = (screen: readonly string[]): string => screen.slice(0, 2).join(' ');

describe.each(sizes)('with two other runs that wait, the window at $columns×$rows', size => {
	test('says so in its header and title, and follows it', async () => {
		const {robot, become} = await openAmong(size);
		expect(robot.title()).toBe('flotilla: 1 waits for you');
		become([weir, mill]);
		await robot.wait(100);
		await robot.sees(size.columns < 100 ? '◐ 2 elsewhere' : '◐ 2 more wait in other runs');
		expect(header(robot.screen())).toMatch(/elsewhere|other runs/);
		expect(robot.title()).toBe('flotilla: 3 wait for you');
		become([]);
		await robot.wait(100);
		await robot.seesNo(/elsewhere|other runs/);
		expect(robot.title()).toBe('flotilla: 1 waits for you');
		for (const line of robot.screen()) expect([...line].length).toBeLessThanOrEqual(size.columns);
	});

	test('goes on to the oldest once all here is answered, and sends what was answered', async () => {
		const {robot, fleet, become, left} = await openAmong(size);
		become([weir, mill]);
		await robot.wait(100);
		await robot.press('w');
		await robot.sees('approve the plan of 9 steps');
		await robot.seesNo('goes on');
		await robot.press('a');
		await robot.sees(/w goes on: 2 wait in other runs, the oldest in\s/);
		expect(left).toEqual([]);
		await robot.press('w');
		expect(left).toMatchObject([{runId: 'run_weir', place: {requestId: 'request_weir_1'}}]);
		await robot.closed;
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toHaveLength(1);
	});

	test('says with its key that others wait when the last answer here is sent', async () => {
		const {robot, become, left} = await openAmong(size);
		become([mill]);
		await robot.wait(100);
		await robot.press('w', 'a', 'esc');
		await robot.wait(delayMs);
		await robot.sees('w goes on: 1 waits in another run, “Mend the mill”');
		await robot.press('w');
		expect(left).toMatchObject([{runId: 'run_mill', place: {requestId: 'request_mill_2'}}]);
		expect(robot.isClosed()).toBe(true);
	});

	test('says on arrival that it is another run, and stops saying so once that was read', async () => {
		const {robot} = await openAmong(size, undefined, {
			place: {requestId: 'request_made01_1'},
			arrivedAt: 'Mend the mill, with all its wheels and its weir\nThen grind.',
		});
		await robot.sees('approve the plan of 9 steps');
		await robot.sees('This is another run (~ lists them all): “Mend the mill');
		await robot.wait(5000);
		await robot.sees('This is another run (~ lists them all): “Mend the mill');
		await robot.wait(1000);
		await robot.seesNo('This is another run');
		for (const line of robot.screen()) expect([...line].length).toBeLessThanOrEqual(size.columns);
	});

	test('says where one is and how to come back when the request is left for which one came', async () => {
		const {robot} = await openAmong(size, undefined, {
			place: {requestId: 'request_made01_1'},
			arrivedAt: 'Mend the mill',
		});
		await robot.sees('approve the plan of 9 steps');
		await robot.press('esc');
		await robot.sees('You are still in the other run: ~ lists all runs');
		await robot.press('w', 'esc');
		await robot.seesNo('You are still');
	});

	test('goes there at once where nothing waits here, and offers the key in its footer', async () => {
		const {robot, become, left} = await openAmong(size, {stage: 'done'});
		await robot.press('w');
		await robot.sees('Nothing waits for you.');
		become([mill]);
		await robot.wait(100);
		await robot.press('1');
		await robot.sees('w next request');
		await robot.press('w');
		expect(left).toMatchObject([{runId: 'run_mill', place: {requestId: 'request_mill_2'}}]);
	});
});

describe('a window at 80×24', () => {
	const size = {columns: 80, rows: 24};

	test('opens at a request, and takes no key for an answer before it could be read', async () => {
		const {robot, fleet} = await openAmong(size, undefined, {place: {requestId: 'request_made01_1'}, answerDelayMs: 0});
		await robot.sees('approve the plan of 9 steps');
		await robot.press('a');
		await robot.sees('read it, then press the key again');
		await robot.wait(500);
		await robot.press('a');
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toHaveLength(1);
	});

	test('keeps a yes that was pressed on the way from the plan of another run', async () => {
		const {robot, fleet} = await openAmong(size, undefined, {
			place: {requestId: 'request_made01_1'},
			arrivedAt: 'Mend the mill',
		});
		await robot.press('a');
		await robot.sees('This is a request of another run: read it, then press the key again.');
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toEqual([]);
	});

	test('leads to the step that the person holds when nothing else goes on', async () => {
		const {robot, fleet} = await openAmong(size, {stage: 'proposed'});
		const {id: runId, plan} = fleet.run();
		for (const {id: stepId} of stepsOf(plan)) await fleet.port.send({type: 'step.hold', runId, stepId});
		await robot.wait(100);
		await robot.press('3', 'w');
		await robot.sees('You hold scout, and nothing else goes on: a approves it.');
		await robot.sees('▸ 1 plan');
	});

	test('leads to the agent that the person has interrupted when nothing else goes on', async () => {
		const {robot, fleet} = await openAmong(size, {steps: 3});
		const writer = working(fleet);
		await fleet.port.send({type: 'agent.interrupt', runId: fleet.run().id, agentId: writer.id});
		reply(fleet, writer, 'That was cut off.');
		await robot.wait(100);
		await robot.press('1', 'enter', 'w');
		await robot.reads('writer-1 was interrupted, and nothing else goes on: c lets it go on, m tells it something.');
		await robot.sees('▸ 2 agents');
		await robot.press('c');
		await robot.wait(100);
		await robot.press('w');
		await robot.sees('Nothing waits for you.');
	});

	test('leads to the agent that is paused, and its transcript says that what was allowed has not begun', async () => {
		const {robot, fleet} = await openAmong(size, {steps: 3});
		const {id: runId} = fleet.run();
		const {id: agentId} = working(fleet);
		reply(fleet, working(fleet), 'I run the tests.', 'bash');
		const callId = working(fleet).calls[0]?.id;
		if (callId === undefined) throw new Error('The writer has made a call.');
		fleet.report({
			type: 'call.weighed',
			agentId,
			callId,
			effect: 'run',
			verdict: {kind: 'ask', rule: 'commands ask in mode ask'},
			preview: {title: 'run npm test', body: 'npm test', format: 'command'},
			control: undefined,
		});
		await fleet.port.send({type: 'agent.pause', runId, agentId});
		await robot.wait(100);
		await robot.press('w', 'a');
		await robot.wait(delayMs);
		await robot.press('w');
		await robot.reads('writer-1 is paused, and nothing else goes on: p lets it go on, m tells it something.');
		await robot.press('enter');
		await robot.sees(/○ bash .*allowed, has not begun/);
		await robot.press('p');
		await robot.sees(/▸ bash .*working/);
	});

	test('shows as soon as a key may answer that it may', async () => {
		const {robot} = await openAmong(size, undefined, {place: {requestId: 'request_made01_1'}});
		await robot.sees('(a) ');
		await robot.wait(400);
		await robot.seesNo('(a) ');
	});

	test('says where the request it was opened at is no longer open', async () => {
		const {robot} = await openAmong(size, {stage: 'done'}, {place: {requestId: 'request_made01_1'}});
		await robot.sees('This request was answered meanwhile. Nothing else waits for you.');
		await robot.press('esc');
		await robot.seesNo('Requests (');
	});

	test('tells what waits elsewhere also where it cannot be left for it', async () => {
		const {robot} = await openRobot({stage: 'done'}, {waiting: createWaitingList([mill]), ...size});
		onTestFinished(() => robot.leave());
		await robot.sees('◐ 1 elsewhere');
		await robot.press('w');
		await robot.sees('Nothing waits for you here; 1 waits in another run. There is no list of runs');
	});
});
