import {expect, onTestFinished, test} from 'vitest';
import {noCosts} from '../../source/domain/costs.ts';
import {createTimeline} from '../../store/timeline.ts';
import {arrivalOf} from '../../store/travel.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';

const run = makeRun();
const [first] = makeEvents();
if (first === undefined) throw new Error('The made run has events.');

const timelineOf = (count: number, msBetween: number) => {
	const timeline = createTimeline();
	for (let i = 0; i < count; i++) timeline.add({...first, seq: 10 + 2 * i, at: first.at + i * msBetween}, run, noCosts);
	return timeline;
};

test('of 100,000 events no moment is farther than 1,024 from a run that is known', () => {
	const timeline = timelineOf(100_000, 10);
	let farthest = 0;
	for (let n = 1; n <= timeline.count(); n += 7) farthest = Math.max(farthest, n - timeline.checkpoint(n).n);
	expect(farthest).toBeLessThanOrEqual(1024);
	expect(farthest).toBeGreaterThan(512);
});

test('a number between two of the run means the event before it, and one outside is refused with words', () => {
	const timeline = timelineOf(50, 1000);
	expect(arrivalOf(timeline, 7, {text: '13'})).toEqual({n: 2});
	expect(arrivalOf(timeline, 7, {text: '#14'})).toEqual({n: 3});
	expect(arrivalOf(timeline, 7, {text: '9'})).toEqual({problem: 'The first event of this run is #10.'});
	expect(arrivalOf(timeline, 7, {text: '109'})).toEqual({problem: 'The newest event of this run is #108.'});
});

test('a time of day is found also when the run went over midnight', () => {
	const hour = 3_600_000;
	const timeline = timelineOf(30, hour);
	for (const n of [2, 29]) {
		const at = new Date(timeline.timeOf(n));
		const text = `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
		const arrival = arrivalOf(timeline, n, {text});
		expect(arrival).toEqual({n});
	}
	expect(arrivalOf(timeline, 1, {text: '25:00'})).toMatchObject({problem: expect.stringContaining('neither')});
});

test('a time of day is found also when summer time began or ended in that night', () => {
	const zone = process.env['TZ'];
	process.env['TZ'] = 'Europe/Berlin';
	onTestFinished(() => {
		if (zone === undefined) delete process.env['TZ'];
		else process.env['TZ'] = zone;
	});
	for (const noon of [Date.UTC(2026, 2, 28, 11), Date.UTC(2026, 9, 24, 10)]) {
		const timeline = createTimeline();
		for (let i = 0; i < 20; i++) timeline.add({...first, seq: i + 1, at: noon + i * 3_600_000}, run, noCosts);
		expect(new Date(noon).getHours()).toBe(12);
		expect(arrivalOf(timeline, 20, {text: '13:00'})).toEqual({n: 2});
		const morning = `${new Date(timeline.timeOf(19)).getHours()}:00`;
		expect(arrivalOf(timeline, 1, {text: morning})).toEqual({n: 19});
	}
});
