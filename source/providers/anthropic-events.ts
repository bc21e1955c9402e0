import {z} from 'zod';

/** What the vendor sent does not follow its protocol. */
export class MalformedReply extends Error {
	override readonly name = 'MalformedReply';
}

const count = z.number().int().nonnegative();
const index = count;

const usage = z.object({
	input_tokens: count.nullish(),
	output_tokens: count.nullish(),
	cache_creation_input_tokens: count.nullish(),
	cache_read_input_tokens: count.nullish(),
	cache_creation: z.object({ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count}).nullish(),
	output_tokens_details: z.object({thinking_tokens: count}).nullish(),
});
export type WireUsage = z.infer<typeof usage>;

const event = z.discriminatedUnion('type', [
	z.object({type: z.literal('message_start'), message: z.object({usage})}),
	z.object({type: z.literal('content_block_start'), index, content_block: z.unknown()}),
	z.object({type: z.literal('content_block_delta'), index, delta: z.unknown()}),
	z.object({type: z.literal('content_block_stop'), index}),
	z.object({
		type: z.literal('message_delta'),
		delta: z.object({stop_reason: z.string().nullish()}),
		usage: usage.nullish(),
	}),
	z.object({type: z.literal('message_stop')}),
	z.object({type: z.literal('error'), error: z.object({type: z.string(), message: z.string()})}),
]);

const block = z.discriminatedUnion('type', [
	z.object({type: z.literal('text'), text: z.string()}),
	z.object({type: z.literal('thinking'), thinking: z.string(), signature: z.string().nullish()}),
	z.object({type: z.literal('redacted_thinking'), data: z.string()}),
	z.object({type: z.literal('tool_use'), id: z.string(), name: z.string()}),
]);

const delta = z.discriminatedUnion('type', [
	z.object({type: z.literal('text_delta'), text: z.string()}),
	z.object({type: z.literal('thinking_delta'), thinking: z.string()}),
	z.object({type: z.literal('signature_delta'), signature: z.string()}),
	z.object({type: z.literal('input_json_delta'), partial_json: z.string()}),
]);

const tagged = z.looseObject({type: z.string()});

/**
 * The vendor may add types at any time and asks its clients to pass over those they do not know. A known type of a
 * wrong shape is another matter: it is refused.
 */
const reader = <Known>(what: string, schema: z.ZodType<Known>, types: readonly string[]) => {
	const known = new Set(types);
	return (value: unknown): Known | undefined => {
		const head = tagged.safeParse(value);
		if (head.success && !known.has(head.data.type)) return undefined;
		const read = schema.safeParse(value);
		if (read.success) return read.data;
		const type = head.success ? ` ${head.data.type}` : '';
		throw new MalformedReply(`the ${what}${type} has an unexpected shape: ${z.prettifyError(read.error)}`);
	};
};

export const readBlock = reader(
	'content block',
	block,
	block.options.map(option => option.shape.type.value),
);
const readAnyDelta = reader(
	'delta',
	delta,
	delta.options.map(option => option.shape.type.value),
);
/** The delta of an event that `readEvent` has read. */
export const readDelta = (value: unknown): z.infer<typeof delta> | undefined =>
	isText(value) ? value : readAnyDelta(value);

const readParsed = reader(
	'event',
	event,
	event.options.map(option => option.shape.type.value),
);

type Text = {readonly type: 'text_delta'; readonly text: string};
type TextDelta = {readonly type: 'content_block_delta'; readonly index: number; readonly delta: Text};

const isText = (value: unknown): value is Text =>
	typeof value === 'object' &&
	value !== null &&
	'type' in value &&
	value.type === 'text_delta' &&
	'text' in value &&
	typeof value.text === 'string';

/** Nearly every event is one of these, and a schema costs ten times what these comparisons do. */
const isTextDelta = (value: unknown): value is TextDelta =>
	typeof value === 'object' &&
	value !== null &&
	'type' in value &&
	value.type === 'content_block_delta' &&
	'index' in value &&
	Number.isInteger(value.index) &&
	'delta' in value &&
	isText(value.delta);

/** One event of the stream from its data line; undefined for a type that is not known here, such as `ping`. */
export const readEvent = (data: string): z.infer<typeof event> | undefined => {
	let parsed: unknown;
	try {
		parsed = JSON.parse(data);
	} catch {
		throw new MalformedReply(`an event is not JSON: ${data.slice(0, 80)}`);
	}
	return isTextDelta(parsed) ? parsed : readParsed(parsed);
};
