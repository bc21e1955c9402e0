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
		runId: 'run_followed',
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

it('who breaks it off does not wait for the next look', async () => {
	const log = openTempLog();
	const clock = createManualClock();
	const over = new AbortController();
	const followed = followEvents({log, runId: 'run_none', clock, abort: over.signal, take: () => true});
	over.abort();
	await followed;
	expect(clock.waiting()).toBe(0);
});
