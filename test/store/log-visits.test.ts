import {expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {createFleetStore} from '../../store/fleet-store.ts';
import {createWindow} from '../../store/window.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

/** A window at a place of a run whose history comes in pieces. */
const openSlowly = async () => {
	const events = makeEvents();
	const fleet = createMemoryFleet(events);
	const clock = createManualClock(fleet.run().lastEventAt);
	let deliver = (_: readonly Stamped[]): void => {};
	const store = createFleetStore({
		port: {
			...fleet.port,
			subscribe: (_, {onEvents}) => {
				deliver = onEvents;
				return () => {};
			},
		},
		runId: fleet.run().id,
		describe: ({type}) => ({level: 'info', text: type, agentName: undefined}),
		schedule: call => void clock.after(100, call),
		soon: clock.soon,
	});
	const window = createWindow({
		port: fleet.port,
		fleet: store,
		now: clock.now,
		after: clock.after,
		onQuit: () => {},
		place: {runId: fleet.run().id, agentId: undefined, seq: 20, words: ''},
	});
	const settle = async (): Promise<void> => {
		for (let i = 0; i < 6; i++) await Promise.resolve();
	};
	await settle();
	return {
		window,
		newest: events.length,
		deliver: async (from: number, to: number) => {
			deliver(events.slice(from, to));
			store.flush();
			await settle();
		},
	};
};

test('a window opened at an event waits for the end of the history', async () => {
	const {window, deliver, newest} = await openSlowly();
	expect(window.ui.getState()).toMatchObject({pane: 'log', log: {anchor: {at: 20, top: 20}}});
	await deliver(0, 30);
	expect(window.ui.getState().log.anchor).toMatchObject({at: 20, top: 20});
	await deliver(30, newest);
	expect(window.ui.getState().log.anchor).toEqual({at: 20, top: 12, newest});
});

test('who has gone on by then is not called back', async () => {
	const {window, deliver, newest} = await openSlowly();
	await deliver(0, 30);
	window.press([{name: '1', text: '1'}]);
	await deliver(30, newest);
	expect(window.ui.getState()).toMatchObject({pane: 'plan', log: {anchor: {at: 20, top: 20}}});
});
