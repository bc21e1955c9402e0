import {describe, expect, test} from 'vitest';
import {evolve} from '../../source/domain/evolve.ts';
import type {Lane} from '../../source/domain/lane.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {type Run, requestIn, runWord} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import {findModel, modelOfTier} from '../../source/providers/catalog.ts';
import {createManualClock} from '../support/manual-clock.ts';
import type {Fault} from '../support/stand-in/reply.ts';
import type {Script} from '../support/stand-in/server.ts';
import {finish, inTurn, play, reading, requestsOf, say, serve, step} from './play.ts';
import {isOver, raise, runId, type Stage, someAgent} from './stage.ts';

type LaneName = 'north' | 'south';

/** Small models are in the north and middle ones in the south; the planner's is where it is said. */
const modelsWith = (planner: LaneName): RunSettings['models'] => ({
	haiku: {...findModel(modelOfTier.haiku), provider: 'north'},
	sonnet: {...findModel(modelOfTier.sonnet), provider: 'south'},
	opus: {...findModel(modelOfTier.opus), provider: planner},
	frontier: {...findModel(modelOfTier.frontier), provider: planner},
});

const laneOf = (run: Run, name: LaneName): Lane => {
	const lane = run.lanes[name];
	if (lane === undefined) throw new Error(`Nothing was ever said of the lane ${name}.`);
	return lane;
};

const turnsOn = (run: Run, name: LaneName): number =>
	run.agents.filter(({turn}) => turn?.model.provider === name).length;

const untilOf = (run: Run): number => {
	const {state} = laneOf(run, 'north');
	if (state.kind !== 'paused') throw new Error(`The lane is ${state.kind}.`);
	return state.until;
};

const isPaused = (run: Run): boolean => run.lanes['north']?.state.kind === 'paused';

const isStepDone = (run: Run, key: string): boolean =>
	stepsOf(run.plan).some(made => made.key === key && made.status.kind === 'done');

/** Whatever was posted by now is taken in: this command, which nobody accepts, was the last. */
const settle = async ({send}: Stage): Promise<void> =>
	void (await send({type: 'request.see', runId, requestId: 'request_none'}));

/** After no event did more turns go out on a lane than it takes; one at a time until a reply shows that it is free. */
const expectNarrow = ({events}: Stage): void => {
	let run: Run | undefined;
	for (const stamped of events) {
		const before = run;
		run = evolve(run, stamped);
		const lane = before?.lanes['north'];
		if (
			stamped.event.type !== 'turn.started' ||
			lane === undefined ||
			turnsOn(run, 'north') === turnsOn(before ?? run, 'north')
		)
			continue;
		expect(lane.state.kind).toBe('open');
		expect(turnsOn(run, 'north')).toBeLessThanOrEqual(lane.failures > 0 ? 1 : (lane.width ?? Number.POSITIVE_INFINITY));
	}
};

const faults: Readonly<Record<string, Fault>> = {
	'a 429': {status: 429},
	'a 429 that says when': {status: 429, headers: {'retry-after': '30'}},
	'a 529': {status: 529},
	'an overload within a reply': {errorAfterDeltas: 1, type: 'overloaded_error', message: 'Overloaded'},
	'a quota that says when': {
		status: 429,
		message: 'You have exceeded your quota for today.',
		headers: {'retry-after': '3600'},
	},
	'a quota without a word of when': {status: 400, message: 'Your credit balance is too low.'},
};

const positions = ['the plan', 'the first turn', 'a turn with tools', 'the last turn'] as const;

describe.each(Object.entries(faults))('%s on one lane', (name, fault) => {
	test.each(positions)('at %s leaves the other lane at work, and the run is not done before it is', async position => {
		const clock = createManualClock();
		const turn = positions.indexOf(position) - 1;
		let refused = 0;
		const work = inTurn(reading, reading, finish());
		const steps = [step('cold'), step('warm', {tier: 'sonnet'}), step('mild', {tier: 'sonnet'})];
		const script = play(steps, {'Your step': work, aside: inTurn(reading, {blocks: [say('Done beside it.')]})});
		const north = await serve(async (request, n) => {
			const hit = turn < 0 ? request.schema !== undefined : request.schema === undefined && request.turns === turn;
			return hit && refused++ === 0 ? {...(await script(request, n)), fault} : script(request, n);
		});
		const south = await serve(script);
		const at = new Map([
			['north', north.url],
			['south', south.url],
		]);
		const stage = await raise({at, clock, settings: {models: modelsWith(turn < 0 ? 'north' : 'south')}});
		await stage.tell({type: 'agent.create', runId, role: 'analyst', objective: 'aside', tier: 'sonnet'});
		await stage.until(run => run.lanes['north'] !== undefined);
		const asked = north.requests.length;
		await stage.until(someAgent('aside', agent => agent.status.kind === 'done'));
		if (turn >= 0) await stage.until(run => isStepDone(run, 'warm') && isStepDone(run, 'mild'));

		const stuck = stage.run();
		expect(refused).toBe(1);
		expect(north.requests).toHaveLength(asked);
		expect(stuck.agents.some(agent => agent.turn !== undefined)).toBe(false);
		if (name.endsWith('of when')) {
			const {id} = await stage.asked('lane');
			expect(runWord(stuck)).toBe('waiting');
			clock.advance(24 * 3_600_000);
			await settle(stage);
			expect(turnsOn(stage.run(), 'north')).toBe(0);
			await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'approve'}});
		} else {
			expect(runWord(stuck)).toBe('paused');
			const waitMs = untilOf(stuck) - clock.now();
			if ('headers' in fault) expect(waitMs).toBe(1000 * Number(fault.headers?.['retry-after']));
			clock.advance(waitMs - 1);
			await settle(stage);
			expect(turnsOn(stage.run(), 'north')).toBe(0);
			clock.advance(1);
			await settle(stage);
			expect(turnsOn(stage.run(), 'north')).toBe(1);
		}
		const run = await stage.until(isOver);
		expect(runWord(run)).toBe('done');
		expect(stage.words.slice(0, -1)).not.toContain('done');
		// Each turn once, and the one that was refused once more.
		expect(north.requests).toHaveLength(turn < 0 ? 5 : 4);
		expect(north.ledger.flatMap(({problem}) => problem ?? [])).toEqual([]);
		expectNarrow(stage);
	});
});

/** Two lanes, the northern one refusing as long as it is told to; a step in the north needs one in the south. */
const refusing = async (count: number) => {
	const clock = createManualClock();
	let open = false;
	const keys = Array.from({length: count}, (_, i) => `cold-${i}`);
	const steps = [...keys.map(key => step(key)), step('warm', {tier: 'sonnet'}), step('late', {dependsOn: ['warm']})];
	const script = play(steps, {'Your step': inTurn(reading, finish())});
	const north = await serve((request, n) => (open ? script(request, n) : {blocks: [], fault: {status: 429}}));
	const south = await serve(script);
	const at = new Map([
		['north', north.url],
		['south', south.url],
	]);
	const stage = await raise({at, clock, settings: {models: modelsWith('south')}});
	/** Lets pause after pause pass until the lane does not open by itself any more. */
	const wearOut = async (): Promise<void> => {
		for (;;) {
			await stage.until(run => turnsOn(run, 'north') === 0 && (run.lanes['north']?.state.kind ?? 'open') !== 'open');
			if (!isPaused(stage.run())) return;
			clock.advance(untilOf(stage.run()) - clock.now());
			await settle(stage);
		}
	};
	const allow = (): void => {
		open = true;
	};
	return {stage, north, wearOut, allow};
};

test('a reset sends one ahead, and the others follow when it has its reply, no more than the lane has shown to take', async () => {
	const clock = createManualClock();
	const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
	const all = Promise.withResolvers<void>();
	const probe = Promise.withResolvers<void>();
	let arrived = 0;
	const script = play(
		keys.map(key => step(key)),
		{'Your step': inTurn(reading, reading, finish())},
	);
	const gated: Script = async (request, n) => {
		if (request.schema !== undefined) return script(request, n);
		arrived++;
		if (arrived === keys.length) all.resolve();
		if (arrived <= keys.length) {
			await all.promise;
			return {blocks: [], fault: {status: 429, headers: {'retry-after': '20'}}};
		}
		await probe.promise;
		return script(request, n);
	};
	const north = await serve(gated);
	const stage = await raise({
		at: new Map([['north', north.url]]),
		clock,
		settings: {models: modelsWith('north'), maxParallel: 6},
	});
	await stage.until(run => isPaused(run) && turnsOn(run, 'north') === 0);
	expect(runWord(stage.run())).toBe('paused');
	expect(laneOf(stage.run(), 'north').failures).toBe(1);
	const before = north.requests.length;
	clock.advance(20_000);
	await settle(stage);
	expect(turnsOn(stage.run(), 'north')).toBe(1);
	expect(runWord(stage.run())).toBe('running');
	probe.resolve();
	const run = await stage.until(isOver);
	expect(runWord(run)).toBe('done');
	expect(north.requests.length - before).toBe(3 * keys.length);
	expect(stage.events.filter(({event}) => event.type === 'lane.opened')).toHaveLength(1);
	expect(stage.events.some(({event}) => event.type === 'lane.widened')).toBe(true);
	expectNarrow(stage);
});

test('after eight pauses the lane is closed and a person asked; a yes tries once, and a good reply opens it', async () => {
	const {stage, north, wearOut, allow} = await refusing(2);
	await wearOut();
	// Two at first, then one after each pause.
	expect(north.requests).toHaveLength(2 + 8);
	const first = await stage.asked('lane');
	expect(first.ask).toMatchObject({lane: 'north', failure: {kind: 'throttled'}});
	await stage.until(run => isStepDone(run, 'warm'));
	expect(runWord(stage.run())).toBe('waiting');

	await stage.tell({type: 'request.answer', runId, requestId: first.id, answer: {kind: 'approve'}});
	const second = await stage.until(run => turnsOn(run, 'north') === 0 && run.lanes['north']?.state.kind === 'closed');
	expect(requestIn(second, first.id)?.status.kind).toBe('answered');
	expect(north.requests).toHaveLength(2 + 8 + 1);

	allow();
	const {id} = await stage.asked('lane');
	await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'approve'}});
	expect(runWord(await stage.until(isOver))).toBe('done');
	expectNarrow(stage);
});

test('a no to a closed lane fails those who wait for it, holds what has not begun, and nothing is called done', async () => {
	const {stage, wearOut, allow} = await refusing(2);
	await wearOut();
	await stage.until(run => isStepDone(run, 'warm'));
	const {id} = await stage.asked('lane');
	await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'deny', reason: 'enough'}});
	const kinds = () => Object.fromEntries(stepsOf(stage.run().plan).map(({key, status}) => [key, status.kind]));
	expect(kinds()).toEqual({'cold-0': 'failed', 'cold-1': 'failed', warm: 'done', late: 'held'});
	expect(stage.agent('cold-0').status).toMatchObject({kind: 'failed', failure: {kind: 'throttled'}});
	expect(runWord(stage.run())).toBe('waiting');

	// What is approved anew asks anew.
	allow();
	const late = stepsOf(stage.run().plan).find(({key}) => key === 'late');
	if (late === undefined) throw new Error('There is no such step.');
	await stage.tell({type: 'step.approve', runId, stepId: late.id});
	const again = await stage.asked('lane');
	await stage.tell({type: 'request.answer', runId, requestId: again.id, answer: {kind: 'approve'}});
	const run = await stage.until(isOver);
	expect(kinds()).toMatchObject({late: 'done'});
	expect(run.status).toMatchObject({outcome: 'failed', reason: expect.stringContaining('cold-0, cold-1')});
	expect(stage.words).not.toContain('done');
});

test('an agent whose lane is shut goes on at once when it is given a model of another', async () => {
	const {stage, north, wearOut} = await refusing(1);
	await wearOut();
	await stage.until(run => isStepDone(run, 'warm'));
	const {id: agentId} = stage.agent('cold-0');
	await stage.tell({type: 'agent.change', runId, agentId, tier: 'sonnet', tools: undefined, instructions: undefined});
	await stage.until(run => isStepDone(run, 'cold-0'));
	expect(requestsOf(north, 'cold-0').every(({turns}) => turns === 0)).toBe(true);
	// The step that has not begun still wants the lane.
	expect((await stage.asked('lane')).ask.lane).toBe('north');
});
