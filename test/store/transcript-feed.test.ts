import {describe, expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import type {HistoryQuery} from '../../source/engine/port.ts';
import {createTranscriptLoader} from '../../store/transcript-feed.ts';
import {createTranscriptIndexes} from '../../store/transcript-index.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

const agentId = 'agent_x_1';
const runId = 'run_x';

const said = (seq: number): Stamped => ({
	seq,
	at: seq,
	runId,
	cause: 'test',
	event: {type: 'agent.messaged', agentId, messageId: `message_x_${seq}`, text: `Number ${seq}`, from: 'person'},
});

/** A loader over so many events of one agent, numbered from 1. */
const open = (count: number) => {
	const events = Array.from({length: count}, (_, i) => said(i + 1));
	const asked: HistoryQuery[] = [];
	let changes = 0;
	let broken = false;
	const {port} = createMemoryFleet(makeEvents());
	const loader = createTranscriptLoader({
		port: {
			...port,
			history: query => {
				asked.push(query);
				if (broken) return Promise.reject(new Error('gone'));
				const {after = 0, before = Number.POSITIVE_INFINITY, newest, limit} = query;
				const found = events.filter(({seq}) => seq > after && seq < before);
				return Promise.resolve(newest ? found.slice(-limit) : found.slice(0, limit));
			},
		},
		runId,
		indexOf: createTranscriptIndexes().of,
		changed: () => {
			changes++;
		},
	});
	return {
		loader,
		asked,
		changes: () => changes,
		breakOff: () => {
			broken = true;
		},
		/** More happens. */
		happen: (more: number) => {
			const batch = Array.from({length: more}, (_, i) => said(events.length + 1 + i));
			events.push(...batch);
			loader.follow(batch);
		},
		seqs: () => loader.feed()?.events.map(({seq}) => seq) ?? [],
		settle: async () => {
			for (let i = 0; i < 100; i++) await Promise.resolve();
		},
	};
};

const isWhole = (seqs: readonly number[]): boolean => seqs.every((seq, i) => i === 0 || seq === (seqs[i - 1] ?? 0) + 1);

describe('a stretch of a transcript', () => {
	test('begins at the end, whatever its length', async () => {
		const {loader, seqs, settle, asked} = open(100_000);
		loader.read(agentId, undefined);
		expect(loader.feed()?.loading).toBe(true);
		await settle();
		expect(loader.feed()).toMatchObject({loading: false, older: true, newer: false});
		expect(seqs().at(-1)).toBe(100_000);
		expect(asked).toHaveLength(1);
	});

	test('begins at any place, with what stands around it', async () => {
		for (const place of [1, 2, 777, 50_000, 99_999, 100_000]) {
			const {loader, seqs, settle} = open(100_000);
			loader.read(agentId, place);
			await settle();
			expect(seqs()).toContain(place);
			expect(isWhole(seqs())).toBe(true);
			expect(loader.feed()).toMatchObject({older: (seqs()[0] ?? 0) > 1, newer: (seqs().at(-1) ?? 0) < 100_000});
		}
	});

	test('goes along with the person, up and down, without gaps and without growing for ever', async () => {
		const {loader, seqs, settle} = open(20_000);
		loader.read(agentId, undefined);
		await settle();
		for (const step of [-100, 100]) {
			for (let place = seqs().at(-1) ?? 0; place > 0 && place <= 20_000; place += step) {
				loader.read(agentId, place);
				await settle();
				expect(seqs()).toContain(place);
				expect(isWhole(seqs())).toBe(true);
				expect(seqs().length).toBeLessThanOrEqual(2000);
			}
		}
	});

	test('jumps from end to end', async () => {
		const {loader, seqs, settle} = open(100_000);
		loader.read(agentId, undefined);
		await settle();
		loader.read(agentId, 0);
		await settle();
		expect(seqs()[0]).toBe(1);
		expect(loader.feed()).toMatchObject({older: false, newer: true});
		loader.read(agentId, undefined);
		await settle();
		expect(seqs().at(-1)).toBe(100_000);
	});

	test('takes in what happens at its end, and lets go of its beginning', async () => {
		const {loader, seqs, settle, happen} = open(5000);
		loader.read(agentId, undefined);
		await settle();
		for (let i = 0; i < 50; i++) happen(100);
		expect(seqs().at(-1)).toBe(10_000);
		expect(isWhole(seqs())).toBe(true);
		expect(seqs().length).toBeLessThanOrEqual(2000);
		expect(loader.feed()?.older).toBe(true);
	});

	test('keeps the place where the person reads while much happens at the end', async () => {
		const {loader, seqs, settle, happen} = open(5000);
		loader.read(agentId, undefined);
		await settle();
		loader.read(agentId, 4900);
		for (let i = 0; i < 50; i++) happen(100);
		await settle();
		expect(seqs()).toContain(4900);
		expect(loader.feed()?.newer).toBe(true);
		loader.read(agentId, undefined);
		await settle();
		expect(seqs().at(-1)).toBe(10_000);
	});

	test('misses nothing that happens while a page is on its way', async () => {
		const {loader, seqs, settle, happen} = open(5000);
		loader.read(agentId, 4990);
		happen(3);
		await settle();
		happen(2);
		loader.read(agentId, undefined);
		happen(1);
		await settle();
		expect(seqs().at(-1)).toBe(5006);
		expect(isWhole(seqs())).toBe(true);
	});

	test('is let go when another agent is read, also while a page is on its way', async () => {
		const {loader, settle} = open(5000);
		loader.read(agentId, undefined);
		loader.read('agent_x_2', undefined);
		expect(loader.feed()).toMatchObject({agentId: 'agent_x_2', events: []});
		loader.read(undefined, undefined);
		await settle();
		expect(loader.feed()).toBeUndefined();
	});

	test('is what came in by itself once the engine is gone, and does not ask for ever', async () => {
		const {loader, seqs, settle, happen, breakOff, asked} = open(5000);
		breakOff();
		loader.read(agentId, undefined);
		happen(2);
		await settle();
		expect(seqs()).toEqual([5001, 5002]);
		expect(loader.feed()?.loading).toBe(false);
		expect(asked.length).toBeLessThan(5);
	});
});
