import {expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import type {RunAt} from '../../source/domain/run.ts';
import {createSnapshotKeeper, eventsBetween} from '../../source/engine/keep-snapshots.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun({runId: 'run_a'});
const runs = new Map([['run_a', run] as const]);

const keeper = (lengthOf: (at: RunAt) => number = () => 1000) => {
	const kept: number[] = [];
	const snapshots = createSnapshotKeeper({
		keepSnapshot: at => {
			kept.push(at.seq);
			return lengthOf(at);
		},
	});
	let seq = 0;
	const store = (count: number): void => {
		const batch = Array.from(
			{length: count},
			(): Stamped => ({seq: ++seq, at: 0, runId: 'run_a', cause: 'tick', event: {type: 'run.resumed'}}),
		);
		snapshots.stored(batch, runs);
	};
	return {snapshots, kept, store};
};

test('a run is kept after its last event whenever so many have come', () => {
	const {kept, store} = keeper();
	store(eventsBetween - 1);
	expect(kept).toEqual([]);
	store(3);
	expect(kept).toEqual([eventsBetween + 2]);
	for (let i = 0; i < eventsBetween; i++) store(1);
	expect(kept).toEqual([eventsBetween + 2, 2 * eventsBetween + 2]);
});

test('a run for which much had to be folded is kept at once', () => {
	const {snapshots, kept, store} = keeper();
	snapshots.read({run, seq: 70}, 10);
	expect(kept).toEqual([]);
	store(eventsBetween - 10);
	expect(kept).toEqual([eventsBetween - 10]);
	snapshots.letGo('run_a');
	snapshots.read({run, seq: 80}, eventsBetween);
	expect(kept).toEqual([eventsBetween - 10, 80]);
});

test('a long run is kept more rarely', () => {
	const {kept, store} = keeper(() => 1_000_000);
	store(eventsBetween);
	for (let i = 0; i < 5; i++) store(1000);
	expect(kept).toEqual([eventsBetween, eventsBetween + 5000]);
});

test('a snapshot that cannot be kept is left out', () => {
	const {kept, store} = keeper(() => {
		throw Object.assign(new Error('The disk is full.'), {trouble: 'passing'});
	});
	store(eventsBetween);
	store(eventsBetween);
	expect(kept).toHaveLength(2);
});
