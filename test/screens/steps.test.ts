import {afterEach, describe, expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import {makeRun} from '../support/make-run.ts';
import {sizes} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';

const opened: Steered[] = [];

const open = async (...args: Parameters<typeof openSteered>): Promise<Steered> => {
	const steered = await openSteered(...args);
	opened.push(steered);
	return steered;
};

afterEach(async () => {
	for (const {robot} of opened.splice(0)) await robot.leave();
});

describe.each(sizes)('a step at $columns×$rows', size => {
	test('is skipped with a reason', async () => {
		const {robot, fleet, sent} = await open(size, {stage: 'proposed'});
		await robot.press('j', 's');
		await robot.sees('Skip a step');
		await robot.type('not this time\r');
		await robot.seesNo('Skip a step');
		expect(sent()).toMatchObject({type: 'step.skip', reason: 'not this time'});
		await robot.sees(/❯ .*» api /);
		expect(stepsOf(fleet.run().plan).find(({key}) => key === 'api')?.status.kind).toBe('skipped');
		await robot.press('space', 'G');
		await robot.sees('Skipped');
		await robot.sees('not this time');
	});

	test('is split into parts, one after the other', async () => {
		const {robot, fleet, sent} = await open(size, {stage: 'proposed'});
		await robot.press('j', 'S');
		await robot.sees('Split api');
		await robot.type('The doors\tLook at the doors.\tThe windows\u0013');
		await robot.sees('Part 2 has no task: say what is to be done in it.');
		// The keys are in its field already.
		await robot.type('Look at the windows.');
		await robot.press('ctrl+n');
		await robot.type('The roof\tLook at the roof.');
		await robot.press('ctrl+s');
		await robot.seesNo('Split api');
		expect(sent()).toMatchObject({
			type: 'step.split',
			into: [
				{title: 'The doors', objective: 'Look at the doors.'},
				{title: 'The windows', objective: 'Look at the windows.'},
				{title: 'The roof', objective: 'Look at the roof.'},
			],
		});
		await robot.sees(/÷ api /);
		await robot.sees('api-3');
		expect(stepsOf(fleet.run().plan).filter(({key}) => key.startsWith('api-'))).toHaveLength(3);
	});

	test('gets an allowance in dollars, and loses it again', async () => {
		const {robot, fleet} = await open(size, {stage: 'proposed'});
		const moneyOf = (): number | undefined => stepsOf(fleet.run().plan)[0]?.allowance.money;
		await robot.press('e', ...Array.from({length: 9}, () => 'j'), 'enter');
		await robot.reads('There is no such limit now.');
		await robot.type('0.25\r');
		await robot.sees(/At most \$ +at most 0\.25/);
		await robot.press('esc');
		await robot.seesNo('Edit scout');
		expect(moneyOf()).toBe(250_000_000);
		await robot.press('space');
		await robot.sees('at most 12 tool calls, $0.2500');
		await robot.press('esc', 'e', ...Array.from({length: 9}, () => 'j'), 'enter', 'ctrl+u', 'enter');
		await robot.reads('or "none" for no limit');
		await robot.type('none\r');
		await robot.sees(/At most \$ +no limit of its own/);
		expect(moneyOf()).toBeUndefined();
	});

	test('says in its details what it was guessed to cost, what it cost, and how its checks went', async () => {
		const run = makeRun({steps: 3});
		const [step] = stepsOf(run.plan);
		const scout = run.agents.find(({name}) => name === 'scout-1');
		if (step === undefined || scout === undefined) throw new Error('The made run has a scout.');
		const {robot} = await open(size, {steps: 3}, [
			{
				type: 'step.finished',
				stepId: step.id,
				agentId: scout.id,
				packet: {
					status: 'UNVERIFIED',
					summary: 'Seen.',
					findings: [],
					produced: [],
					risks: [],
					reason: 'a check without a result',
					checks: [
						{name: 'test', command: 'npm test', outcome: 'ok', output: '12 passed'},
						{name: 'lint', command: 'npm run lint', outcome: 'unknown', output: ''},
					],
				},
				spent: scout.settled,
				estimate: step.estimate,
			},
		]);
		await robot.press('1', 'g', 'space');
		await robot.sees(/guessed \$\S+ · cost \$\S+, \d+% (more|less) than guessed/);
		await robot.sees('1 step waits for it');
		await robot.press('G');
		await robot.sees('Report: not checked, a check without a result');
		await robot.sees('● test passed');
		await robot.sees('12 passed');
		await robot.sees('? lint outcome unknown');
	});
});
