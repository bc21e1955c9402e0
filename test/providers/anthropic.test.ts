import {expect, test} from 'vitest';
import type {ChatMessage} from '../../source/domain/message.ts';
import {costOf} from '../../source/domain/model.ts';
import {findModel} from '../../source/providers/catalog.ts';
import type {ToolSpec} from '../../source/providers/provider.ts';
import type {Reply} from '../support/stand-in/reply.ts';
import {type Script, startStandIn} from '../support/stand-in/server.ts';
import {signatureOf} from '../support/stand-in/signature.ts';
import {asking, done, failed, provider, readAll} from './ask.ts';

const idle = () => new AbortController().signal;
const saying = (text: string): Script => {
	const reply: Reply = {blocks: [{type: 'text', text}]};
	return () => reply;
};

const read: ToolSpec = {
	name: 'read',
	description: 'Reads a file.',
	input: {type: 'object', properties: {path: {type: 'string'}}, required: ['path']},
};

test('text arrives in pieces and then whole', async () => {
	const text = 'The fleet has left the harbour ⛵ and is making good speed.';
	await using server = await startStandIn({
		script: () => ({blocks: [{type: 'text', text}], deltaSize: 10, pace: {deltasPerSecond: 100}}),
	});
	const answer = await readAll(provider(server).stream(asking(), idle()));
	expect(done(answer)).toMatchObject({content: [{type: 'text', text}], stopReason: 'end_turn'});
	const deltas = answer.items.flatMap(item => (item.type === 'text' ? [item.delta] : []));
	expect(deltas.length).toBeGreaterThan(1);
	expect(deltas.join('')).toBe(text);
});

test('thinking goes back byte for byte, signature and redacted part included', async () => {
	const thinking = 'First the map,\nthen the “report” – 𝛑.';
	await using server = await startStandIn({
		script: request =>
			request.turns > 0
				? {blocks: [{type: 'text', text: 'Done.'}]}
				: {
						blocks: [
							{type: 'thinking', text: thinking},
							{type: 'redacted_thinking', data: 'c2VjcmV0+/=='},
							{type: 'tool_use', name: 'read', input: {path: 'a.md'}},
						],
					},
	});
	const asks = provider(server);
	const first = asking({tools: [read]});
	const reply = done(await readAll(asks.stream(first, idle())));
	const call = reply.content.find(block => block.type === 'tool_use');
	const messages: readonly ChatMessage[] = [
		...first.messages,
		{role: 'assistant', blocks: reply.content},
		{role: 'user', blocks: [{type: 'tool_result', useId: call?.useId ?? '', text: 'text of a.md', isError: false}]},
	];
	expect(done(await readAll(asks.stream({...first, messages}, idle()))).stopReason).toBe('end_turn');
	expect(server.requests[1]?.body.messages[1]?.content).toEqual([
		{type: 'thinking', thinking, signature: signatureOf(thinking)},
		{type: 'redacted_thinking', data: 'c2VjcmV0+/=='},
		{type: 'tool_use', id: call?.useId, name: 'read', input: {path: 'a.md'}},
	]);
});

test('thinking is asked for in words where the model takes that, and left alone where it does not', async () => {
	await using server = await startStandIn({script: saying('Yes.')});
	const asks = provider(server);
	await readAll(asks.stream(asking({model: 'claude-opus-5-5'}), idle()));
	await readAll(asks.stream(asking({model: 'claude-haiku-4-5'}), idle()));
	expect(server.requests.map(request => request.body['thinking'])).toEqual([
		{type: 'adaptive', display: 'summarized'},
		undefined,
	]);
});

test('several tools are used at once, and their inputs are whole', async () => {
	await using server = await startStandIn({
		script: () => ({
			blocks: [
				{type: 'text', text: 'Two files.'},
				{type: 'tool_use', id: 'toolu_a', name: 'read', input: {path: 'a "quoted" name.md'}},
				{type: 'tool_use', id: 'toolu_b', name: 'read', input: {}},
			],
		}),
	});
	const answer = await readAll(provider(server).stream(asking({tools: [read]}), idle()));
	expect(done(answer)).toMatchObject({
		stopReason: 'tool_use',
		content: [
			{type: 'text', text: 'Two files.'},
			{type: 'tool_use', useId: 'toolu_a', name: 'read', input: {path: 'a "quoted" name.md'}},
			{type: 'tool_use', useId: 'toolu_b', name: 'read', input: {}},
		],
	});
	const inputs = answer.items.flatMap(item => (item.type === 'tool_input' ? [item.delta] : []));
	expect(inputs.join('')).toBe('{"path":"a \\"quoted\\" name.md"}{}');
});

test('a result that is an error is marked as one', async () => {
	await using server = await startStandIn({script: saying('I see.')});
	const messages: readonly ChatMessage[] = [
		{role: 'user', blocks: [{type: 'text', text: 'Go.'}]},
		{role: 'assistant', blocks: [{type: 'tool_use', useId: 'toolu_1', name: 'read', input: {path: 'x'}}]},
		{role: 'user', blocks: [{type: 'tool_result', useId: 'toolu_1', text: 'no such file', isError: true}]},
	];
	done(await readAll(provider(server).stream(asking({messages, tools: [read]}), idle())));
	expect(server.requests[0]?.body.messages[2]?.content).toMatchObject([
		{tool_use_id: 'toolu_1', content: 'no such file', is_error: true},
	]);
});

test('a schema is sent as structured output in the form that the vendor takes', async () => {
	await using server = await startStandIn({script: saying('{"city":"Oslo"}')});
	const schema = {type: 'object', properties: {city: {type: 'string', minLength: 1}}, required: ['city']};
	const reply = done(await readAll(provider(server).stream(asking({schema}), idle())));
	expect(reply.content).toEqual([{type: 'text', text: '{"city":"Oslo"}'}]);
	expect(server.requests[0]?.schema).toMatchObject({type: 'object', additionalProperties: false, required: ['city']});
});

test('a schema that cannot be translated fails as our own defect, and nothing is sent', async () => {
	await using server = await startStandIn({script: saying('{}')});
	const schema = {type: 'object', properties: {city: {}}};
	const {failure} = failed(await readAll(provider(server).stream(asking({schema}), idle())));
	expect(failure.kind).toBe('defect');
	expect(server.requests).toHaveLength(0);
});

test('a tool use that the limit of tokens cut short is left out', async () => {
	await using server = await startStandIn({
		script: () => ({
			stopReason: 'max_tokens',
			blocks: [
				{type: 'text', text: 'Now I read'},
				{type: 'tool_use', name: 'read', input: {}, json: '{"path": "a.m'},
			],
		}),
	});
	const reply = done(await readAll(provider(server).stream(asking({tools: [read]}), idle())));
	expect(reply.stopReason).toBe('max_tokens');
	expect(reply.content).toEqual([{type: 'text', text: 'Now I read'}]);
});

test('a tool without parameters may come without any input', async () => {
	await using server = await startStandIn({
		script: () => ({blocks: [{type: 'tool_use', name: 'read', input: {}, json: ''}]}),
	});
	const reply = done(await readAll(provider(server).stream(asking({tools: [read]}), idle())));
	expect(reply.content).toMatchObject([{type: 'tool_use', name: 'read', input: {}}]);
});

test('a tool input that is not JSON makes the reply malformed, and it is paid for', async () => {
	await using server = await startStandIn({
		script: () => ({blocks: [{type: 'tool_use', name: 'read', input: {}, json: '{"path": '}]}),
	});
	const {failure, usage} = failed(await readAll(provider(server).stream(asking({tools: [read]}), idle())));
	expect(failure).toMatchObject({kind: 'malformed', message: expect.stringContaining('read')});
	expect(usage?.output).toBe(server.ledger[0]?.usage?.output_tokens);
});

test('the second turn reads from the cache what the first one wrote', async () => {
	await using server = await startStandIn({script: saying('Noted.')});
	const asks = provider(server);
	const first = asking({system: 'You are the scout. '.repeat(200), tools: [read]});
	const one = done(await readAll(asks.stream(first, idle())));
	const messages: readonly ChatMessage[] = [
		...first.messages,
		{role: 'assistant', blocks: one.content},
		{role: 'user', blocks: [{type: 'text', text: 'And now?'}]},
	];
	const two = done(await readAll(asks.stream({...first, messages}, idle())));
	expect(one.usage).toMatchObject({input: 0, cacheRead: 0, cacheWrite1h: 0});
	expect(two.usage.cacheRead).toBe(one.usage.cacheWrite5m);
	expect(two.usage).toMatchObject({input: 0, cacheWrite1h: 0});
	expect(two.usage.cacheWrite5m).toBeGreaterThan(0);
	expect(two.usage.cacheWrite5m).toBeLessThan(one.usage.cacheWrite5m / 10);
	// The cache compares content: apart from the marks, the second request begins with the bytes of the first.
	const [before = '', after = ''] = server.requests.map(({text}) =>
		text.replaceAll(',"cache_control":{"type":"ephemeral"}', ''),
	);
	const common = before.slice(0, before.indexOf('],"thinking"'));
	expect(common).toContain('Look around.');
	expect(after.startsWith(common)).toBe(true);
});

test('a turn of fifteen calls does not lose the cache', async () => {
	await using server = await startStandIn({
		script: request =>
			request.turns === 1
				? {blocks: Array.from({length: 15}, () => ({type: 'tool_use', name: 'read', input: {path: 'a'}}) as const)}
				: {blocks: [{type: 'text', text: 'Noted.'}]},
	});
	const asks = provider(server);
	let request = asking({tools: [read]});
	const usages = [];
	for (let turn = 0; turn < 3; turn += 1) {
		const reply = done(await readAll(asks.stream(request, idle())));
		usages.push(reply.usage);
		const results = reply.content.flatMap(block =>
			block.type === 'tool_use'
				? [{type: 'tool_result', useId: block.useId, text: 'some text', isError: false} as const]
				: [],
		);
		const messages: readonly ChatMessage[] = [
			...request.messages,
			{role: 'assistant', blocks: reply.content},
			{role: 'user', blocks: results.length > 0 ? results : [{type: 'text', text: 'Go on.'}]},
		];
		request = {...request, messages};
	}
	expect(usages[2]?.cacheRead).toBe((usages[1]?.cacheRead ?? 0) + (usages[1]?.cacheWrite5m ?? 0));
});

test('usage keeps the lifetimes of cache writes and thinking apart', async () => {
	await using server = await startStandIn({
		script: () => ({
			blocks: [{type: 'text', text: 'Yes.'}],
			usage: {
				input_tokens: 11,
				output_tokens: 22,
				cache_creation_input_tokens: 70,
				cache_read_input_tokens: 44,
				cache_creation: {ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 40},
				output_tokens_details: {thinking_tokens: 5},
			},
		}),
	});
	const {usage} = done(await readAll(provider(server).stream(asking(), idle())));
	expect(usage).toEqual({input: 11, output: 22, cacheWrite5m: 30, cacheWrite1h: 40, cacheRead: 44, thinking: 5});
	// Haiku 5.5: 100 × 11 + 500 × 22 + 125 × 30 + 200 × 40 + 10 × 44 nano-dollars.
	expect(costOf(usage, findModel('claude-haiku-5-5').price)).toBe(24_290);
});

test('a prompt above 100,000 tokens of the cheapest model costs five times as much', async () => {
	await using server = await startStandIn({
		script: () => ({
			blocks: [{type: 'text', text: 'Yes.'}],
			usage: {
				input_tokens: 1,
				output_tokens: 100,
				cache_creation_input_tokens: 0,
				cache_read_input_tokens: 100_000,
				cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0},
			},
		}),
	});
	const {usage} = done(await readAll(provider(server).stream(asking(), idle())));
	// 5 × (100 × 1 + 500 × 100 + 10 × 100,000) nano-dollars.
	expect(costOf(usage, findModel('claude-haiku-5-5').price)).toBe(5_250_500);
});
