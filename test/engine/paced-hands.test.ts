import {expect, test} from 'vitest';
import type {Report} from '../../source/domain/report.ts';
import type {Signal} from '../../source/domain/signal.ts';
import type {Bench, Work} from '../../source/engine/hands.ts';
import {pacedHands} from '../../source/engine/paced-hands.ts';
import {makeRun} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';

const work: Work = {type: 'call.run', agentId: 'agent_1', callId: 'call_1'};
const report: Report = {...work, type: 'call.ended', isError: false, output: '', touched: []};
const of = {runId: 'run_a', agentId: 'agent_1'} as const;

const delta = (text: string, kind: 'text' | 'thinking' = 'text'): Signal => ({
	...of,
	type: 'turn.delta',
	turnId: 'turn_1',
	kind,
	text,
});
const output = (text: string): Signal => ({...of, type: 'call.output', callId: 'call_1', text});

/** Hands that hold still until the test ends them; it speaks for them meanwhile. */
const start = () => {
	const clock = createManualClock();
	const seen: Signal[] = [];
	const end = Promise.withResolvers<Report>();
	const spoken = Promise.withResolvers<Bench['signal']>();
	const hands = pacedHands(
		{
			perform: (_, {signal}) => {
				spoken.resolve(signal);
				return end.promise;
			},
		},
		clock,
	);
	const bench: Bench = {
		run: makeRun(),
		story: () => [],
		abort: new AbortController().signal,
		mayReach: async () => false,
		signal: signal => seen.push(signal),
	};
	return {clock, seen, end, say: spoken.promise, done: hands.perform(work, bench)};
};

test('pieces that come within one picture come as one, those of another kind apart, in their order', async () => {
	const {clock, seen, end, say, done} = start();
	const signal = await say;
	for (const piece of [delta('a'), delta('b'), delta('c', 'thinking'), delta('d'), output('e'), output('f')])
		signal(piece);
	expect(seen).toEqual([]);
	clock.advance(33);
	expect(seen).toEqual([delta('ab'), delta('c', 'thinking'), delta('d'), output('ef')]);
	signal(delta('g'));
	expect(seen).toHaveLength(4);
	clock.advance(33);
	expect(seen.at(-1)).toEqual(delta('g'));
	end.resolve(report);
	expect(await done).toBe(report);
	expect(clock.waiting()).toBe(0);
});

test('what is not a piece of a text is told at once', async () => {
	const {seen, end, say, done} = start();
	const storage: Signal = {type: 'storage', state: 'well', message: 'Well.'};
	(await say)(storage);
	expect(seen).toEqual([storage]);
	end.resolve(report);
	await done;
});

test('at the end nothing is left out, also when the hands fail, and no timer is left', async () => {
	const {clock, seen, end, say, done} = start();
	(await say)(delta('the last words'));
	end.reject(new Error('the hands are broken'));
	await expect(done).rejects.toThrow('the hands are broken');
	expect(seen).toEqual([delta('the last words')]);
	expect(clock.waiting()).toBe(0);
});
