/** The neutral form of a conversation. Providers translate it both ways; nothing else knows a vendor's types. */
export type TextBlock = {readonly type: 'text'; readonly text: string};
/** Reasoning as the vendor sent it. The signature must go back unchanged, or the vendor refuses the next turn. */
export type ThinkingBlock = {readonly type: 'thinking'; readonly text: string; readonly signature: string};
export type RedactedThinkingBlock = {readonly type: 'redacted_thinking'; readonly data: string};
/** A tool call as the model asked for it; `useId` is the vendor's id, which its result must name. */
export type ToolUseBlock = {
	readonly type: 'tool_use';
	readonly useId: string;
	readonly name: string;
	readonly input: unknown;
};
export type ToolResultBlock = {
	readonly type: 'tool_result';
	readonly useId: string;
	readonly text: string;
	readonly isError: boolean;
};

/** What a model may say. */
export type ReplyBlock = TextBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock;
/** What we may say to it. */
export type AskBlock = TextBlock | ToolResultBlock;

export type ChatMessage =
	| {readonly role: 'user'; readonly blocks: readonly AskBlock[]}
	| {readonly role: 'assistant'; readonly blocks: readonly ReplyBlock[]};

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'stop_sequence' | 'context_full';

/** Roughly how many tokens a text has. Used only before a request; afterwards the provider's own count holds. */
export const guessTokens = (characters: number): number => Math.ceil(characters / 3.5);

/**
 * Bytes of a text in UTF-8. No vendor's tokens are shorter than a byte, so this is the most tokens it can have: what a
 * limit must count with.
 */
export const bytesOf = (text: string): number => {
	let bytes = text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x80) continue;
		// Half of a surrogate pair takes two of the pair's four bytes.
		bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
	}
	return bytes;
};

export const textOf = (blocks: readonly (ReplyBlock | AskBlock)[]): string =>
	blocks
		.filter(block => block.type === 'text')
		.map(block => block.text)
		.join('\n');
