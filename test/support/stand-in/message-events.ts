import {countTokens} from './count-tokens.ts';
import type {PromptUsage} from './prompt-cache.ts';
import type {Reply, ScriptBlock, ServedUsage} from './reply.ts';
import {signatureOf} from './signature.ts';

export type ServedEvent = {
	readonly name: string;
	readonly data: unknown;
	/** Characters that the model wrote in this event; they make the output tokens of a reply that is cut short. */
	readonly characters: number;
};

const usualDeltaSize = 24;

const slices = (text: string, size: number): readonly string[] => {
	// By code points, so that no delta ends within a surrogate pair, which JSON over UTF-8 could not carry.
	const points = [...text];
	return Array.from({length: Math.ceil(points.length / size)}, (_, at) =>
		points.slice(at * size, (at + 1) * size).join(''),
	);
};

const writtenText = (block: ScriptBlock): string => {
	switch (block.type) {
		case 'text':
		case 'thinking':
			return block.text;
		case 'tool_use':
			return block.json ?? JSON.stringify(block.input);
		case 'redacted_thinking':
			return '';
		default:
			return block satisfies never;
	}
};

export const finalUsage = (reply: Reply, prompt: PromptUsage): ServedUsage => {
	const tokens = (blocks: readonly ScriptBlock[]) =>
		countTokens(blocks.reduce((sum, block) => sum + writtenText(block).length, 0));
	return {
		input_tokens: prompt.input,
		cache_creation_input_tokens: prompt.write5m + prompt.write1h,
		cache_read_input_tokens: prompt.read,
		cache_creation: {ephemeral_5m_input_tokens: prompt.write5m, ephemeral_1h_input_tokens: prompt.write1h},
		output_tokens: Math.max(1, tokens(reply.blocks)),
		output_tokens_details: {thinking_tokens: tokens(reply.blocks.filter(block => block.type === 'thinking'))},
		...reply.usage,
	};
};

const stopReasonOf = (reply: Reply): string =>
	reply.stopReason ?? (reply.blocks.some(block => block.type === 'tool_use') ? 'tool_use' : 'end_turn');

const wholeBlock = (block: ScriptBlock, id: string) => {
	switch (block.type) {
		case 'text':
			return {type: 'text', text: block.text, citations: null};
		case 'thinking':
			return {type: 'thinking', thinking: block.text, signature: signatureOf(block.text)};
		case 'redacted_thinking':
			return {type: 'redacted_thinking', data: block.data};
		case 'tool_use':
			return {type: 'tool_use', id, name: block.name, input: block.input, caller: {type: 'direct'}};
		default:
			return block satisfies never;
	}
};

type Envelope = {readonly id: string; readonly model: string; readonly reply: Reply; readonly usage: ServedUsage};

const blockId = (block: ScriptBlock, id: string, at: number): string =>
	(block.type === 'tool_use' ? block.id : undefined) ?? `toolu_${id.replace('msg_', '')}_${at}`;

/** The reply as one JSON body, for a request without `stream`. */
export const wholeMessage = ({id, model, reply, usage}: Envelope) => ({
	id,
	type: 'message',
	role: 'assistant',
	model,
	content: reply.blocks.map((block, at) => wholeBlock(block, blockId(block, id, at))),
	stop_reason: stopReasonOf(reply),
	stop_sequence: null,
	stop_details: null,
	usage: {...usage, server_tool_use: null, service_tier: 'standard', speed: null, inference_geo: null},
});

const emptied = (block: ScriptBlock, id: string) => {
	const whole = wholeBlock(block, id);
	switch (whole.type) {
		case 'text':
			return {...whole, text: ''};
		case 'thinking':
			return {...whole, thinking: '', signature: ''};
		case 'tool_use':
			return {...whole, input: {}};
		default:
			return whole;
	}
};

const deltasOf = (
	block: ScriptBlock,
	size: number,
): readonly {readonly delta: unknown; readonly characters: number}[] => {
	const parts = slices(writtenText(block), size);
	switch (block.type) {
		case 'text':
			return parts.map(text => ({delta: {type: 'text_delta', text}, characters: text.length}));
		case 'thinking':
			return [
				...parts.map(thinking => ({delta: {type: 'thinking_delta', thinking}, characters: thinking.length})),
				{delta: {type: 'signature_delta', signature: signatureOf(block.text)}, characters: 0},
			];
		case 'tool_use':
			return parts.map(json => ({delta: {type: 'input_json_delta', partial_json: json}, characters: json.length}));
		case 'redacted_thinking':
			return [];
		default:
			return block satisfies never;
	}
};

/** The reply as the vendor streams it, a ping included. */
export const messageEvents = (envelope: Envelope): readonly ServedEvent[] => {
	const {id, reply, usage} = envelope;
	const events: ServedEvent[] = [];
	const add = (data: Readonly<Record<string, unknown>> & {readonly type: string}, characters = 0) =>
		events.push({name: data.type, data, characters});
	const begun = {...wholeMessage(envelope), content: [], stop_reason: null};
	add({
		type: 'message_start',
		message: {...begun, usage: {...begun.usage, output_tokens: 1, output_tokens_details: null}},
	});
	add({type: 'ping'});
	for (const [index, block] of reply.blocks.entries()) {
		add({type: 'content_block_start', index, content_block: emptied(block, blockId(block, id, index))});
		for (const {delta, characters} of deltasOf(block, reply.deltaSize ?? usualDeltaSize))
			add({type: 'content_block_delta', index, delta}, characters);
		add({type: 'content_block_stop', index});
	}
	const {cache_creation: _, ...totals} = usage;
	add({
		type: 'message_delta',
		delta: {stop_reason: stopReasonOf(reply), stop_sequence: null, stop_details: null, container: null},
		usage: {...totals, server_tool_use: null},
	});
	add({type: 'message_stop'});
	return events;
};
