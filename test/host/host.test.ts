import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createConnection, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {openRequests} from '../../source/domain/run.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {systemClock} from '../../source/engine/clock.ts';
import {connect} from '../../source/host/connect.ts';
import {wireVersion} from '../../source/host/frame.ts';
import {lastingPort} from '../../source/host/lasting-port.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {openHost, token} from './open-host.ts';

const runId = makeEvents({steps: 3})[0]?.runId ?? 'run_none';

const listen = () => {
	const events: Stamped[] = [];
	const signals: Signal[] = [];
	return {
		events,
		signals,
		onEvents: (batch: readonly Stamped[]) => void events.push(...batch),
		onSignal: (signal: Signal) => void signals.push(signal),
	};
};

test('whoever connects sees the whole history and all that comes, as the engine itself does', async () => {
	const {fleet, join} = await openHost();
	const connection = await join();
	const near = listen();
	const far = listen();
	fleet.port.subscribe({after: 0, runId}, near);
	connection.subscribe({after: 0, runId}, far);
	await vi.waitFor(() => expect(far.events).toEqual(near.events));
	expect(await connection.send({type: 'run.pause', runId})).toBeUndefined();
	await vi.waitFor(() => expect(far.events.at(-1)?.event.type).toBe('run.paused'));
	expect(far.events).toEqual(near.events);
	const signal: Signal = {type: 'storage', state: 'waiting', message: 'The disk is full.'};
	fleet.signal(signal);
	await vi.waitFor(() => expect(far.signals).toEqual([signal]));
	expect(await connection.history({runId, newest: true, limit: 2})).toEqual(near.events.slice(-2));
	expect(await connection.runs()).toEqual(JSON.parse(JSON.stringify(await fleet.port.runs())));
});

test('a command that cannot be done now comes back with its reason, and one that is none does no harm', async () => {
	const {fleet, join} = await openHost();
	const connection = await join();
	expect(await connection.send({type: 'request.see', runId, requestId: 'request_none_1'})).toMatchObject({
		code: 'unknown',
	});
	const malformed: unknown = {type: 'step.edit', runId, stepId: 7, patch: {title: {}}};
	expect(await connection.send(malformed as never)).toMatchObject({message: expect.stringContaining('stepId')});
	expect(fleet.commands).toHaveLength(1);
	expect(await connection.send({type: 'run.pause', runId})).toBeUndefined();
});

test('two who answer the same request at once: it is applied once, and the other hears so', async () => {
	const fleet = createMemoryFleet(makeEvents({steps: 3, stage: 'proposed'}));
	const {join} = await openHost(fleet);
	const [request] = openRequests(fleet.run());
	if (request === undefined) throw new Error('There is a request.');
	const [one, two] = [await join(), await join()];
	const answer = {type: 'request.answer', runId, requestId: request.id, answer: {kind: 'approve'}} as const;
	const said = await Promise.all([one.send(answer), two.send(answer)]);
	expect(said.filter(rejection => rejection === undefined)).toHaveLength(1);
	expect(said.find(rejection => rejection !== undefined)?.code).toBe('stale');
});

test('only who knows the token is served, and the socket is the user’s alone', async () => {
	const {meet, path, fleet} = await openHost();
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(await meet('a-token-that-is-wrong')).toMatchObject({kind: 'refused', why: 'token'});
	const ended = new Promise(resolve => {
		const stranger = createConnection(path, () =>
			stranger.write(`${JSON.stringify({type: 'ask', id: 1, question: 'send', input: {type: 'run.pause', runId}})}\n`),
		);
		stranger.on('error', () => {});
		stranger.on('close', resolve);
	});
	await ended;
	expect(fleet.commands).toEqual([]);
});

test('signs that end lines elsewhere are text like any other', async () => {
	const {fleet, join} = await openHost();
	const connection = await join();
	const far = listen();
	connection.subscribe({after: 0, runId}, far);
	const text = 'one\u2028two\u2029three\rfour\u0085five 😀';
	const [agent] = fleet.run().agents;
	if (agent === undefined) throw new Error('There is an agent.');
	expect(await connection.send({type: 'agent.message', runId, agentId: agent.id, text})).toMatchObject({});
	expect(fleet.commands.at(-1)).toMatchObject({text});
	const signal: Signal = {type: 'storage', state: 'waiting', message: text};
	fleet.signal(signal);
	await vi.waitFor(() => expect(far.signals).toEqual([signal]));
});

test('an engine that listens and does not greet is silent', async () => {
	const path = join(mkdtempSync(join(tmpdir(), 'flotilla-host-')), 'engine.sock');
	const deaf = createServer(() => {});
	await new Promise<void>(resolve => deaf.listen(path, resolve));
	const clock = createManualClock();
	const meeting = connect(path, token, '1.2.3', clock.after);
	await vi.waitFor(() => expect(clock.waiting()).toBe(1));
	clock.advance(5000);
	expect(await meeting).toEqual({kind: 'silent'});
	deaf.close();
});

test('a line without an end from somebody unknown is not gathered for ever', async () => {
	const {path} = await openHost();
	await new Promise(resolve => {
		const socket = createConnection(path, () => socket.write('x'.repeat(10_000)));
		socket.on('error', () => {});
		socket.on('close', resolve);
	});
});

test('an engine that is lost again and again is left', async () => {
	const host = await openHost();
	let losses = 0;
	const lasting = lastingPort(
		await host.join(),
		async () => {
			losses++;
			const next = await host.join();
			queueMicrotask(next.close);
			return {...next, ended: next.ended.then(() => 'lost' as const)};
		},
		() => 0,
	);
	await host.host.close(undefined).catch(() => {});
	expect(await lasting.ended).toMatchObject({why: 'lost'});
	expect(losses).toBeLessThanOrEqual(4);
});

test('garbage ends a connection and nobody else’s', async () => {
	const {path, join} = await openHost();
	const connection = await join();
	for (const text of ['not json\n', '{"type":"nonsense"}\n', '[]\n', '\u0000\n']) {
		await new Promise(resolve => {
			const socket = createConnection(path, () => socket.write(text));
			socket.on('error', () => {});
			socket.on('close', resolve);
		});
	}
	expect(await connection.send({type: 'run.pause', runId})).toBeUndefined();
});

test('who speaks another form of the wire is refused with the versions, and may still ask the engine to retire', async () => {
	const down = [{runId, grounds: {lanes: []}}] as const;
	const {path} = await openHost(undefined, undefined, down);
	const answers: unknown[] = [];
	await new Promise<void>(resolve => {
		const socket = createConnection(path, () => {
			socket.write(`${JSON.stringify({type: 'hello', wire: 99, version: '9.9.9', token})}\n`);
			socket.write(`${JSON.stringify({type: 'ask', id: 1, question: 'retire'})}\n`);
		});
		let text = '';
		socket.on('data', chunk => {
			text += chunk;
			if (text.split('\n').length < 3) return;
			answers.push(
				...text
					.trim()
					.split('\n')
					.map(line => JSON.parse(line)),
			);
			socket.end();
			resolve();
		});
	});
	expect(answers).toEqual([
		{type: 'refused', why: 'wire', wire: wireVersion, version: '1.2.3', pid: 42},
		{type: 'answer', id: 1, value: down},
	]);
});

test('a socket that was left behind is nobody, and is taken away by the next engine', async () => {
	const first = await openHost();
	await first.host.close('stopped');
	expect(await connect(first.path, token, '1.2.3', systemClock.after)).toEqual({kind: 'absent'});
	writeFileSync(first.path, '');
	const second = await openHost(first.fleet, first.path);
	expect((await second.meet()).kind).toBe('welcome');
});

test('who stops to listen in the moment it is called is nobody', async () => {
	const path = join(mkdtempSync(join(tmpdir(), 'flotilla-host-')), 'engine.sock');
	const server = createServer();
	await new Promise<void>(resolve => server.listen(path, resolve));
	const meeting = connect(path, token, '1.2.3', systemClock.after);
	server.close();
	expect(await meeting).toEqual({kind: 'absent'});
});

test('a socket that was taken away is made anew, and who is connected stays so', async () => {
	const {host, path, join, meet} = await openHost();
	const before = await join();
	expect(await host.look()).toBe(false);
	rmSync(path);
	expect((await meet()).kind).toBe('absent');
	expect(await host.look()).toBe(true);
	// Somebody else's file lies there.
	rmSync(path);
	writeFileSync(path, '');
	expect(await host.look()).toBe(true);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const after = await join();
	expect([await before.send({type: 'run.pause', runId}), await after.runs()]).toMatchObject([undefined, [{}]]);
	await host.close('stopped');
	expect([await before.ended, await after.ended, await host.look()]).toEqual(['stopped', 'stopped', false]);
});

test('who listens goes on over the next engine where the last one was lost, without a gap and without a double', async () => {
	const first = await openHost();
	const connection = await first.join();
	let next = first;
	const again = Promise.withResolvers<void>();
	const lasting = lastingPort(
		connection,
		async () => {
			await again.promise;
			return next.join();
		},
		systemClock.now,
	);
	const far = listen();
	lasting.port.subscribe({after: 0, runId}, far);
	await vi.waitFor(() => expect(far.events.length).toBeGreaterThan(3));
	const before = far.events.length;
	await first.host.close('retired');
	await vi.waitFor(() => expect(far.signals.at(-1)).toMatchObject({type: 'storage', state: 'waiting'}));
	// What happens while nobody is connected.
	await first.fleet.port.send({type: 'run.pause', runId});
	next = await openHost(first.fleet, first.path);
	again.resolve();
	await vi.waitFor(() => expect(far.signals.at(-1)).toMatchObject({type: 'storage', state: 'well'}));
	await lasting.port.send({type: 'run.resume', runId});
	await vi.waitFor(() => expect(far.events.at(-1)?.event.type).toBe('run.resumed'));
	expect(far.events.length).toBe(before + 2);
	expect(new Set(far.events.map(({seq}) => seq)).size).toBe(far.events.length);
	lasting.close();
	expect(await lasting.ended).toEqual({why: 'closed'});
});

test('who watches a run that the next engine does not carry is told, until somebody takes it up', async () => {
	const first = await openHost();
	const next = await openHost(first.fleet);
	let refuses = true;
	const lasting = lastingPort(
		await first.join(),
		async () => {
			const connection = await next.join();
			return {
				...connection,
				carry: async (...parts) =>
					refuses ? {code: 'not_now', message: 'There is no key.'} : connection.carry(...parts),
			};
		},
		systemClock.now,
	);
	const [far, elsewhere] = [listen(), listen()];
	lasting.port.subscribe({after: 0, runId}, far);
	lasting.port.subscribe({after: 0, runId: 'run_elsewhere'}, elsewhere);
	await lasting.port.carry(runId, {lanes: []}, []);
	await first.host.close('retired');
	const words = `nobody carries ${runId}: There is no key.`;
	await vi.waitFor(() =>
		expect(far.signals.at(-1)).toMatchObject({state: 'waiting', message: expect.stringContaining(words)}),
	);
	expect(elsewhere.signals.at(-1)).toMatchObject({state: 'well'});
	refuses = false;
	expect(await lasting.port.carry(runId, {lanes: []}, [])).toBeUndefined();
	expect(far.signals.at(-1)).toMatchObject({state: 'well'});
	lasting.close();
});

test('an engine that was stopped is not started again by those who watched it', async () => {
	const {host, join} = await openHost();
	let tries = 0;
	const lasting = lastingPort(
		await join(),
		async () => {
			tries++;
			throw new Error('not again');
		},
		systemClock.now,
	);
	await host.close('stopped');
	expect(await lasting.ended).toEqual({why: 'stopped'});
	expect(tries).toBe(0);
});

test('it is told how many are connected, and a command that was under way is answered when the engine is lost', async () => {
	const {fleet, host, counts, join} = await openHost();
	const connection = await join();
	expect(counts).toEqual([1]);
	fleet.hold();
	const answer = connection.send({type: 'run.pause', runId});
	await vi.waitFor(() => expect(fleet.commands).toHaveLength(1));
	await host.close('stopped');
	expect(await answer).toMatchObject({code: 'storage', message: expect.stringContaining('before it answered')});
	await vi.waitFor(() => expect(counts).toEqual([1, 0]));
});
