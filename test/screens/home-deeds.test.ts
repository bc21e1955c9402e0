import {describe, expect, test} from 'vitest';
import type {HomeAnswer, HomeDeeds} from '../../store/home/home-deeds.ts';
import {openHomeRobot} from './open-home.ts';
import {sizes} from './open-robot.ts';

/** An engine that answers when it is told to; all that it was asked, in order. */
const engine = () => {
	const asked: string[] = [];
	let answer: (answer: HomeAnswer) => void = () => {};
	const ask = (deed: keyof HomeDeeds) => (runId: string) => {
		asked.push(`${deed} ${runId}`);
		return new Promise<HomeAnswer>(resolve => {
			answer = resolve;
		});
	};
	const deeds: HomeDeeds = {pause: ask('pause'), stop: ask('stop')};
	return {deeds, asked, answer: (done: boolean, words: string): void => answer({done, words})};
};

describe.each(sizes)('what is done to a run from home at $columns×$rows', size => {
	test('is a pause, or letting it go on', async () => {
		const {deeds, asked, answer} = engine();
		const {robot, exits} = await openHomeRobot({deeds}, size);
		await robot.press('P');
		await robot.sees('The engine is asked');
		answer(true, 'Paused run_a1.');
		await robot.sees('Paused run_a1.');
		await robot.press('j', 'P');
		answer(true, 'run_a3 goes on.');
		await robot.sees('run_a3 goes on.');
		await robot.press('j', 'P');
		await robot.sees('The run has ended.');
		expect(asked).toEqual(['pause run_a1', 'pause run_a3']);
		expect(exits).toEqual([]);
	});

	test('is a stop, once it was confirmed', async () => {
		const {deeds, asked, answer} = engine();
		const {robot} = await openHomeRobot({deeds}, size);
		await robot.press('x');
		await robot.sees('End this run at once, with all its agents?');
		await robot.sees('Count the free berths');
		await robot.sees('y stop it   Esc let it live');
		await robot.press('n');
		await robot.seesNo('Stop?');
		await robot.press('x', 'esc', 'x');
		expect(asked).toEqual([]);
		await robot.press('y');
		await robot.seesNo('Stop?');
		answer(true, 'Stopped run_a1.');
		await robot.sees('Stopped run_a1.');
		expect(asked).toEqual(['stop run_a1']);
		await robot.press('G', 'k', 'x');
		await robot.sees('The run has ended.');
	});
});

test('only one thing is asked at a time, and what is refused is told in words', async () => {
	const {deeds, asked, answer} = engine();
	const {robot} = await openHomeRobot({deeds});
	await robot.press('P', 'P');
	await robot.sees('The engine has not answered yet: one moment.');
	await robot.press('x');
	await robot.seesNo('Stop?');
	answer(false, 'The limit of the run is reached. Raise it first.');
	await robot.sees('The limit of the run is reached. Raise it first.');
	await robot.press('x');
	await robot.sees('Stop?');
	expect(asked).toEqual(['pause run_a1']);
});
