import {expect, it} from 'vitest';
import {groundsSchema} from '../../source/boot/grounds-schema.ts';
import type {Command} from '../../source/domain/command.ts';
import {commandSchema} from '../../source/host/command-schema.ts';

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const runId = 'run_t';
const agentId = 'agent_t_1';
const standing = {plan: true, edits: false, calls: false};

it.each<Command>([
	{type: 'run.permit', runId, standing, budget: undefined},
	{type: 'budget.set', runId, scope: 'run', what: 'money', limit: undefined},
	{type: 'agent.create', runId, role: 'scout', objective: 'Count the ropes', tier: undefined},
	{type: 'agent.change', runId, agentId, tier: undefined, tools: undefined, instructions: undefined},
	{type: 'agent.fork', runId, agentId, turnId: undefined, text: 'Go on'},
	{type: 'step.move', runId, stepId: 'step_t_1', way: 'up'},
	{type: 'step.edit', runId, stepId: 'step_t_1', patch: {tier: 'opus', allowance: {turns: 3}, tools: ['grep']}},
	{type: 'request.answer', runId, requestId: 'request_t_1', answer: {kind: 'approve'}},
])('$type arrives although what is undefined is left out on the way', command => {
	expect(commandSchema.parse(overTheWire(command))).toEqual(command);
});

it('arrives only whole', () => {
	expect(commandSchema.safeParse({type: 'agent.create', runId, role: 'scout'}).success).toBe(false);
	expect(commandSchema.safeParse({type: 'run.pause', runId, more: 1}).success).toBe(false);
	const edit = {type: 'step.edit', runId, stepId: 'step_t_1'};
	for (const patch of [{more: 1}, {title: undefined}, {key: 'other'}])
		expect(commandSchema.safeParse({...edit, patch}).success).toBe(false);
});

it('a lane without an address of its own arrives', () => {
	const lane = {kind: 'messages', name: 'anthropic', apiKey: 'k', keyName: 'K', baseUrl: undefined} as const;
	const grounds = {lanes: [lane], childEnvironment: {}, secrets: [], watched: false};
	expect(groundsSchema.parse(overTheWire(grounds))).toEqual(grounds);
});
