import {expect, test} from 'vitest';
import type {ChatMessage, ReplyBlock} from '../../source/domain/message.ts';
import {costOf} from '../../source/domain/model.ts';
import {planProblems} from '../../source/domain/plan.ts';
import {findModel} from '../../source/providers/catalog.ts';
import type {ToolSpec} from '../../source/providers/provider.ts';
import {systemSays, withFaults} from '../support/stand-in/script.ts';
import {fleet, fleetPlan} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {asking, done, model, provider, readAll} from './ask.ts';

const tool = (name: string, property: string): ToolSpec => ({
	name,
	description: name,
	input: {type: 'object', properties: {[property]: {type: 'string'}}, required: [property]},
});

const tools = [
	tool('glob', 'pattern'),
	tool('grep', 'pattern'),
	tool('read_file', 'file_path'),
	tool('finish_step', 'summary'),
];

test('who asks for structured output gets a plan that may be proposed', async () => {
	await using server = await startStandIn({script: fleet()});
	const schema = {type: 'object', properties: {}};
	const reply = done(await readAll(provider(server).stream(asking({schema}), new AbortController().signal)));
	const text = reply.content.find(block => block.type === 'text')?.text ?? '';
	expect(JSON.parse(text)).toEqual(fleetPlan);
	expect(planProblems(fleetPlan, {scout: 1, analyst: 1, writer: 1, reviewer: 1})).toEqual([]);
});

test('an agent looks, reads and finishes; its cost through two faults is what the ledger says', async () => {
	const script = withFaults(fleet(), {2: {status: 529}, 4: {dropAfterDeltas: 3}});
	await using server = await startStandIn({script});
	const asks = provider(server);
	let messages: readonly ChatMessage[] = asking().messages;
	let spent = 0;
	const names: string[] = [];
	const {price} = findModel(model);
	for (let request = 0; request < 8 && names.at(-1) !== 'finish_step'; request += 1) {
		const {last} = await readAll(asks.stream(asking({tools, messages}), new AbortController().signal));
		spent += last.usage === undefined ? 0 : (costOf(last.usage, price) ?? 0);
		if (last.type === 'failed') continue;
		const uses = last.content.filter((block: ReplyBlock) => block.type === 'tool_use');
		names.push(...uses.map(use => use.name));
		messages = [
			...messages,
			{role: 'assistant', blocks: last.content},
			{
				role: 'user',
				blocks: uses.map(use => ({type: 'tool_result', useId: use.useId, text: 'docs/a.md', isError: false})),
			},
		];
	}
	expect(names).toEqual(['glob', 'grep', 'read_file', 'finish_step']);
	expect(server.requests[3]?.newest).toEqual(['docs/a.md']);
	expect(server.ledger.map(entry => entry.status)).toEqual([200, 529, 200, 200, 200]);
	const billed = server.ledger.reduce((sum, {usage}) => {
		if (usage === undefined) return sum;
		const {ephemeral_5m_input_tokens: written} = usage.cache_creation;
		// Haiku 5.5, by hand, in nano-dollars a token.
		const read = usage.cache_read_input_tokens * 10;
		return sum + usage.input_tokens * 100 + usage.output_tokens * 500 + written * 125 + read;
	}, 0);
	expect(spent).toBe(billed);
	expect(spent).toBeGreaterThan(0);
});

test('a rule of its own lets one role say something else', async () => {
	const script = fleet([{when: systemSays('reviewer'), reply: () => ({blocks: [{type: 'text', text: 'Not yet.'}]})}]);
	await using server = await startStandIn({script});
	const ask = async (system: string) => {
		const reply = await readAll(provider(server).stream(asking({system, tools}), new AbortController().signal));
		return done(reply).stopReason;
	};
	expect([await ask('You are the Reviewer.'), await ask('You are the scout.')]).toEqual(['end_turn', 'tool_use']);
});
