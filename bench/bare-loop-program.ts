import {lstat, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {Anthropic} from '@anthropic-ai/sdk';
import type {MessageParam} from '@anthropic-ai/sdk/resources/messages/messages';
import {measureLoad} from './load.ts';

/** The floor: agents as the SDK's own documentation writes them, with nothing stored, shown or asked. */
const [url = '', dir = '', agents = '100'] = process.argv.slice(2);
const client = new Anthropic({apiKey: 'a-test-key', baseURL: url, maxRetries: 0});
const tools = [
	{
		name: 'list_dir',
		description: 'Lists a folder.',
		input_schema: {type: 'object' as const, properties: {path: {type: 'string'}}},
	},
	{name: 'finish_step', description: 'Reports.', input_schema: {type: 'object' as const}},
];

/** What Flotilla's tool of this name tells of a folder of files. */
const listDir = async (folder: string): Promise<string> => {
	const names = await readdir(folder);
	const lines = names.map(async name => `${name} ${(await lstat(join(folder, name))).size} bytes`);
	return (await Promise.all(lines)).join('\n');
};

const work = async (): Promise<void> => {
	const messages: MessageParam[] = [{role: 'user', content: 'Look around.'}];
	for (;;) {
		const stream = await client.messages.create({
			model: 'claude-haiku-5-5',
			max_tokens: 4000,
			stream: true,
			tools,
			messages,
		});
		let text = '';
		let json = '';
		let use: {readonly id: string; readonly name: string} | undefined;
		for await (const event of stream) {
			if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') use = event.content_block;
			if (event.type !== 'content_block_delta') continue;
			if (event.delta.type === 'text_delta') text += event.delta.text;
			else if (event.delta.type === 'input_json_delta') json += event.delta.partial_json;
		}
		if (use === undefined || use.name === 'finish_step') return;
		const input: {readonly path: string} = JSON.parse(json);
		const content = await listDir(join(dir, input.path));
		messages.push(
			{
				role: 'assistant',
				content: [
					{type: 'text', text},
					{type: 'tool_use', id: use.id, name: use.name, input},
				],
			},
			{role: 'user', content: [{type: 'tool_result', tool_use_id: use.id, content}]},
		);
	}
};

const end = measureLoad();
await Promise.all(Array.from({length: Number(agents)}, work));
console.log(JSON.stringify(end()));
process.exit(0);
