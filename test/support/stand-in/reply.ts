/** What the model of a script says. The stand-in signs thinking itself and checks its signature when it comes back. */
export type ScriptBlock =
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'thinking'; readonly text: string}
	| {readonly type: 'redacted_thinking'; readonly data: string}
	| {
			readonly type: 'tool_use';
			readonly name: string;
			readonly input: unknown;
			readonly id?: string;
			/** Streamed in place of `input`, for input that is cut short or broken. */
			readonly json?: string;
	  };

/** Usage as the vendor writes it. */
export type ServedUsage = {
	readonly input_tokens: number;
	readonly cache_creation_input_tokens: number;
	readonly cache_read_input_tokens: number;
	readonly cache_creation: {readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number};
	readonly output_tokens: number;
	readonly output_tokens_details: {readonly thinking_tokens: number};
};

/** Orders of events that the protocol does not allow. */
export const disorders = ['no start', 'started twice', 'delta before its block', 'stopped first'] as const;
export type Disorder = (typeof disorders)[number];

/** Deltas are counted over the whole reply; 0 means right after `message_start`. */
export type Fault =
	/** An answer with this status instead of a reply. */
	| {
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly type?: string;
			readonly message?: string;
	  }
	/** The connection is closed before any answer. */
	| {readonly hangUp: true}
	/** An answer that is none of the vendor's: a proxy's page, or nothing at all. It costs nothing. */
	| {readonly page: string; readonly contentType: string; readonly status?: number}
	/** The connection breaks within the stream, after so many events of any kind. */
	| {readonly dropAfterEvents: number}
	/** The whole reply, with its events in an order that the protocol does not allow. */
	| {readonly disorder: Disorder}
	/** The connection breaks within the stream. */
	| {readonly dropAfterDeltas: number}
	/** The stream stays open and silent. */
	| {readonly stallAfterDeltas: number}
	/** An event that is not JSON; the stream then goes on. */
	| {readonly malformedAfterDeltas: number}
	/** The stream ends in good order, but without the rest of the reply. */
	| {readonly endAfterDeltas: number}
	/** An `error` event within the stream. */
	| {readonly errorAfterDeltas: number; readonly type: string; readonly message: string};

export type Pace = {readonly ttftMs?: number; readonly deltasPerSecond?: number};

export type Reply = {
	readonly blocks: readonly ScriptBlock[];
	/** `tool_use` when a block is one, else `end_turn`. */
	readonly stopReason?: string;
	/** Replaces what the stand-in would count. */
	readonly usage?: Partial<ServedUsage>;
	/** Everything at once when absent. */
	readonly pace?: Pace;
	readonly fault?: Fault;
	/** Characters of one delta. */
	readonly deltaSize?: number;
};
