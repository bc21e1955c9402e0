import {once} from 'node:events';
import {createServer} from 'node:http';
import {expect, test} from 'vitest';
import type {FailureKind} from '../../source/domain/failure.ts';
import {guessTokens} from '../../source/domain/message.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import type {Fault} from '../support/stand-in/reply.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {asking, done, failed, handTimer, model, never, provider, readAll} from './ask.ts';

const idle = () => new AbortController().signal;
const text = 'abcdefghij'.repeat(10);

const askWith = async (fault: Fault, apiKey = 'sk-test') => {
	await using server = await startStandIn({
		script: () => ({
			deltaSize: 10,
			blocks: [
				{type: 'text', text},
				{type: 'tool_use', name: 'read', input: {path: 'a long path to some file.md'}},
			],
			fault,
		}),
	});
	const answer = failed(await readAll(provider(server, {apiKey}).stream(asking(), idle())));
	return {...answer, requests: server.requests.length, ledger: server.ledger};
};

const refusals: readonly (readonly [Fault & {readonly status: number}, FailureKind, number | undefined])[] = [
	[{status: 400}, 'refused', undefined],
	[{status: 400, message: 'Your credit balance is too low to access the Anthropic API.'}, 'quota', undefined],
	[{status: 401}, 'unauthorized', undefined],
	[{status: 402}, 'quota', undefined],
	[{status: 403}, 'unauthorized', undefined],
	[{status: 404}, 'unknown_model', undefined],
	[{status: 413, type: 'request_too_large'}, 'refused', undefined],
	[{status: 429, headers: {'retry-after': '7'}}, 'throttled', 7000],
	[{status: 429, headers: {'retry-after': '2', 'retry-after-ms': '1250'}}, 'throttled', 1250],
	[{status: 429, headers: {'retry-after': 'soon'}}, 'throttled', undefined],
	[{status: 429}, 'throttled', undefined],
	[{status: 500}, 'server', undefined],
	[{status: 502}, 'server', undefined],
	[{status: 503, type: 'overloaded_error'}, 'overloaded', undefined],
	[{status: 529, headers: {'retry-after': '3'}}, 'overloaded', 3000],
];

test.each(refusals)('an answer %o is the failure %s', async (fault, kind, retryAfterMs) => {
	const {failure, partial, usage, requests} = await askWith(fault);
	expect(failure.kind).toBe(kind);
	expect(failure.retryAfterMs).toBe(retryAfterMs);
	expect(failure.message).toContain(model);
	expect(failure.message).toContain(`${fault.status}`);
	expect({partial, usage}).toEqual({partial: [], usage: undefined});
	// The provider itself never asks again.
	expect(requests).toBe(1);
});

test('a refused key is answered with the names of the variables and without the key', async () => {
	const {failure} = await askWith({status: 401, message: 'bad key sk-ant-secret'}, 'sk-ant-secret');
	expect(failure.message).toContain('ANTHROPIC_API_KEY or CLAUDE_API_KEY');
	expect(failure.message).not.toContain('sk-ant-secret');
});

test('a connection that breaks in mid-stream leaves the text, and the usage with a guess of the output', async () => {
	const {failure, partial, usage, ledger} = await askWith({dropAfterDeltas: 4});
	expect(failure.kind).toBe('dropped');
	expect(partial).toEqual([{type: 'text', text: text.slice(0, 40)}]);
	expect(usage?.output).toBe(guessTokens(40));
	expect(usage?.cacheWrite5m).toBeGreaterThan(0);
	expect(ledger).toMatchObject([{complete: false, usage: {output_tokens: usage?.output}}]);
});

test('a tool use that was cut short is not part of what had arrived, but its characters were paid for', async () => {
	const {partial, usage} = await askWith({dropAfterDeltas: 12});
	expect(partial).toEqual([{type: 'text', text}]);
	expect(usage?.output).toBe(guessTokens(120));
});

test('a stream that ends early in good order is dropped, not done', async () => {
	const {failure, partial} = await askWith({endAfterDeltas: 2});
	expect(failure.kind).toBe('dropped');
	expect(partial).toEqual([{type: 'text', text: text.slice(0, 20)}]);
});

test('an event that is not JSON makes the reply malformed', async () => {
	const {failure, partial} = await askWith({malformedAfterDeltas: 3});
	expect(failure.kind).toBe('malformed');
	expect(partial).toEqual([{type: 'text', text: text.slice(0, 30)}]);
});

test.each([
	['overloaded_error', 'overloaded'],
	['rate_limit_error', 'throttled'],
	['api_error', 'server'],
] as const)('an %s within the stream is the failure %s', async (type, kind) => {
	const {failure, usage} = await askWith({errorAfterDeltas: 1, type, message: 'Sorry'});
	expect(failure.kind).toBe(kind);
	expect(failure.message).toContain('Sorry');
	expect(usage).toBeDefined();
});

test('a server that hangs up before it answers is a dropped connection', async () => {
	const {failure, usage} = await askWith({hangUp: true});
	expect(failure.kind).toBe('dropped');
	expect(usage).toBeUndefined();
});

test('an address where nobody listens is named in the failure', async () => {
	const server = await startStandIn({script: () => ({blocks: []})});
	await server.close();
	const {failure} = failed(await readAll(provider(server).stream(asking(), idle())));
	expect(failure.kind).toBe('dropped');
	expect(failure.message).toContain(server.url);
	expect(failure.message).toContain('ECONNREFUSED');
});

test('an answer that is no event stream, such as a page to log in, is malformed', async () => {
	const portal = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>Log in</p>'));
	await once(portal.listen(0, '127.0.0.1'), 'listening');
	const address = portal.address();
	const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
	const asks = anthropicProvider({apiKey: 'sk-test', baseUrl, timer: never});
	const {failure} = failed(await readAll(asks.stream(asking(), idle())));
	portal.close();
	expect(failure).toMatchObject({kind: 'malformed', message: expect.stringContaining('text/html')});
	expect(failure.message).toContain(baseUrl);
});

test('a model that the vendor does not have is named', async () => {
	await using server = await startStandIn({script: () => ({blocks: []})});
	const {failure} = failed(await readAll(provider(server).stream(asking({model: 'claude-nowhere-9'}), idle())));
	expect(failure.kind).toBe('unknown_model');
	expect(failure.message).toContain('claude-nowhere-9');
});

test('silence within the stream is a stall when the timer rings', async () => {
	const hand = handTimer();
	await using server = await startStandIn({
		script: () => ({deltaSize: 10, blocks: [{type: 'text', text}], fault: {stallAfterDeltas: 3}}),
	});
	let arrived = 0;
	const stream = provider(server, {timer: hand.timer, stallMs: 5000}).stream(asking(), idle());
	const answer = failed(
		await readAll(stream, item => {
			if (item.type === 'text') arrived += item.delta.length;
			// The reader is asked for the next item only after this one; by then the watch is set again.
			if (arrived === 30) setImmediate(hand.ring);
		}),
	);
	expect(answer.failure).toMatchObject({kind: 'stalled', message: expect.stringContaining('5 s')});
	expect(answer.partial).toEqual([{type: 'text', text: text.slice(0, 30)}]);
	expect(answer.usage?.output).toBe(guessTokens(30));
	expect(hand.waiting.size).toBe(0);
});

test('silence before the first event is a stall too', async () => {
	const hand = handTimer();
	await using server = await startStandIn({
		script: async () => {
			hand.ring();
			return {blocks: [{type: 'text', text}]};
		},
	});
	const {failure} = failed(await readAll(provider(server, {timer: hand.timer}).stream(asking(), idle())));
	expect(failure.kind).toBe('stalled');
});

test('the watch rests while the reader is slow, and after the end', async () => {
	const hand = handTimer();
	await using server = await startStandIn({script: () => ({deltaSize: 10, blocks: [{type: 'text', text}]})});
	const answer = await readAll(provider(server, {timer: hand.timer}).stream(asking(), idle()), item => {
		if (item.type === 'text') expect(hand.waiting.size).toBe(0);
	});
	expect(done(answer).content).toEqual([{type: 'text', text}]);
	await expect.poll(() => hand.waiting.size).toBe(0);
});

test('an abort in mid-stream ends it at once and keeps the text', async () => {
	const abort = new AbortController();
	await using server = await startStandIn({
		script: () => ({deltaSize: 10, blocks: [{type: 'text', text}], fault: {stallAfterDeltas: 3}}),
	});
	let arrived = 0;
	const stream = provider(server).stream(asking(), abort.signal);
	const answer = failed(
		await readAll(stream, item => {
			if (item.type === 'text') arrived += item.delta.length;
			if (arrived >= 20) abort.abort();
		}),
	);
	expect(answer.failure.kind).toBe('aborted');
	expect(answer.partial[0]).toMatchObject({type: 'text'});
	expect(answer.usage).toBeDefined();
});

test('an abort before the request sends nothing', async () => {
	await using server = await startStandIn({script: () => ({blocks: []})});
	const {failure, usage} = failed(await readAll(provider(server).stream(asking(), AbortSignal.abort())));
	expect({kind: failure.kind, usage, sent: server.requests.length}).toEqual({
		kind: 'aborted',
		usage: undefined,
		sent: 0,
	});
});

test('a reader that leaves early frees the connection', async () => {
	let left = false;
	await using server = await startStandIn({
		script: () => ({deltaSize: 10, blocks: [{type: 'text', text}], fault: {stallAfterDeltas: 3}}),
	});
	for await (const item of provider(server).stream(asking(), idle())) {
		left = item.type === 'text';
		break;
	}
	expect(left).toBe(true);
	await expect.poll(() => server.ledger).toHaveLength(1);
});
