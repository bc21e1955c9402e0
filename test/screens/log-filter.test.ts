import {describe, expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {logEntriesMax} from '../../store/log-memory.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

describe.each(sizes)('the filter of the log at $columns×$rows', size => {
	test('shows what is active, and says what it does not know', async () => {
		const {robot} = await openRobot({}, size);
		await robot.press('3', '/');
		await robot.type('kind:plan leve');
		await robot.type('l:warn\r');
		await robot.sees('filter "kind:plan level:');
		await robot.sees('Nothing matches');
		await robot.press('l');
		await robot.sees('build begins.');
		await robot.press('/');
		await robot.type(' kind:walrus');
		await robot.sees('There is no kind "walrus"');
		await robot.press('esc');
		await robot.seesNo('filter "');
		await robot.press('l');
		await robot.sees('filter "');
		await robot.press('esc');
		await robot.seesNo('filter "');
		await robot.leave();
	});
});

test('finds what is no longer in memory, and what falls out of it', async () => {
	const events = makeEvents();
	const last = events.at(-1);
	if (last === undefined) throw new Error('no events');
	const noise = (from: number, count: number) =>
		Array.from(
			{length: count},
			(_, i): Stamped => ({
				...last,
				seq: from + i,
				event: i % 2 === 0 ? {type: 'run.paused', by: 'person'} : {type: 'run.resumed'},
			}),
		);
	const fleet = createMemoryFleet([...events, ...noise(last.seq + 1, logEntriesMax + 2)]);
	const clock = createManualClock(last.at + 1000);
	const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, columns: 120, rows: 40});
	await robot.sees('flotilla');
	await robot.press('3', '/');
	await robot.type('plan of 9\r');
	await robot.wait(100);
	await robot.sees('A plan of 9 steps for a survey is proposed.');
	const {id} = fleet.run();
	for (let i = 0; i < logEntriesMax; i++)
		void fleet.port.send({type: i % 2 === 0 ? 'run.resume' : 'run.pause', runId: id});
	await robot.wait(200);
	await robot.sees('A plan of 9 steps for a survey is proposed.');
	await robot.press('T', '<');
	await robot.wait(100);
	await robot.sees('PAST');
	await robot.sees('A plan of 9 steps for a survey is proposed.');
	expect(robot.screen().join('\n').split('A plan of 9 steps').length).toBe(2);
	await robot.leave();
});
