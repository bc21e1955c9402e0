import {describe, expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const events = makeEvents();
const last = events.length;

const runAfter = (n: number): Run => {
	const run = events.slice(0, n).reduce<Run | undefined>(evolve, undefined);
	if (run === undefined) throw new Error('no run');
	return run;
};

const placeOf = (wanted: (stamped: Stamped) => boolean): number => events.findIndex(wanted) + 1;

describe.each(sizes)('the past at $columns×$rows', size => {
	test('is told by word, shape, time and number, and every pane shows it', async () => {
		const {robot} = await openRobot({}, size);
		await robot.sees('needs you');
		await robot.press('T');
		await robot.sees('◀ PAST');
		await robot.sees(size.columns < 80 ? `#${last}/#${last}` : `event #${last} of #${last}`);
		await robot.press('home');
		await robot.sees(/◀ PAST .*#1(\/| of )/);
		await robot.sees('planning');
		await robot.seesNo('needs you');
		const proposed = placeOf(({event}) => event.type === 'plan.proposed');
		await robot.press(']');
		await robot.sees(new RegExp(`#${proposed}(/| of )`));
		await robot.sees(size.columns < 80 ? 'plan of 9 steps' : 'scout');
		await robot.press('right', '.', '>');
		await robot.press('left');
		await robot.press('esc');
		await robot.seesNo('PAST');
		await robot.sees('needs you');
		await robot.leave();
	});
});

describe('the past', () => {
	test('is reached by the number of an event and by a time of day, and says what is neither', async () => {
		const {robot} = await openRobot({}, {columns: 120, rows: 40});
		await robot.press('T', 't');
		await robot.type('12');
		await robot.press('enter');
		await robot.sees(`event #12 of #${last}`);
		const at = new Date(events[20]?.at ?? 0);
		const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
		const then = events.filter(event => event.at <= at.getTime() - at.getMilliseconds() + 999).length;
		await robot.press('t');
		await robot.type(time);
		await robot.press('enter');
		await robot.sees(`${time} · event #${then} of #${last}`);
		await robot.press('t');
		await robot.type('noon');
		await robot.press('enter');
		await robot.sees('"noon" is neither the number of an event');
		await robot.press('esc');
		await robot.sees(`event #${then} of #${last}`);
		await robot.leave();
	});

	test('numbers events as the log does, also where other runs came first', async () => {
		const later = events.map(stamped => ({...stamped, seq: stamped.seq + 313}));
		const fleet = createMemoryFleet(later);
		const clock = createManualClock((later.at(-1)?.at ?? 0) + 1000);
		const robot = createRobot({port: fleet.port, runId: fleet.run().id, clock, columns: 120, rows: 40});
		await robot.sees('flotilla');
		await robot.press('T', 'home');
		await robot.sees(`event #314 of #${last + 313}`);
		await robot.press('3', 'L');
		await robot.sees('#314 · ');
		await robot.press('L', 't');
		await robot.type('1');
		await robot.press('enter');
		await robot.sees('The first event of this run is #314.');
		await robot.press('ctrl+u');
		await robot.type('#320');
		await robot.press('enter');
		await robot.sees(`event #320 of #${last + 313}`);
		await robot.leave();
	});

	test('counts ages to the time of its event, and not to now', async () => {
		const {robot} = await openRobot({}, {columns: 120, rows: 40});
		await robot.press('T', 'left', 'left');
		await robot.sees(`event #${last - 2} of`);
		const screen = robot.screen().join('\n');
		await robot.wait(120_000);
		expect(robot.screen().join('\n')).toBe(screen);
		await robot.leave();
	});

	test('is played, faster and slower, without waiting out long rests, and stops at the newest event', async () => {
		const {robot} = await openRobot({}, {columns: 200, rows: 60});
		const proposed = placeOf(({event}) => event.type === 'plan.proposed');
		await robot.press('T', 'home', 'right', 'right', 'space');
		await robot.sees('▶ 1x');
		// The planner thought for six seconds: nobody waits for longer than three.
		await robot.sees('a pause of 6s is cut short');
		await robot.wait(3100);
		await robot.sees(new RegExp(`event #(${proposed}|${proposed + 1}|${proposed + 2}) of`));
		await robot.press('+', '+', '+', '+', '+', '+', '+');
		await robot.sees('It cannot be played faster.');
		await robot.sees('▶ 100x');
		for (let i = 0; i < 20; i++) await robot.wait(3000);
		await robot.sees(`event #${last} of #${last}`);
		await robot.seesNo('▶ 100x');
		await robot.leave();
	});

	test('shows a transcript up to its event', async () => {
		const {robot, fleet} = await openRobot({}, {columns: 120, rows: 40});
		const scout = fleet.run().agents.find(({name}) => name === 'scout-1');
		const read = placeOf(({event}) => event.type === 'call.finished' && event.agentId === scout?.id);
		await robot.press('T', 't');
		await robot.type(String(read - 1));
		await robot.press('enter', '1', 'g', 'enter');
		await robot.sees('I read the harbour first.');
		await robot.seesNo('14 lines');
		await robot.press('right');
		await robot.sees('14 lines');
		await robot.press('left');
		await robot.seesNo('14 lines');
		await robot.press('esc');
		await robot.sees('PAST');
		await robot.leave();
	});

	test('shows a request as it stood then, and goes on taking in what happens now', async () => {
		const {robot, fleet} = await openRobot({}, {columns: 120, rows: 40});
		const opened = placeOf(({event}) => event.type === 'request.opened' && event.ask.kind === 'call');
		expect(openRequests(runAfter(opened))).toHaveLength(1);
		await robot.press('T', 't');
		await robot.type(String(opened));
		await robot.press('enter', 'w');
		await robot.sees('edit source/harbour.ts');
		await robot.press('a');
		await robot.sees('This is the past');
		await robot.press('esc', 'esc');
		const {id} = fleet.run();
		await fleet.port.send({type: 'run.pause', runId: id});
		await robot.wait(200);
		await robot.sees(`event #${opened} of #${last + 1}`);
		await robot.press('T');
		await robot.sees('paused');
		expect(fleet.commands.map(({type}) => type)).toEqual(['run.pause']);
		await robot.leave();
	});
});
