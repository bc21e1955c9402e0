import {describe, expect, test} from 'vitest';
import type {AgentId} from '../../source/domain/id.ts';
import {noSpend} from '../../source/domain/limits.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Signal} from '../../source/domain/signal.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import {createFleetStore} from '../../store/fleet-store.ts';
import {liveCharactersMax} from '../../store/live.ts';
import {logEntriesMax} from '../../store/log-memory.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

const open = (options: MakeRunOptions = {}) => {
	const fleet = createMemoryFleet(makeEvents(options));
	const frames: (() => void)[] = [];
	const store = createFleetStore({
		port: fleet.port,
		runId: fleet.run().id,
		describe: ({type}) => ({level: 'info', text: type, agentName: undefined}),
		schedule: call => void frames.push(call),
		soon: queueMicrotask,
	});
	let published = 0;
	store.state.subscribe(() => {
		published++;
	});
	const frame = (): void => {
		for (const call of frames.splice(0)) call();
	};
	return {fleet, store, frame, frames, published: () => published};
};

const busy = (run: Run) => {
	const agent = run.agents.find(one => one.turn !== undefined);
	if (agent?.turn === undefined) throw new Error('Nobody works in the made run.');
	return {agentId: agent.id, turnId: agent.turn.id, runId: run.id};
};

const delta = (run: Run, text: string, kind: 'text' | 'thinking' = 'text'): Signal => ({
	type: 'turn.delta',
	...busy(run),
	kind,
	text,
});

describe('the store of a fleet', () => {
	test('folds the same events to the same run', () => {
		const {fleet, store, frame} = open();
		frame();
		expect(store.state.getState().run).toEqual(fleet.run());
	});

	test('publishes once per frame, however much happens', () => {
		const {fleet, store, frame, frames, published} = open({stage: 'proposed'});
		frame();
		expect(published()).toBe(1);
		void fleet.port.send({type: 'plan.approve', runId: fleet.run().id});
		void fleet.port.send({type: 'run.pause', runId: fleet.run().id});
		expect(published()).toBe(1);
		expect(frames).toHaveLength(1);
		expect(store.run()).toEqual(fleet.run());
		frame();
		expect(published()).toBe(2);
		expect(store.state.getState().run).toBe(store.run());
	});

	test('tells of trouble with the storage until it is over', () => {
		const {fleet, store, frame} = open();
		fleet.signal({type: 'storage', state: 'waiting', message: 'The disk is full.'});
		frame();
		expect(store.state.getState().storage).toBe('The disk is full.');
		fleet.signal({type: 'storage', state: 'well', message: 'All is stored.'});
		frame();
		expect(store.state.getState().storage).toBeUndefined();
	});

	test('asks what other runs have used up today once the day has a limit', async () => {
		const {fleet, store, frame} = open();
		frame();
		expect(store.state.getState().elsewhere).toEqual(noSpend);
		const [mine] = await fleet.port.runs();
		if (mine === undefined) throw new Error('The fleet has a run.');
		let asked = 0;
		const other = {...mine, id: 'run_other' as const};
		const lastYear = {...other, today: {...mine.today, day: mine.today.day - 365}};
		const port: FleetPort = {
			...fleet.port,
			runs: () => {
				asked++;
				return Promise.resolve([mine, other, lastYear]);
			},
		};
		const limited = createFleetStore({
			port,
			runId: mine.id,
			describe: ({type}) => ({level: 'info', text: type, agentName: undefined}),
			schedule: call => call(),
			soon: queueMicrotask,
		});
		expect(asked).toBe(0);
		await fleet.port.send({type: 'budget.set', runId: mine.id, scope: 'day', what: 'money', limit: 9e9});
		await Promise.resolve();
		await fleet.port.send({type: 'run.pause', runId: mine.id});
		expect(asked).toBe(1);
		const {day: _, ...spend} = mine.today;
		expect(limited.state.getState().elsewhere).toEqual(spend);
	});

	test('tells nobody of what agents say until the frame, and then only that there is something', () => {
		const {fleet, store, frame, frames, published} = open();
		frame();
		const before = store.state.getState();
		for (let i = 0; i < 2500; i++) fleet.signal(delta(fleet.run(), 'word '));
		expect(published()).toBe(1);
		expect(frames).toHaveLength(1);
		frame();
		expect(published()).toBe(2);
		const after = store.state.getState();
		expect(after.run).toBe(before.run);
		expect(after.log).toBe(before.log);
		expect(after.liveVersion).not.toBe(before.liveVersion);
		expect(store.live(busy(fleet.run()).agentId)?.text).toBe('word '.repeat(2500));
	});

	test('keeps bounded ends of endless texts', () => {
		const {fleet, store} = open();
		for (let i = 0; i < 300; i++) fleet.signal(delta(fleet.run(), `${i} ${'x'.repeat(1000)}`));
		const text = store.live(busy(fleet.run()).agentId)?.text ?? '';
		expect(text.length).toBeLessThanOrEqual(2 * liveCharactersMax);
		expect(text.length).toBeGreaterThan(liveCharactersMax / 2);
		expect(text).toContain('299 ');
	});

	test('forgets what was said once it is a fact', () => {
		const {fleet, store} = open();
		const {agentId, turnId} = busy(fleet.run());
		fleet.signal(delta(fleet.run(), 'thoughts', 'thinking'));
		expect(store.live(agentId)?.thinking).toBe('thoughts');
		fleet.report({
			type: 'turn.replied',
			agentId,
			turnId,
			reply: {
				kind: 'done',
				content: [{type: 'text', text: 'said'}],
				stopReason: 'end_turn',
				usage: {input: 1, output: 1, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0},
			},
		});
		expect(store.live(agentId)?.thinking).toBe('');
	});

	test('keeps a bounded log', () => {
		const {fleet, store, frame} = open({stage: 'proposed'});
		frame();
		const {runId} = {runId: fleet.run().id};
		for (let i = 0; i < logEntriesMax; i++)
			void fleet.port.send({type: i % 2 === 0 ? 'run.pause' : 'run.resume', runId});
		frame();
		const {log} = store.state.getState();
		expect(log.length).toBeLessThanOrEqual(logEntriesMax);
		expect(log.at(-1)?.text).toBe('run.resumed');
	});

	test('publishes the same objects when nothing changed', () => {
		const {store, frame, published} = open();
		frame();
		const before = store.state.getState();
		store.flush();
		expect(store.state.getState()).toBe(before);
		expect(published()).toBe(1);
	});

	test('loads a transcript and joins what comes meanwhile, each event once', async () => {
		const {fleet, store, frame} = open();
		frame();
		const {agentId} = busy(fleet.run());
		const whose = (id: AgentId) =>
			fleet.port.history({runId: fleet.run().id, agentId: id, newest: true, limit: 10_000});
		store.openTranscript(agentId);
		void fleet.port.send({type: 'agent.message', runId: fleet.run().id, agentId, text: 'Hello'});
		await Promise.resolve();
		await Promise.resolve();
		void fleet.port.send({type: 'agent.message', runId: fleet.run().id, agentId, text: 'Again'});
		frame();
		const {transcript} = store.state.getState();
		expect(transcript?.loading).toBe(false);
		expect(transcript?.events).toEqual(await whose(agentId));
	});

	test('lets go of the port', () => {
		const {fleet, store} = open();
		store.close();
		expect(fleet.listeners()).toBe(0);
	});
});
