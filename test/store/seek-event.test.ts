import {expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {seekEvent} from '../../store/seek-event.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

const agentId = 'agent_x_1';

/** 30,000 events of which every thousandth has the word. */
const open = () => {
	const made = makeEvents();
	const first = made[0];
	if (first === undefined) throw new Error('The made run has events.');
	const story = Array.from({length: 30_000}, (_, i): Stamped => {
		const text = (i + 1) % 1000 === 0 ? 'a Walrus' : 'a gull';
		return {
			...first,
			seq: i + 1,
			event: {type: 'agent.messaged', agentId, messageId: `message_x_${i}`, text, from: 'person'},
		};
	});
	const {port} = createMemoryFleet(made);
	const wide: number[] = [];
	const seek = (ways: Parameters<typeof seekEvent>[1]['ways'], fits: (event: Stamped) => boolean = () => true) =>
		seekEvent(
			{
				...port,
				history: ({after = 0, before = Number.POSITIVE_INFINITY, newest, text = '', limit}) => {
					if (text !== '') wide.push(before - after);
					const found = story.filter(
						({seq, event}) =>
							seq > after && seq < before && JSON.stringify(event).toLowerCase().includes(text.toLowerCase()),
					);
					return Promise.resolve(newest ? found.slice(-limit) : found.slice(0, limit));
				},
			},
			{runId: first.runId, agentId, text: 'walrus', ways, fits},
		);
	return {seek, wide};
};

test('a text is found up and down from a place, and from the other end', async () => {
	const {seek, wide} = open();
	expect(await seek([{from: 1500, step: 1}])).toBe(2000);
	expect(await seek([{from: 2000, step: 1}])).toBe(3000);
	expect(await seek([{from: 1500, step: -1}])).toBe(1000);
	expect(await seek([{from: 1000, step: -1}])).toBeUndefined();
	expect(
		await seek([
			{from: 1000, step: -1},
			{from: Number.MAX_SAFE_INTEGER, step: -1},
		]),
	).toBe(30_000);
	// An engine is never kept long.
	expect(Math.max(...wide)).toBeLessThanOrEqual(10_002);
});

test('one that is only in what nobody sees is passed over, however often it is', async () => {
	const {seek} = open();
	expect(await seek([{from: 0, step: 1}], ({seq}) => seq === 29_000)).toBe(29_000);
	expect(await seek([{from: 30_001, step: -1}], ({seq}) => seq === 1000)).toBe(1000);
	expect(await seek([{from: 0, step: 1}], () => false)).toBeUndefined();
});
