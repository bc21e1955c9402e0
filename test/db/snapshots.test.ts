import {expect, test} from 'vitest';
import {checkDatabase} from '../../db/check-database.ts';
import {createEventLog} from '../../db/event-log.ts';
import {foldRun} from '../../db/fold-run.ts';
import {rewriteEvents} from '../../db/rewrite-events.ts';
import {readStored} from '../../source/engine/read-stored.ts';
import {purgeHistory} from '../../source/records/purge-history.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';

/** A run of which the first half was kept by one build. */
const halfKept = () => {
	const store = openStore();
	store.keep(makeEvents({runId: 'run_a', steps: 4, stage: 'done'}));
	const log = createEventLog(store.database, 'one');
	const events = [...log.after({after: 0, runId: 'run_a'})];
	const half = events.slice(0, events.length / 2);
	const run = foldRun(half);
	const seq = half.at(-1)?.seq;
	if (run === undefined || seq === undefined) throw new Error('There is no run.');
	log.keepSnapshot({run, seq});
	return {
		...store,
		log,
		events,
		seq,
		change: (to: string) => store.database.exec(`UPDATE snapshots SET run = '${to}'`),
	};
};

test('a run is folded from its snapshot on, and is the same', () => {
	const {log, events, seq} = halfKept();
	const read = readStored(log, 'run_a', log.snapshot('run_a'));
	expect(read?.run).toEqual(foldRun(events));
	expect(read?.seq).toBe(events.at(-1)?.seq);
	expect(read?.folded).toBe(events.filter(event => event.seq > seq).length);
});

test('the last snapshot takes the place of the one before', () => {
	const {log, events} = halfKept();
	const last = readStored(log, 'run_a', log.snapshot('run_a'));
	if (last === undefined) throw new Error('There is no run.');
	expect(log.keepSnapshot(last)).toBeGreaterThan(1000);
	expect(readStored(log, 'run_a', log.snapshot('run_a'))).toEqual({run: foldRun(events), seq: last.seq, folded: 0});
});

test.each(['two', undefined])('what one build has kept is nothing to the build %s', build => {
	const {database, events} = halfKept();
	const log = createEventLog(database, build);
	expect(log.snapshot('run_a')).toBeUndefined();
	expect(readStored(log, 'run_a', log.snapshot('run_a'))?.folded).toBe(events.length);
});

test('a snapshot that cannot be read is none', () => {
	const {log, events, change} = halfKept();
	change('{"id": ');
	expect(readStored(log, 'run_a', log.snapshot('run_a'))?.folded).toBe(events.length);
});

test('the doctor finds a snapshot that its events do not lead to', () => {
	const {database, change} = halfKept();
	expect(checkDatabase(database, 'one').faults).toEqual([]);
	change('{"models": {}, "run": {"id": "run_a", "agents": []}}');
	expect(checkDatabase(database, 'one').faults).toMatchObject([
		{what: 'the snapshot of run_a differs from its events'},
	]);
	expect(checkDatabase(database, 'two').faults).toEqual([]);
});

test('what is purged is in no snapshot', () => {
	const {database, log, events} = halfKept();
	rewriteEvents(database, 'run_a', purgeHistory(events, undefined));
	expect(log.snapshot('run_a')).toBeUndefined();
});
