import {describe, expect, it} from 'vitest';
import {askTurn, turnRequest} from '../../source/agents/ask-turn.ts';
import type {Agent} from '../../source/domain/agent.ts';
import {noUsage} from '../../source/domain/usage.ts';
import type {ModelRequest, Provider, ProviderItem, ToolSpec} from '../../source/providers/provider.ts';
import {type ScriptedRun, startRun, workerOf} from './scripted-run.ts';

const tools: readonly ToolSpec[] = ['read_file', 'grep', 'finish_step', 'deploy'].map(name => ({
	name,
	description: name,
	input: {type: 'object'},
}));

const parts = (script: ScriptedRun, agent: Agent = workerOf(script)) => ({
	agent,
	story: script.storyOf(agent.id),
	system: 'The house.',
	opening: 'The assignment.',
	tools,
});

const scripted = (items: readonly ProviderItem[], seen: ModelRequest[] = []): Provider => ({
	name: 'scripted',
	async *stream(request) {
		seen.push(request);
		yield* items;
	},
});

const ask = async (provider: Provider) => {
	const deltas: string[] = [];
	const reply = await askTurn({
		...parts(startRun()),
		provider,
		abort: new AbortController().signal,
		onDelta: (kind, text) => deltas.push(`${kind} ${text}`),
	});
	return {reply, deltas};
};

describe('the request of a turn', () => {
	it('offers the tools of the assignment, and no more output than the model can give', () => {
		const script = startRun();
		const agent = workerOf(script);
		const assignment = {...agent.assignment, maxOutputTokens: 50_000};
		expect(turnRequest(parts(script, {...agent, assignment}))).toEqual({
			model: 'model',
			role: 'analyst',
			system: 'The house.',
			tools: tools.slice(0, 3),
			messages: [{role: 'user', blocks: [{type: 'text', text: 'The assignment.'}]}],
			maxOutputTokens: 10_000,
		});
	});

	it('offers only the report in the last turn, and leaves the prefix as it was', () => {
		const script = startRun();
		const agent = workerOf(script);
		if (agent.turn === undefined) throw new Error('The worker has no turn.');
		const request = turnRequest(parts(script, {...agent, turn: {...agent.turn, last: true}}));
		expect(request.tools.map(tool => tool.name)).toEqual(['finish_step']);
		expect(request.system).toBe('The house.');
	});
});

describe('asking for a turn', () => {
	it('passes on what arrives and returns the whole reply', async () => {
		const content = [{type: 'text', text: 'Hello'}] as const;
		const {reply, deltas} = await ask(
			scripted([
				{type: 'thinking', delta: 'hm'},
				{type: 'text', delta: 'Hel'},
				{type: 'text', delta: 'lo'},
				{type: 'tool_input', name: 'grep', delta: '{'},
				{type: 'done', content, stopReason: 'end_turn', usage: noUsage},
			]),
		);
		expect(deltas).toEqual(['thinking hm', 'text Hel', 'text lo', 'tool_input {']);
		expect(reply).toEqual({kind: 'done', content, stopReason: 'end_turn', usage: noUsage});
	});

	it('returns a failure as it is', async () => {
		const failure = {kind: 'throttled', message: 'Wait.', retryAfterMs: 10} as const;
		const {reply} = await ask(scripted([{type: 'failed', failure, partial: [], usage: undefined}]));
		expect(reply).toEqual({kind: 'failed', failure, partial: [], usage: undefined});
	});

	it('makes a failed reply of a stream that ends without a word or throws', async () => {
		const silent = await ask(scripted([]));
		expect(silent.reply).toMatchObject({kind: 'failed', failure: {kind: 'defect'}});
		const throwing: Provider = {
			name: 'scripted',
			stream: () => {
				throw new Error('no such thing');
			},
		};
		const thrown = await ask(throwing);
		expect(thrown.reply).toMatchObject({
			kind: 'failed',
			failure: {kind: 'defect', message: expect.stringContaining('no such thing')},
		});
	});
});
