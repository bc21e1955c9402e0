import {expect, it} from 'vitest';
import {storedPort} from '../../source/boot/stored-port.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {Cursor, Listener} from '../../source/engine/port.ts';
import type {HostPort} from '../../source/host/host-port.ts';
import {summaryOf} from '../db/sample-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {openTempLog} from '../support/temp-log.ts';

const events = makeEvents({runId: 'run_long', stage: 'done'});
const others = makeEvents({runId: 'run_other'});

/** An engine that only listens to who subscribes. */
const quietEngine = () => {
	const subscribed: {readonly from: Cursor; readonly listener: Listener}[] = [];
	const asked: string[] = [];
	const none = async (): Promise<never> => {
		throw new Error('Nothing is read from the engine.');
	};
	const port: HostPort = {
		send: async ({type}) => {
			asked.push(type);
			return undefined;
		},
		carry: none,
		subscribe: (from, listener) => {
			const entry = {from, listener};
			subscribed.push(entry);
			return () => void subscribed.splice(subscribed.indexOf(entry), 1);
		},
		history: none,
		runs: none,
		search: none,
	};
	return {port, subscribed, asked};
};

const listening = () => {
	const seen: Stamped[] = [];
	return {seen, listener: {onEvents: (batch: readonly Stamped[]) => void seen.push(...batch), onSignal: () => {}}};
};

const storeMany = () => {
	const log = openTempLog();
	const stored: Stamped[] = [];
	while (stored.length < 3000) {
		stored.push(...log.append(events, [summaryOf(events)]));
		log.append(others.slice(0, 5), []);
	}
	return {log, stored};
};

it('what is stored is read from the database, and what comes is heard from the engine, without a gap', async () => {
	const {log, stored} = storeMany();
	const clock = createManualClock();
	const engine = quietEngine();
	const {port} = storedPort(engine.port, () => log, clock);
	const {seen, listener} = listening();
	const stop = port.subscribe({after: 0, runId: 'run_long'}, listener);
	expect(seen).toEqual(stored);
	expect(engine.subscribed.map(({from}) => from)).toEqual([{after: stored.at(-1)?.seq, runId: 'run_long'}]);
	stop();
	expect(engine.subscribed).toEqual([]);
	expect(await port.history({runId: 'run_long', newest: true, limit: 3})).toEqual(stored.slice(-3));
	expect((await port.runs()).map(({id}) => id)).toEqual(['run_long']);
	await port.send({type: 'plan.approve', runId: 'run_long'});
	expect(engine.asked).toEqual(['plan.approve']);
});

it('a long history is taken in piece by piece, and who stops listening hears no more of it', async () => {
	const {log, stored} = storeMany();
	const clock = createManualClock();
	const engine = quietEngine();
	// Each look at the clock takes a while.
	const slow = {
		...clock,
		now: () => {
			clock.advance(20);
			return clock.now();
		},
	};
	const {port} = storedPort(engine.port, () => log, slow);
	const {seen, listener} = listening();
	const stop = port.subscribe({after: 0, runId: 'run_long'}, listener);
	const first = seen.length;
	expect(first).toBeGreaterThan(0);
	await Promise.resolve();
	const heard = seen.length;
	expect(heard).toBeGreaterThan(first);
	expect(heard).toBeLessThan(stored.length);
	stop();
	for (let i = 0; i < 10; i++) await Promise.resolve();
	expect(seen).toHaveLength(heard);
	expect(engine.subscribed).toEqual([]);
	const again = listening();
	port.subscribe({after: 0, runId: 'run_long'}, again.listener);
	await expect.poll(() => engine.subscribed).toHaveLength(1);
	expect(again.seen).toEqual(stored);
});

it('where nothing can be read here, everything is asked of the engine', () => {
	const engine = quietEngine();
	const {port} = storedPort(engine.port, () => undefined, createManualClock());
	const {listener} = listening();
	port.subscribe({after: 7, runId: 'run_long'}, listener);
	port.subscribe({after: 9}, listener);
	expect(engine.subscribed.map(({from}) => from)).toEqual([{after: 7, runId: 'run_long'}, {after: 9}]);
});
