import {readdir, readlink} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {usualWatch} from '../../source/domain/settings.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {finish, inTurn, play, reading, requestsOf, say, serve, step, use} from './play.ts';
import {isOver, raise, someAgent} from './stage.ts';

test('a turn that takes too long is cut off, booked as an estimate, and asked again', async () => {
	const clock = createManualClock();
	let stalls = true;
	const stalling = {
		blocks: [say('One word after another, and then none.')],
		deltaSize: 4,
		fault: {stallAfterDeltas: 3},
	};
	const server = await serve(
		play([step('slow')], {'Your step': inTurn(reading, () => (stalls ? stalling : finish()))}),
	);
	// Sooner than the provider itself gives up.
	const stage = await raise({at: server.url, clock, settings: {watch: {...usualWatch, turnMs: 60_000}}});
	await stage.until(someAgent('Do slow.', agent => agent.turns === 1 && agent.turn !== undefined));
	const {id} = stage.agent('Do slow.');
	const isWord = (signal: Signal): boolean =>
		signal.type === 'turn.delta' && signal.kind === 'text' && signal.agentId === id;
	// Signals come at the pace of a screen, by the same clock.
	await expect
		.poll(
			() => {
				clock.advance(40);
				return stage.signals.some(isWord);
			},
			{timeout: 20_000},
		)
		.toBe(true);
	stalls = false;
	clock.advance(60_000);
	const waiting = await stage.until(someAgent('Do slow.', agent => agent.status.kind === 'backoff'));
	const {status, attempts, estimated} = stage.agent('Do slow.');
	expect({attempts, estimated: estimated > 0}).toEqual({attempts: 1, estimated: true});
	expect(waiting.ledger.reserved).toBe(0);
	expect(stage.eventsOf(id).map(({type}) => type)).toContain('turn.cut');
	expect(status).toMatchObject({failure: {kind: 'stalled', message: expect.stringContaining('longer than 60 s')}});
	clock.advance(30_000);
	expect((await stage.until(isOver)).status).toMatchObject({outcome: 'done'});
	// What had arrived of it leaves no trace in the conversation.
	expect(requestsOf(server, 'slow').map(({turns}) => turns)).toEqual([0, 1, 1]);
});

test('a call that takes too long is cut off with all that it started, and its agent goes on', async () => {
	const clock = createManualClock();
	const command = 'setsid sleep 1000 & echo up; sleep 1000';
	const server = await serve(
		play([step('slow', {role: 'builder'})], {
			'Your step': inTurn({blocks: [use('run_command', {command, timeout_seconds: 1800})]}, finish()),
		}),
	);
	const stage = await raise({at: server.url, clock, settings: {watch: {...usualWatch, callMs: 30_000}}});
	await stage.until(someAgent('Do slow.', ({calls}) => calls[0]?.status.kind === 'running'));
	const folders = async (): Promise<readonly string[]> => {
		const names = await readdir('/proc');
		return Promise.all(names.map(name => readlink(`/proc/${name}/cwd`).catch(() => '')));
	};
	await expect
		.poll(async () => (await folders()).filter(folder => folder === stage.dir).length)
		.toBeGreaterThanOrEqual(2);
	clock.advance(30_000);
	const run = await stage.until(isOver);
	expect(run.status).toMatchObject({outcome: 'done'});
	expect(stage.events.map(({event}) => event.type)).toContain('call.cut');
	expect(requestsOf(server, 'slow')[1]?.newest.join('')).toContain('stopped from outside');
	expect(await folders()).not.toContain(stage.dir);
});
