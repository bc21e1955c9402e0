import {afterEach, describe, expect, test} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import type {Run} from '../../source/domain/run.ts';
import {type Size, sizes} from './open-robot.ts';
import {openSteered, reply, type Steered} from './steered.ts';

const opened: Steered[] = [];

const open = async (size: Size, ...rest: Parameters<typeof openSteered> extends [Size, ...infer R] ? R : never) => {
	const steered = await openSteered(size, ...rest);
	opened.push(steered);
	return steered;
};

afterEach(async () => {
	for (const {robot} of opened.splice(0)) await robot.leave();
});

const named = (run: Run, name: string): Agent => {
	const agent = run.agents.find(one => one.name === name);
	if (agent === undefined) throw new Error(`There is no ${name}.`);
	return agent;
};

/** The list of agents with the selection on one. */
const select = async ({robot}: Steered, name: string): Promise<void> => {
	await robot.press('2', 'g');
	for (let i = 0; i < 20; i++) {
		if (robot.screen().some(line => new RegExp(`❯ . (?:[└├│ ]*)${name} `).test(line))) return;
		await robot.press('j');
	}
	throw new Error(`${name} is not in the list:\n${robot.screen().join('\n')}`);
};

describe.each(sizes)('an agent at $columns×$rows', size => {
	test('is paused and goes on by one key, the run by another', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet, sent} = steered;
		await select(steered, 'writer-1');
		await robot.press('p');
		expect(sent()).toMatchObject({type: 'agent.pause', agentId: named(fleet.run(), 'writer-1').id});
		await robot.sees('pausing');
		reply(fleet, named(fleet.run(), 'writer-1'), 'One more thing.');
		await robot.wait(100);
		await robot.sees(/⏸ writer-1/);
		await robot.sees(/paused \(p\)|waits for you \(p\)/);
		await robot.press('p');
		expect(sent()?.type).toBe('agent.continue');
		await robot.seesNo(/⏸ writer-1/);
		await robot.press('P');
		expect(sent()?.type).toBe('run.pause');
		await robot.sees('⏸ paused');
		await robot.press('1', 'P');
		expect(sent()?.type).toBe('run.resume');
	});

	test('gets another model, other tools and more instructions', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet, sent} = steered;
		await select(steered, 'writer-1');
		await robot.press('e');
		await robot.sees('Change writer-1');
		await robot.sees('as it is');
		await robot.press('o', 'tab');
		await robot.type(', grep');
		await robot.press('tab');
		await robot.type('Be brief.');
		await robot.press('ctrl+s');
		await robot.seesNo('Change writer-1');
		expect(sent()).toMatchObject({type: 'agent.change', tier: 'opus', instructions: 'Be brief.'});
		expect(named(fleet.run(), 'writer-1').model.id).toContain('opus');
		expect(named(fleet.run(), 'writer-1').instructions).toEqual(['Be brief.']);
		await robot.press('3', 'v', 'G');
		await robot.sees(/is changed/);
	});

	test('keeps the form when a tool is not known', async () => {
		const steered = await open(size, {steps: 3});
		await select(steered, 'writer-1');
		await steered.robot.press('e', 'tab');
		await steered.robot.type(' telescope\u0013');
		await steered.robot.sees('There is no tool "telescope"');
		await steered.robot.sees('telescope');
	});

	test('is forked from its latest turn, or from the one at the bar of its transcript', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet, sent} = steered;
		const before = named(fleet.run(), 'writer-1');
		await select(steered, 'writer-1');
		await robot.press('F');
		await robot.sees('knows all that writer-1 knows by now');
		await robot.type('Write it shorter');
		await robot.press('ctrl+s');
		await robot.seesNo('Fork writer-1');
		expect(sent()).toMatchObject({type: 'agent.fork', agentId: before.id, turnId: undefined, text: 'Write it shorter'});
		const second = named(fleet.run(), 'writer-1');
		reply(fleet, second, Array.from({length: 60}, (_, i) => `Line ${i} of what I see.`).join('\n'));
		await robot.wait(100);
		await select(steered, 'writer-1');
		await robot.press('enter', 'g');
		await robot.sees('turn 1 of 2');
		await robot.press('F');
		await robot.reads('after its turn 1 of 2');
		await robot.type('Go another way\r');
		expect(sent()).toMatchObject({type: 'agent.fork', turnId: itemsOf(before.turnIds)[0], text: 'Go another way'});
	});

	test('that has ended is retired, leaves the list, and is shown again by a toggle', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, sent} = steered;
		await select(steered, 'scout-1');
		await robot.press('D');
		expect(sent()?.type).toBe('agent.retire');
		await robot.sees('2 agents (2) · 1 retired');
		await robot.seesNo(/[❯ ] ● scout-1/);
		// Keys do not reach who is no longer in the list.
		await robot.sees(/❯ . \S+-1/);
		await robot.press('v');
		await robot.sees(/[❯ ] ● scout-1/);
		await robot.sees('2 agents (3) · 1 retired among them');
		await select(steered, 'writer-1');
		await robot.press('D');
		await robot.sees('has not ended');
	});

	test('stands below the one it helps, and that one says for whom it waits', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet} = steered;
		const writer = named(fleet.run(), 'writer-1');
		reply(fleet, writer, 'This is a part for a scout.', 'delegate');
		const call = named(fleet.run(), 'writer-1').calls[0];
		if (call === undefined) throw new Error('The writer has made a call.');
		fleet.report({
			type: 'call.weighed',
			agentId: writer.id,
			callId: call.id,
			effect: 'control',
			verdict: {kind: 'allow', rule: 'control'},
			preview: {title: 'hand on', body: '', format: 'text'},
			control: {kind: 'delegate', role: 'scout', title: 'Look at the pier', objective: 'Look at the pier.'},
		});
		await robot.wait(100);
		await robot.press('2', 'g');
		await robot.sees(/writer-1 .*\n.*└ scout-2/);
		await robot.sees(/waits for scout/);
		await select(steered, 'scout-2');
		await robot.press('enter');
		await robot.sees('writer-1 › scout-2 · working');
	});

	test('tells what became of a message: queued, delivered, acted on', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet} = steered;
		await select(steered, 'writer-1');
		await robot.press('m');
		await robot.type('mind the heron\r');
		await robot.sees('Queued for writer-1');
		await robot.sees(/message queue/);
		await robot.press('enter');
		await robot.sees('○ queued');
		reply(fleet, named(fleet.run(), 'writer-1'), 'One.');
		await robot.wait(100);
		await robot.sees('▸ delivered');
		reply(fleet, named(fleet.run(), 'writer-1'), 'Two, with the heron.');
		await robot.wait(100);
		await robot.sees('● acted on');
		await robot.press('esc');
		await robot.sees(/message acted o/);
	});
});
