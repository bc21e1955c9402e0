import {expect, test} from 'vitest';
import {createDrawLoop} from '../../components/draw-loop.ts';
import {createManualClock} from '../support/manual-clock.ts';

/** A loop whose next frame is due after `due.ms`, and the times at which it was drawn by the clock. */
const openLoop = (due: {ms: number | undefined}) => {
	const clock = createManualClock(0);
	const drawnAt: number[] = [];
	let news = (): void => {};
	const loop = createDrawLoop({
		paint: () => ({screen: {columns: 80, rows: 24, layers: [], focus: '', cursor: undefined}, facts: undefined}),
		noFacts: undefined,
		connect: () => {},
		watch: ({byNews}) => {
			news = byNews;
			return () => {};
		},
		tickMs: () => due.ms,
		onTick: () => void drawnAt.push(clock.now()),
		now: clock.now,
		after: clock.after,
		columns: 80,
		rows: 24,
	});
	/** Something is drawn. */
	const draw = async (): Promise<void> => {
		news();
		await Promise.resolve();
	};
	return {clock, drawnAt, draw, loop};
};

test('a frame that is due sooner than the one on its way is drawn then', async () => {
	const due: {ms: number | undefined} = {ms: 1000};
	const {clock, drawnAt, draw, loop} = openLoop(due);
	due.ms = 400;
	await draw();
	clock.advance(400);
	expect(drawnAt).toEqual([400]);
	loop.stop();
});

test('a frame that is on its way is not put off by one of a shorter interval', async () => {
	const due: {ms: number | undefined} = {ms: 250};
	const {clock, drawnAt, draw, loop} = openLoop(due);
	clock.advance(200);
	due.ms = 200;
	await draw();
	clock.advance(50);
	expect(drawnAt).toEqual([250]);
	loop.stop();
	clock.advance(1000);
	expect(drawnAt).toEqual([250]);
});
