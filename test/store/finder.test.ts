import {expect, test} from 'vitest';
import type {SearchHit} from '../../source/engine/port.ts';
import {firstFind, movedHit} from '../../store/find.ts';
import {createFinder} from '../../store/finder.ts';
import {foundHits} from '../../store/found-hits.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {createManualClock} from '../support/manual-clock.ts';

test('what is typed is searched for after a moment, and not once whoever typed it has left', () => {
	const clock = createManualClock();
	const searched: string[] = [];
	const finder = createFinder({
		search: ({text}) => {
			searched.push(text);
			return Promise.resolve({hits: [], isWhole: true});
		},
		after: clock.after,
		onFound: () => {},
	});
	finder.follow({...firstFind, query: textBuffer('quay')}, undefined);
	clock.advance(1000);
	expect(searched).toEqual(['quay*']);
	finder.follow({...firstFind, query: textBuffer('quays')}, undefined);
	finder.close();
	clock.advance(1000);
	expect(searched).toEqual(['quay*']);
	expect(clock.waiting()).toBe(0);
});

const hit = (seq: number, words: string, more: Partial<SearchHit> = {}): SearchHit => ({
	seq,
	at: seq,
	type: 'turn.finished',
	runId: 'run_a',
	goal: 'Mend the mill',
	agentId: 'agent_a_1',
	excerpt: [
		{text: words, isMatch: false},
		{text: 'quay', isMatch: true},
	],
	...more,
});

test('the same words of an agent are listed once, in the place of the newest, and counted', () => {
	const hits = foundHits([
		hit(9, '…the long '),
		hit(8, 'the short '),
		hit(7, 'the\n  long '),
		hit(6, 'the long ', {agentId: 'agent_a_2'}),
		hit(5, 'the long ', {runId: 'run_b'}),
		hit(4, 'the long '),
	]);
	expect(hits.map(({seq, times}) => [seq, times])).toEqual([
		[9, 3],
		[8, 1],
		[6, 1],
		[5, 1],
	]);
});

test('a movement goes from one listed place to the next', async () => {
	const clock = createManualClock();
	let overlay = {...firstFind, query: textBuffer('quay')};
	const finder = createFinder({
		search: () => Promise.resolve({hits: [hit(9, 'the long '), hit(8, 'the long '), hit(7, 'a ')], isWhole: true}),
		after: clock.after,
		onFound: found => {
			overlay = {...overlay, found};
		},
	});
	finder.follow(overlay, undefined);
	clock.advance(1000);
	await Promise.resolve();
	expect(movedHit(overlay, (at, count) => Math.min(at + 1, count - 1)).chosen).toBe(7);
});
