import {afterEach, describe, expect, it, vi} from 'vitest';
import {runHeadless} from '../../source/boot/run-headless.ts';
import {isActive} from '../../source/domain/agent.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {isOver, openRequests} from '../../source/domain/run.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet, type MemoryFleet} from '../support/memory-fleet.ts';
import {fakeTerminal} from './fake-terminal.ts';

const follow = (fleet: MemoryFleet, mayAsk = false, abort = new AbortController()) => {
	const {terminal, heard, type} = fakeTerminal(mayAsk);
	const exit = runHeadless({
		port: fleet.port,
		runId: fleet.run().id,
		terminal,
		json: false,
		mayAsk,
		after: 0,
		clock: {...createManualClock(), now: () => fleet.run().lastEventAt},
		abort: abort.signal,
	});
	return {exit, heard, type, abort};
};

/** A history, and one more event of its run. */
const followedBy = (events: readonly Stamped[], ...more: readonly RunEvent[]): readonly Stamped[] => {
	const last = events.at(-1);
	if (last === undefined) throw new Error('There is no history.');
	return [...events, ...more.map((event, i) => ({...last, seq: last.seq + 1 + i, event}))];
};

const patient = (action: 'pause' | 'deny'): readonly Stamped[] =>
	makeEvents().map(stamped =>
		stamped.event.type === 'run.created'
			? {
					...stamped,
					event: {...stamped.event, settings: {...stamped.event.settings, patience: {afterMs: 60_000, action}}},
				}
			: stamped,
	);

afterEach(() => void vi.unstubAllEnvs());

describe('following a run without a window', () => {
	it('does not begin to watch what was cut short before', async () => {
		const fleet = createMemoryFleet(makeEvents());
		const abort = new AbortController();
		abort.abort();
		expect(await follow(fleet, false, abort).exit).toBe('interrupted');
		expect(fleet.listeners()).toBe(0);
	});

	it('ends where only a person can go on and none may be asked', async () => {
		const fleet = createMemoryFleet(makeEvents({stage: 'proposed'}));
		expect(await follow(fleet).exit).toBe('settled');
	});

	it('waits for a lane that pauses, and says which, why and until when', async () => {
		const events = makeEvents({stage: 'planning'});
		const [planner] = createMemoryFleet(events).run().agents;
		if (planner?.turn === undefined) throw new Error('The planner has no turn.');
		const fleet = createMemoryFleet(events);
		vi.stubEnv('TZ', 'Asia/Kolkata');
		const {heard, exit, abort} = follow(fleet);
		fleet.report({
			type: 'turn.replied',
			agentId: planner.id,
			turnId: planner.turn.id,
			reply: {
				kind: 'failed',
				failure: {kind: 'throttled', message: 'Too many at once (429).', retryAfterMs: 90_000},
				partial: [],
				usage: undefined,
			},
		});
		await expect.poll(() => heard.stdout).toMatch(/anthropic is paused for 1m.*Too many at once.*goes on at 14:31:30/);
		expect(fleet.listeners()).toBe(1);
		abort.abort();
		expect(await exit).toBe('interrupted');
	});

	it.each([
		{action: 'pause', waits: false},
		{action: 'deny', waits: true},
	] as const)('with a time-out that ends in $action goes on waiting: $waits', async ({action, waits}) => {
		const fleet = createMemoryFleet(patient(action));
		// Nobody works any more; those who ask still do.
		const busy = () => fleet.run().agents.find(isActive);
		for (let agent = busy(); agent !== undefined; agent = busy()) {
			const {id, turn} = agent;
			await fleet.port.send({type: 'agent.kill', runId: fleet.run().id, agentId: id, reason: ''});
			const failure = {kind: 'aborted', message: 'Cut off.'} as const;
			const reply = {kind: 'failed', failure, partial: [], usage: undefined} as const;
			if (turn !== undefined) fleet.report({type: 'turn.replied', agentId: id, turnId: turn.id, reply});
		}
		expect(openRequests(fleet.run()).length).toBeGreaterThan(0);
		const {exit, abort} = follow(fleet);
		await fleet.port.runs();
		await fleet.port.runs();
		expect(fleet.listeners()).toBe(waits ? 1 : 0);
		abort.abort();
		expect(await exit).toBe(waits ? 'interrupted' : 'settled');
	});

	it('tells also what is booked after the run has ended', async () => {
		const fleet = createMemoryFleet(makeEvents());
		const {heard, exit} = follow(fleet);
		expect(await fleet.port.send({type: 'run.stop', runId: fleet.run().id, reason: 'Enough.'})).toBeUndefined();
		await fleet.port.runs();
		expect(fleet.run().status.kind).toBe('ended');
		expect(fleet.listeners()).toBe(1);
		for (const {id, turn, calls} of fleet.run().agents) {
			const failure = {kind: 'aborted', message: 'Cut off.'} as const;
			const reply = {kind: 'failed', failure, partial: [], usage: undefined} as const;
			if (turn !== undefined) fleet.report({type: 'turn.replied', agentId: id, turnId: turn.id, reply});
			for (const call of calls)
				if (call.status.kind === 'running')
					fleet.report({type: 'call.ended', agentId: id, callId: call.id, isError: true, output: '', touched: []});
		}
		expect(await exit).toBe('settled');
		expect(isOver(fleet.run())).toBe(true);
		expect(heard.stdout).toContain('Enough.');
		expect(fleet.listeners()).toBe(0);
	});

	it('says once that nothing can be stored, and once that it can again', async () => {
		const fleet = createMemoryFleet(makeEvents());
		const {heard, exit, abort} = follow(fleet);
		const message = 'The disk is full.';
		fleet.signal({type: 'storage', state: 'waiting', message});
		fleet.signal({type: 'storage', state: 'waiting', message: 'The disk is still full.'});
		fleet.signal({type: 'storage', state: 'well', message: 'All is stored.'});
		fleet.signal({type: 'storage', state: 'well', message: 'All is stored.'});
		await expect.poll(() => heard.stderr).toBe('The disk is full.\nAll is stored.\n');
		abort.abort();
		await exit;
	});
});

describe('a question in lines', () => {
	const plan = () => createMemoryFleet(makeEvents({stage: 'proposed'}));

	it('is marked as seen, and answered by what is typed', async () => {
		const fleet = plan();
		const {heard, type, exit, abort} = follow(fleet, true);
		await expect.poll(() => heard.stderr).toContain('Approve it? [y/n]');
		expect(openRequests(fleet.run())[0]?.seenAt).toBeDefined();
		type('y');
		await expect.poll(() => openRequests(fleet.run())).toEqual([]);
		abort.abort();
		expect(await exit).toBe('interrupted');
	});

	it('is taken away when another answer comes first', async () => {
		const fleet = plan();
		const {heard, exit, abort} = follow(fleet, true);
		await expect.poll(() => heard.stderr).toContain('Approve it? [y/n]');
		expect(await fleet.port.send({type: 'plan.approve', runId: fleet.run().id})).toBeUndefined();
		await expect.poll(() => heard.stderr.endsWith('\n')).toBe(true);
		expect(fleet.listeners()).toBe(1);
		abort.abort();
		expect(await exit).toBe('interrupted');
	});

	it('is left open when nothing is typed, and the watching ends', async () => {
		const {heard, type, exit} = follow(plan(), true);
		await expect.poll(() => heard.stderr).toContain('Approve it? [y/n]');
		type('');
		expect(await exit).toBe('settled');
	});

	it('is asked again when it is answered in a way that cannot be', async () => {
		const events = makeEvents({stage: 'planning'});
		const failure = {kind: 'quota', message: 'The credit is used up.'} as const;
		const fleet = createMemoryFleet(
			followedBy(events, {
				type: 'request.opened',
				requestId: 'request_made01_9',
				agentId: undefined,
				stepId: undefined,
				ask: {kind: 'lane', lane: 'anthropic', failure},
			}),
		);
		const {heard, type, exit, abort} = follow(fleet, true);
		await expect.poll(() => heard.stderr).toContain('[n] give up');
		type('perhaps');
		await expect.poll(() => heard.stderr.split('[n] give up').length).toBe(3);
		type('y');
		await expect.poll(() => openRequests(fleet.run())).toEqual([]);
		abort.abort();
		await exit;
	});
});
