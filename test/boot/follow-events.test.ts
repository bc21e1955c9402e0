import {expect, it} from 'vitest';
import {followEvents} from '../../source/boot/follow-events.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {summaryOf} from '../db/sample-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {openTempLog} from '../support/temp-log.ts';

const events = makeEvents({runId: 'run_followed', stage: 'done'});
const others = makeEvents({runId: 'run_other'});

it('every event of one run comes once, in order, however many come between two looks', async () => {
	const log = openTempLog();
	const clock = createManualClock();
	const seen: Stamped[] = [];
	const rest = [...events];
	const store = (count: number): void => {
		const batch = rest.splice(0, count);
		log.append(batch, [summaryOf(events)]);
		log.append(others.slice(0, 3), []);
	};
	store(10);
	const followed = followEvents({
		log,
		from: {after: 0, runId: 'run_followed'},
		clock,
		abort: new AbortController().signal,
		take: batch => {
			seen.push(...batch);
			return seen.at(-1)?.event.type !== 'run.ended';
		},
	});
	for (const count of [1, 0, 40, events.length]) {
		store(count);
		clock.advance(250);
		await Promise.resolve();
	}
	await followed;
	expect(seen.map(({event}) => event.type)).toEqual(events.map(({event}) => event.type));
	expect(clock.waiting()).toBe(0);
});

it('every event of all runs comes once, in the order of their numbers', async () => {
	const log = openTempLog();
	const clock = createManualClock();
	const seen: Stamped[] = [];
	const stored = [...log.append(events.slice(0, 5), [summaryOf(events)]), ...log.append(others.slice(0, 3), [])];
	const followed = followEvents({
		log,
		from: {after: stored[1]?.seq ?? 0},
		clock,
		abort: new AbortController().signal,
		take: batch => {
			seen.push(...batch);
			return seen.length < 8;
		},
	});
	stored.push(...log.append(events.slice(5, 7), []));
	clock.advance(250);
	await followed;
	expect(seen).toEqual(stored.slice(2));
	expect(new Set(seen.map(({runId}) => runId)).size).toBe(2);
});

it('who breaks it off does not wait for the next look', async () => {
	const log = openTempLog();
	const clock = createManualClock();
	const over = new AbortController();
	const followed = followEvents({
		log,
		from: {after: 0, runId: 'run_none'},
		clock,
		abort: over.signal,
		take: () => true,
	});
	over.abort();
	await followed;
	expect(clock.waiting()).toBe(0);
});
