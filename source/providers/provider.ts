import type {Failure} from '../domain/failure.ts';
import type {ChatMessage, ReplyBlock, StopReason} from '../domain/message.ts';
import type {Usage} from '../domain/usage.ts';

/** A JSON schema, as vendors take it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type ToolSpec = {readonly name: string; readonly description: string; readonly input: JsonSchema};

export type ModelRequest = {
	readonly model: string;
	/** The role that asks, such as `scout`. Vendors never see it; the offline model plays it. */
	readonly role: string;
	/** The stable prefix, the same bytes on every turn of an agent: providers put their cache mark behind it. */
	readonly system: string;
	readonly tools: readonly ToolSpec[];
	/** Alternates, begins with `user`; every tool use is followed by its result. */
	readonly messages: readonly ChatMessage[];
	readonly maxOutputTokens: number;
	/** When given, the reply's text must be JSON of this shape. */
	readonly schema?: JsonSchema;
};

/**
 * What arrives while a model replies. Deltas are passing weather; only the last item counts.
 * `failed` carries what had arrived: partial blocks (text only, tool uses cut short are left out) and, where the
 * provider had said it, the usage so far with `output` estimated from what was received.
 */
export type ProviderItem =
	| {readonly type: 'text'; readonly delta: string}
	| {readonly type: 'thinking'; readonly delta: string}
	| {readonly type: 'tool_input'; readonly name: string; readonly delta: string}
	| {
			readonly type: 'done';
			readonly content: readonly ReplyBlock[];
			readonly stopReason: StopReason;
			readonly usage: Usage;
	  }
	| {
			readonly type: 'failed';
			readonly failure: Failure;
			readonly partial: readonly ReplyBlock[];
			readonly usage: Usage | undefined;
	  };

/**
 * A way to ask a model. After the call nothing is thrown: the last item is always `done` or `failed`, and there is
 * exactly one of them. One call is one request on the wire: a provider never retries by itself, because a retry is
 * a decision that waits, costs money and must be seen.
 */
export type Provider = {
	readonly name: string;
	readonly stream: (request: ModelRequest, abort: AbortSignal) => AsyncIterable<ProviderItem>;
};
