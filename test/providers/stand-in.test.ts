import {Anthropic} from '@anthropic-ai/sdk';
import {expect, test} from 'vitest';
import {startStandIn} from '../support/stand-in/server.ts';
import {model} from './ask.ts';

const client = (url: string, apiKey = 'sk-test') => new Anthropic({apiKey, baseURL: url, maxRetries: 0});
const user = (content: string) => ({role: 'user' as const, content});
const hello = () => ({blocks: [{type: 'text' as const, text: 'Hello, harbour.'}]});

test('it answers without streaming, counts tokens and lists models for the official client', async () => {
	await using server = await startStandIn({script: hello});
	const {messages, models} = client(server.url);
	const ask = {model, messages: [user('Hello?')]};
	const reply = await messages.create({...ask, max_tokens: 100});
	expect(reply).toMatchObject({stop_reason: 'end_turn', content: [{type: 'text', text: 'Hello, harbour.'}]});
	expect((await messages.countTokens(ask)).input_tokens).toBe(reply.usage.input_tokens);
	expect((await models.retrieve(model)).max_tokens).toBe(128_000);
	expect((await models.list()).data.map(({id}) => id)).toContain(model);
	await expect(models.retrieve('claude-nowhere-9')).rejects.toThrow('404');
});

test("its stream is one that the client's own accumulator accepts", async () => {
	await using server = await startStandIn({
		script: () => ({
			blocks: [
				{type: 'thinking', text: 'A greeting is due.'},
				{type: 'text', text: 'Hello, harbour.'},
				{type: 'tool_use', name: 'wave', input: {times: 3}},
			],
			pace: {ttftMs: 1, deltasPerSecond: 5000},
		}),
	});
	const stream = client(server.url).messages.stream({model, messages: [user('Hello?')], max_tokens: 100});
	const message = await stream.finalMessage();
	expect(message.stop_reason).toBe('tool_use');
	expect(message.content).toMatchObject([
		{type: 'thinking', thinking: 'A greeting is due.'},
		{type: 'text', text: 'Hello, harbour.'},
		{type: 'tool_use', name: 'wave', input: {times: 3}},
	]);
	expect(message.usage.output_tokens).toBe(server.ledger[0]?.usage?.output_tokens);
});

test.each([
	['a tool use without its result', [user('Go.'), use('toolu_1'), user('Well?')], 'tool_use'],
	['a result that nobody asked for', [{role: 'user', content: [result('toolu_9')]}], 'tool_result'],
	[
		'thinking that was changed',
		[user('Go.'), {role: 'assistant', content: [{type: 'thinking', thinking: 'x', signature: 'y'}]}, user('Well?')],
		'signature',
	],
	['an empty text', [user('')], 'non-empty'],
	['a conversation that the model would go on with', [user('Go.'), {role: 'assistant', content: 'I'}], 'user'],
])('it refuses %s, as the vendor does', async (_, messages, words) => {
	await using server = await startStandIn({script: hello});
	const response = await fetch(`${server.url}/v1/messages`, {
		method: 'POST',
		headers: {authorization: 'Bearer sk-test'},
		body: JSON.stringify({model, max_tokens: 100, messages}),
	});
	expect(response.status).toBe(400);
	expect(await response.text()).toContain(words);
});

test('it refuses a key that is marked as invalid, and a limit above that of the model', async () => {
	await using server = await startStandIn({script: hello});
	const ask = {model: 'claude-haiku-4-5', messages: [user('Hello?')], max_tokens: 64_001};
	await expect(client(server.url, 'sk-invalid').messages.create({...ask, stream: true})).rejects.toThrow('401');
	await expect(client(server.url).messages.create({...ask, stream: true})).rejects.toThrow('max_tokens');
});

function use(id: string) {
	return {role: 'assistant', content: [{type: 'tool_use', id, name: 'read', input: {}}]};
}

function result(id: string) {
	return {type: 'tool_result', tool_use_id: id, content: 'text'};
}
