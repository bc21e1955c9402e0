import {transformJSONSchema} from '@anthropic-ai/sdk/lib/transform-json-schema';
import type {
	CacheControlEphemeral,
	ContentBlockParam,
	MessageCreateParamsStreaming,
	MessageParam,
	TextBlockParam,
	ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type {AskBlock, ChatMessage, ReplyBlock} from '../domain/message.ts';
import {thinksAdaptively} from './catalog.ts';
import type {ModelRequest} from './provider.ts';

/** The vendor keeps what lies before this mark for five minutes, renewed by every reading. */
const mark: CacheControlEphemeral = {type: 'ephemeral'};

const askBlockOnWire = (block: AskBlock): TextBlockParam | ToolResultBlockParam => {
	switch (block.type) {
		case 'text':
			return {type: 'text', text: block.text};
		case 'tool_result':
			return {
				type: 'tool_result',
				tool_use_id: block.useId,
				content: block.text,
				...(block.isError ? {is_error: true} : {}),
			};
		default:
			return block satisfies never;
	}
};

const replyBlockOnWire = (block: ReplyBlock): ContentBlockParam => {
	switch (block.type) {
		case 'text':
			return {type: 'text', text: block.text};
		case 'thinking':
			return {type: 'thinking', thinking: block.text, signature: block.signature};
		case 'redacted_thinking':
			return {type: 'redacted_thinking', data: block.data};
		case 'tool_use':
			return {type: 'tool_use', id: block.useId, name: block.name, input: block.input};
		default:
			return block satisfies never;
	}
};

/** The vendor refuses an empty text block. */
const hasWords = (block: AskBlock | ReplyBlock): boolean => block.type !== 'text' || block.text !== '';

const messageOnWire = (message: ChatMessage, marked: boolean): MessageParam => {
	if (message.role === 'assistant')
		return {role: 'assistant', content: message.blocks.filter(hasWords).map(replyBlockOnWire)};
	const content = message.blocks.filter(hasWords).map(askBlockOnWire);
	const last = content.at(-1);
	if (marked && last !== undefined) content[content.length - 1] = {...last, cache_control: mark};
	return {role: 'user', content};
};

/**
 * A request as the vendor takes it. Three of the four cache marks are used: one behind tools and system, one behind
 * the last message, and one behind the user message before it. The last is where the turn before ended; without it
 * the vendor looks back only 20 blocks, which a turn of ten tool calls exceeds, and the whole history would be
 * written anew.
 *
 * Apart from the marks, a conversation that grew begins with the same bytes, which is what the cache compares.
 */
export const requestOnWire = (request: ModelRequest): MessageCreateParamsStreaming => {
	const asks = request.messages.flatMap((message, at) => (message.role === 'user' ? [at] : []));
	const marked = new Set(asks.slice(-2));
	return {
		model: request.model,
		max_tokens: request.maxOutputTokens,
		stream: true,
		...(request.system === '' ? {} : {system: [{type: 'text', text: request.system, cache_control: mark}]}),
		...(request.tools.length === 0
			? {}
			: {
					tools: request.tools.map(tool => ({
						name: tool.name,
						description: tool.description,
						input_schema: {...tool.input, type: 'object'},
					})),
				}),
		messages: request.messages.map((message, at) => messageOnWire(message, marked.has(at))),
		// These models think in any case; without `display` the words stay hidden, those between tool calls too.
		...(thinksAdaptively(request.model) ? {thinking: {type: 'adaptive', display: 'summarized'}} : {}),
		...(request.schema === undefined
			? {}
			: {output_config: {format: {type: 'json_schema', schema: transformJSONSchema(request.schema)}}}),
	};
};
