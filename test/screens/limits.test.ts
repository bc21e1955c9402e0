import {afterEach, describe, expect, test} from 'vitest';
import {runWord} from '../../source/domain/run.ts';
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

/** The made run with its limit where four fifths of it are used. */
const nearly = (): number => (makeRun({steps: 3}).ledger.settled * 1.1) / 1e9;

describe.each(sizes)('limits at $columns×$rows', size => {
	test('are set by a form, each in its own unit, and lifted', async () => {
		const {robot, fleet, sent} = await open(size, {steps: 3});
		await robot.press('b');
		await robot.sees('Limits of the run and the day');
		await robot.type('7.5\u0013');
		await robot.seesNo('Limits of the run');
		expect(sent()).toMatchObject({type: 'budget.set', scope: 'run', what: 'money', limit: 7_500_000_000});
		await robot.sees('of $7.50');
		await robot.press('b', 'shift+tab', 'd', 'tab');
		await robot.sees('day: US dollars');
		await robot.type('20\u0013');
		await robot.seesNo('Limits of the run');
		expect(fleet.run().settings.limits.day).toEqual({money: 20_000_000_000});
		await robot.wait(100);
		await robot.press('4');
		await robot.sees(/day \$ .*of \$20\.00/);
		await robot.press('b');
		await robot.sees('"none" lifts it');
		await robot.press('ctrl+u', 'ctrl+s');
		await robot.sees('or "none" for no limit');
		expect(fleet.run().settings.limits.run).toEqual({money: 7_500_000_000});
		await robot.type('none\u0013');
		await robot.seesNo('Limits of the run');
		expect(fleet.run().settings.limits.run).toEqual({});
	});

	test('that would be far more than before are asked once more, and what holds now gives way to what is typed', async () => {
		const {robot, fleet} = await open(size, {steps: 3, budgetUsd: 5});
		await robot.press('b');
		await robot.type('8\u0013');
		await robot.seesNo('Limits of the run');
		expect(fleet.run().settings.limits.run).toEqual({money: 8_000_000_000});
		await robot.press('b');
		await robot.type('8000\u0013');
		await robot.sees('$8000.00 is 1,000 times as much');
		expect(fleet.run().settings.limits.run).toEqual({money: 8_000_000_000});
		await robot.press('ctrl+s');
		await robot.seesNo('Limits of the run');
		expect(fleet.run().settings.limits.run).toEqual({money: 8_000_000_000_000});
	});

	test('that are nearly reached are marked by a sign and a word', async () => {
		const {robot, fleet} = await open(size, {steps: 3});
		await robot.seesNo('near');
		const limit = nearly();
		await fleet.port.send({
			type: 'budget.set',
			runId: fleet.run().id,
			scope: 'run',
			what: 'money',
			limit: Math.round(limit * 1e9),
		});
		await robot.wait(100);
		await robot.sees(/9\d% of \$\S+ ! near|! 9\d% of run money/);
		await robot.sees(/ ! (near|\d+% of)/);
	});
});

describe.each(sizes)('a lane at $columns×$rows', size => {
	const throttle = ({fleet}: Steered, kind: 'throttled' | 'quota', retryAfterMs?: number): void => {
		const agent = fleet.run().agents.find(({turn}) => turn !== undefined);
		if (agent?.turn === undefined) throw new Error('The made run has an agent at work.');
		fleet.report({
			type: 'turn.replied',
			agentId: agent.id,
			turnId: agent.turn.id,
			reply: {
				kind: 'failed',
				failure: {kind, message: 'Too much at once (429).', ...(retryAfterMs === undefined ? {} : {retryAfterMs})},
				partial: [],
				usage: undefined,
			},
		});
	};

	test('that is paused shows its countdown, and the run is paused, not done', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, fleet} = steered;
		throttle(steered, 'throttled', 34_000);
		expect(runWord(fleet.run())).toBe('paused');
		await robot.wait(100);
		await robot.sees(/⏸ paused/);
		await robot.sees(/anthropic paused 34s/);
		await robot.wait(2000);
		await robot.sees(/anthropic paused 32s/);
		await robot.press('2');
		await robot.sees(/waits for anthr/);
	});

	test('that is closed asks, and goes on by one key', async () => {
		const steered = await open(size, {steps: 3});
		const {robot, sent} = steered;
		throttle(steered, 'quota');
		await robot.wait(100);
		await robot.sees('anthropic closed');
		await robot.press('w');
		await robot.sees('a try again');
		await robot.press('a');
		expect(sent()).toMatchObject({type: 'request.answer', answer: {kind: 'approve'}});
		await robot.seesNo('anthropic closed');
	});
});

describe.each(sizes)('storage trouble at $columns×$rows', size => {
	test('is told by a line of its own until it is over', async () => {
		const {robot, fleet} = await open(size, {steps: 3});
		fleet.signal({type: 'storage', state: 'waiting', message: 'The disk is full: nothing is stored, nothing moves.'});
		await robot.wait(100);
		await robot.sees('! The disk is full: nothing is stored');
		expect(robot.screen()).toHaveLength(size.rows);
		expect(robot.screen()[0]).toMatch(/^flotilla/);
		await robot.press('?');
		await robot.sees('! The disk is full');
		await robot.press('esc');
		fleet.signal({type: 'storage', state: 'well', message: 'It can store again.'});
		await robot.wait(100);
		await robot.seesNo('The disk is full');
	});
});
