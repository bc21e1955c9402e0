import {afterEach, describe, expect, test} from 'vitest';
import {fileCalls} from '../support/file-calls.ts';
import {type Size, sizes} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';

const opened: Steered[] = [];

const open = async (size: Size): Promise<Steered> => {
	const steered = await openSteered(size, {steps: 3}, fileCalls);
	opened.push(steered);
	return steered;
};

afterEach(async () => {
	for (const {robot} of opened.splice(0)) await robot.leave();
});

describe.each(sizes)('files at $columns×$rows', size => {
	test('are listed agent by agent and file by file, with what is not known', async () => {
		const {robot} = await open(size);
		await robot.press('2', 'd');
		await robot.sees('Files by agent');
		await robot.sees('2 files written · 1 not sure · 2 read');
		await robot.sees(/± changed +pier\.ts/);
		await robot.sees(/\+ new +depth\.ts +.*24 B/);
		await robot.sees(/\? not sure +lost\.ts/);
		await robot.sees(/▸ commands +what a command of writer-1/);
		await robot.press('tab');
		await robot.sees('Files of the run');
		await robot.sees(/❯ ± changed +pier\.ts +\+3 -2 · scout-1/);
		await robot.press('esc');
		await robot.seesNo('Files of the run');
	});

	test('show what was done to one, hunk by hunk and file by file', async () => {
		const {robot} = await open(size);
		await robot.press('d', 'tab', 'enter');
		await robot.sees(/─ pier\.ts/);
		await robot.sees('scout-1 read');
		await robot.sees(/ {4}2 +const rope = 2;/);
		await robot.press(']', ']');
		await robot.sees('writer-1 changed');
		await robot.sees(/ {4}2 {6}-const rope = 2;/);
		await robot.sees(/ {9}2 \+const chain = 2;/);
		await robot.press(']', ']', 'G');
		await robot.sees('+const pier = 7;');
		await robot.press(']');
		await robot.sees('There is no hunk below.');
		await robot.press('n');
		await robot.sees(/─ depth\.ts/);
		await robot.sees('writer-1 made');
		await robot.press('}');
		await robot.sees('A crash hid whether this was written.');
		await robot.press('n');
		await robot.sees('make all');
		await robot.sees('Which files a command changes, if any, is not recorded.');
		await robot.press('N', 'N', 'N');
		await robot.sees(/─ pier\.ts/);
	});

	test('take a comment on a line, which is sent to the agent that wrote it', async () => {
		const {robot, sent, fleet} = await open(size);
		await robot.press('d', 'tab', 'enter', 'G', 'c');
		await robot.sees('Comment to writer-1');
		await robot.sees('pier.ts, line 1');
		await robot.sees('> const pier = 7;');
		await robot.type('why 7?');
		await robot.press('enter');
		expect(sent()).toEqual({
			type: 'agent.message',
			runId: fleet.run().id,
			agentId: 'agent_made01_3',
			text: 'About pier.ts, line 1:\n> const pier = 7;\nwhy 7?',
		});
		await robot.sees('Queued for writer-1');
		await robot.sees(/─ pier\.ts/);
		await robot.press('k', 'c');
		await robot.sees('pier.ts, line 1 before your change');
		await robot.press('esc', 'g', 'c');
		await robot.sees('scout-1 has ended (done) and reads no more messages');
	});
});

test('without a file read or written, that is said', async () => {
	const steered = await openSteered({columns: 80, rows: 24}, {stage: 'planning'});
	opened.push(steered);
	await steered.robot.press('d');
	await steered.robot.sees('No file was read or written yet.');
	await steered.robot.press('enter');
	await steered.robot.sees('No file was read or written yet.');
});
