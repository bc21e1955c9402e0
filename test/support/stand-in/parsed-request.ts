import {z} from 'zod';

const cacheControl = z.object({type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional()}).nullish();
const block = z.looseObject({type: z.string(), cache_control: cacheControl});
const content = z.union([z.string(), z.array(block)]);

/** A request of the Messages API, as far as the stand-in reads it; what it does not read stays in place. */
export const messagesBody = z.looseObject({
	model: z.string(),
	max_tokens: z.number().int().positive().optional(),
	stream: z.boolean().optional(),
	system: content.optional(),
	tools: z
		.array(
			z.looseObject({
				name: z.string(),
				input_schema: z.looseObject({type: z.literal('object')}),
				cache_control: cacheControl,
			}),
		)
		.optional(),
	messages: z.array(z.object({role: z.enum(['user', 'assistant']), content})).min(1),
	output_config: z
		.looseObject({
			format: z.object({type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown())}).nullish(),
		})
		.optional(),
});
export type MessagesBody = z.infer<typeof messagesBody>;
export type WireBlock = z.infer<typeof block>;

export type ParsedRequest = {
	/** The body as it came, byte for byte. */
	readonly text: string;
	readonly body: MessagesBody;
	readonly model: string;
	/** All system text in one string. */
	readonly system: string;
	/** Input schemas by tool name. */
	readonly tools: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** The JSON schema the reply must follow, when structured output is asked for. */
	readonly schema: Readonly<Record<string, unknown>> | undefined;
	/** Replies the model has given in this conversation before. */
	readonly turns: number;
	/** The texts of the newest message, tool results included, in order. */
	readonly newest: readonly string[];
};

/** Content as a list of blocks: the API takes a bare string for a single text block. */
export const blocksOf = (given: z.infer<typeof content> | undefined): readonly WireBlock[] => {
	if (given === undefined) return [];
	return typeof given === 'string' ? [{type: 'text', text: given}] : given;
};

/** The text of a text block or of a tool result. */
const blockText = (wire: WireBlock): string => {
	if (typeof wire['text'] === 'string') return wire['text'];
	const inner = content.safeParse(wire['content']);
	return inner.success ? blocksOf(inner.data).map(blockText).join('\n') : '';
};

export const parseRequest = (text: string, body: MessagesBody): ParsedRequest => ({
	text,
	body,
	model: body.model,
	system: blocksOf(body.system).map(blockText).join('\n'),
	tools: new Map(body.tools?.map(tool => [tool.name, tool.input_schema])),
	schema: body.output_config?.format?.schema,
	turns: body.messages.filter(message => message.role === 'assistant').length,
	newest: blocksOf(body.messages.at(-1)?.content).map(blockText),
});
