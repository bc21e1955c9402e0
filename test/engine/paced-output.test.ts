import {expect, test} from 'vitest';
import type {Report} from '../../source/domain/report.ts';
import type {Signal} from '../../source/domain/signal.ts';
import type {Bench, Work} from '../../source/engine/hands.ts';
import {pacedOutput} from '../../source/engine/paced-output.ts';
import {makeRun} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';

const work: Work = {type: 'call.run', agentId: 'agent_1', callId: 'call_1'};
const report: Report = {...work, type: 'call.ended', isError: false, output: '', touched: []};
const of = {runId: 'run_a', agentId: 'agent_1'} as const;

const delta: Signal = {...of, type: 'turn.delta', turnId: 'turn_1', kind: 'text', text: 'a'};
const output = (text: string): Signal => ({...of, type: 'call.output', callId: 'call_1', text});

/** Hands that hold still until the test ends them; it speaks for them meanwhile. */
const start = () => {
	const clock = createManualClock();
	const seen: Signal[] = [];
	const end = Promise.withResolvers<Report>();
	const spoken = Promise.withResolvers<Bench['signal']>();
	const hands = pacedOutput(
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

test('what comes within one picture comes as one', async () => {
	const {clock, seen, end, say, done} = start();
	const signal = await say;
	for (const piece of ['a', 'b', 'c']) signal(output(piece));
	expect(seen).toEqual([]);
	clock.advance(33);
	expect(seen).toEqual([output('abc')]);
	signal(output('d'));
	expect(seen).toHaveLength(1);
	clock.advance(33);
	expect(seen.at(-1)).toEqual(output('d'));
	end.resolve(report);
	expect(await done).toBe(report);
	expect(clock.waiting()).toBe(0);
});

test('what no command printed is told at once', async () => {
	const {seen, end, say, done} = start();
	const storage: Signal = {type: 'storage', state: 'well', message: 'Well.'};
	const signal = await say;
	for (const one of [storage, delta]) signal(one);
	expect(seen).toEqual([storage, delta]);
	end.resolve(report);
	await done;
});

test('at the end nothing is left out, also when the hands fail, and no timer is left', async () => {
	const {clock, seen, end, say, done} = start();
	(await say)(output('the last words'));
	end.reject(new Error('the hands are broken'));
	await expect(done).rejects.toThrow('the hands are broken');
	expect(seen).toEqual([output('the last words')]);
	expect(clock.waiting()).toBe(0);
});
