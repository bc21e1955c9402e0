import {describe, expect, test} from 'vitest';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Ask} from '../../source/domain/request.ts';
import {type Run, runWord} from '../../source/domain/run.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {hookOns} from '../../source/hooks/hook.ts';
import {momentsOf} from '../../source/hooks/moments-of.ts';
import {makeEvents} from '../support/make-run.ts';

const fold = (events: readonly Stamped[], from?: Run): Run => {
	let run = from;
	for (const event of events) run = evolve(run, event);
	if (run === undefined) throw new Error('No events, no run.');
	return run;
};

const stamp = (run: Run, event: RunEvent, cause = 'report call.ended'): Stamped => ({
	seq: 1000,
	at: run.lastEventAt,
	runId: run.id,
	cause,
	event,
});

/** What is told of events that are stored together after a made history. */
const meaningsOf = (run: Run, events: readonly RunEvent[], cause?: string): readonly (readonly string[])[] => {
	const batch = events.map(event => stamp(run, event, cause));
	return momentsOf(runWord(run), batch, fold(batch, run)).map(({moments}) => moments);
};

const requestId = 'request_new';

const opened = (ask: Ask): RunEvent => ({
	type: 'request.opened',
	requestId,
	agentId: undefined,
	stepId: undefined,
	ask,
});

const network: Ask = {kind: 'network', callId: 'call_x', host: 'example.com', grant: 'fetch(example.com)'};
const budget: Ask = {kind: 'budget', scope: 'run', what: 'money', limit: 1, needed: 2, of: undefined};
const limit = {scope: 'run', what: 'money', limit: 10, agentId: undefined, stepId: undefined} as const;
const ended = (outcome: 'done' | 'failed' | 'stopped'): RunEvent => ({
	type: 'run.ended',
	outcome,
	reason: '',
	failure: undefined,
});

describe('what an event means to a person', () => {
	const working = fold(makeEvents());

	test('a request that opens needs them, and one of a limit is also about the budget', () => {
		expect(meaningsOf(working, [opened(network)])).toEqual([['needs_you']]);
		expect(meaningsOf(working, [opened(budget)])).toEqual([['needs_you', 'budget']]);
	});

	test('a request that a standing permission answers at once, or that is taken back at once, needs nobody', () => {
		expect(
			meaningsOf(working, [
				opened(network),
				{type: 'request.answered', requestId, answer: {kind: 'approve'}, by: 'policy'},
			]),
		).toEqual([[], []]);
		expect(meaningsOf(working, [opened(network), {type: 'request.withdrawn', requestId}])).toEqual([[], []]);
	});

	test('the end is told as done or failed; who stopped a run knows', () => {
		expect(meaningsOf(working, [ended('done')])).toEqual([['done']]);
		expect(meaningsOf(working, [ended('failed')])).toEqual([['failed']]);
		expect(meaningsOf(working, [ended('stopped')])).toEqual([[]]);
	});

	test('a warning is about the budget', () => {
		expect(meaningsOf(working, [{type: 'budget.warned', used: 9, ...limit}])).toEqual([['budget']]);
	});

	test('a made run to its end tells of the plan and of the end, once each', () => {
		const events = makeEvents({stage: 'done'});
		let run: Run | undefined;
		const told: string[] = [];
		for (const batch of [...Map.groupBy(events, ({at}) => at).values()]) {
			const before = run === undefined ? undefined : runWord(run);
			run = fold(batch, run);
			told.push(...momentsOf(before, batch, run).flatMap(({moments}) => moments));
		}
		expect(told).toEqual(['needs_you', 'done']);
	});
});

describe('a run that comes to stand still', () => {
	/** Everyone who is at work in it is cut off. */
	const working = fold(makeEvents({steps: 3}));
	const stops = working.agents.flatMap(({id, turn}): readonly RunEvent[] =>
		turn === undefined
			? []
			: [
					{type: 'agent.interrupted', agentId: id},
					{
						type: 'turn.failed',
						turnId: turn.id,
						agentId: id,
						failure: {kind: 'aborted', message: ''},
						partial: [],
						settlement: {usage: noUsage, cost: 0, estimated: true},
						retryAt: undefined,
					},
				],
	);

	test('without a request needs them, with the last event of the batch', () => {
		expect(runWord(working)).toBe('running');
		expect(meaningsOf(working, stops)).toEqual([...stops.slice(1).map(() => []), ['needs_you']]);
	});

	test('by a command is known to whoever sent it', () => {
		expect(meaningsOf(working, stops, 'command agent.interrupt').flat()).toEqual([]);
	});

	test('is no news when it stood before, or when nobody knows what was before', () => {
		const batch = stops.map(event => stamp(working, event));
		const run = fold(batch, working);
		expect(momentsOf('waiting', batch, run).flatMap(({moments}) => moments)).toEqual([]);
		expect(momentsOf(undefined, batch, run).flatMap(({moments}) => moments)).toEqual([]);
	});
});

test('a hook can wait for moments and for every event by its name', () => {
	expect(hookOns).toEqual(expect.arrayContaining(['needs_you', 'done', 'failed', 'budget', 'agent.finished']));
	expect(new Set(hookOns).size).toBe(hookOns.length);
});
