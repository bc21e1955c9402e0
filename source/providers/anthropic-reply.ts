import {guessTokens, type ReplyBlock, type StopReason} from '../domain/message.ts';
import {noUsage, type Usage} from '../domain/usage.ts';
import {MalformedReply, readBlock, readDelta, readEvent} from './anthropic-events.ts';
import {withWireUsage} from './anthropic-usage.ts';
import type {ProviderItem} from './provider.ts';

/** What a watcher sees of one event. */
type Seen = Extract<ProviderItem, {readonly delta: string}>;

type OpenBlock =
	| {readonly type: 'text'; text: string}
	| {readonly type: 'thinking'; text: string; signature: string}
	| {readonly type: 'redacted_thinking'; readonly data: string}
	| {readonly type: 'tool_use'; readonly useId: string; readonly name: string; json: string}
	/** A block of a type that is not known here: its deltas are passed over. */
	| {readonly type: 'unknown'};

/** The stream carries an error of the vendor instead of the rest of the reply. */
export class ErrorEvent extends Error {
	override readonly name = 'ErrorEvent';
	readonly type: string;
	constructor(type: string, message: string) {
		super(message);
		this.type = type;
	}
}

const stopReasons: Readonly<Record<string, StopReason>> = {
	end_turn: 'end_turn',
	tool_use: 'tool_use',
	max_tokens: 'max_tokens',
	stop_sequence: 'stop_sequence',
	refusal: 'refusal',
	model_context_window_exceeded: 'context_full',
};

const parseInput = (json: string): {readonly input: unknown} | undefined => {
	try {
		return {input: JSON.parse(json)};
	} catch {
		return undefined;
	}
};

/**
 * The deepest nesting of a tool's input. No tool needs a tenth of it, and what writes or reads JSON step by step into
 * the depth, as storing and sending do, runs out of stack some thousand levels down.
 */
const depthMax = 200;

/** Whether a value that was read from JSON lies deeper than that. Goes by levels, so that it needs no stack itself. */
const isTooDeep = (value: unknown): boolean => {
	const within = (inner: unknown): readonly unknown[] =>
		typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
	let level: readonly unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > depthMax) return true;
		level = level.flatMap(within);
	}
	return false;
};

/** Gathers the events of one reply. It keeps one string per block and no other copy of what arrived. */
export class ReplyReader {
	readonly #blocks = new Map<number, OpenBlock>();
	#characters = 0;
	#usage: Usage | undefined;
	#usageIsFinal = false;
	#stopReason: string | undefined;
	#stopped = false;

	/** Whether the vendor said that the reply is complete. */
	get stopped(): boolean {
		return this.#stopped;
	}

	/**
	 * Takes the data line of one event and returns what a watcher sees of it.
	 * Throws `MalformedReply` or, when the vendor reports its own error in the stream, `ErrorEvent`.
	 */
	take(data: string): Seen | undefined {
		const event = readEvent(data);
		switch (event?.type) {
			case 'message_start':
				this.#usage = withWireUsage(noUsage, event.message.usage);
				return undefined;
			case 'content_block_start':
				return this.#open(event.index, event.content_block);
			case 'content_block_delta':
				return this.#append(event.index, event.delta);
			case 'message_delta':
				this.#stopReason = event.delta.stop_reason ?? this.#stopReason;
				if (event.usage) {
					this.#usage = withWireUsage(this.#usage ?? noUsage, event.usage);
					this.#usageIsFinal = true;
				}
				return undefined;
			case 'message_stop':
				this.#stopped = true;
				return undefined;
			case 'error':
				throw new ErrorEvent(event.error.type, event.error.message);
			default:
				return undefined;
		}
	}

	/** The whole reply. Throws `MalformedReply` when what arrived is not one. */
	finish(): Extract<ProviderItem, {readonly type: 'done'}> {
		if (this.#usage === undefined) throw new MalformedReply('the reply has no message_start');
		const stopReason = this.#stopReason === undefined ? undefined : stopReasons[this.#stopReason];
		if (stopReason === undefined)
			throw new MalformedReply(`the reply ends for a reason that is not known: ${this.#stopReason ?? 'none given'}`);
		const content: ReplyBlock[] = [];
		for (const block of this.#blocks.values()) {
			const finished = this.#close(block, stopReason);
			if (finished !== undefined) content.push(finished);
		}
		return {type: 'done', content, stopReason, usage: this.#usage};
	}

	/** The text that arrived. Thinking and tool uses are of no use unless whole, so they are left out. */
	partial(): readonly ReplyBlock[] {
		const blocks: ReplyBlock[] = [];
		for (const block of this.#blocks.values())
			if (block.type === 'text' && block.text !== '') blocks.push({type: 'text', text: block.text});
		return blocks;
	}

	/** What the reply cost so far, as far as it is known: the vendor counts the output only at the end. */
	usage(): Usage | undefined {
		if (this.#usage === undefined || this.#usageIsFinal) return this.#usage;
		return {...this.#usage, output: Math.max(this.#usage.output, guessTokens(this.#characters))};
	}

	#open(index: number, value: unknown): Seen | undefined {
		const block = readBlock(value);
		switch (block?.type) {
			case 'text':
				this.#blocks.set(index, {type: 'text', text: block.text});
				this.#characters += block.text.length;
				return block.text === '' ? undefined : {type: 'text', delta: block.text};
			case 'thinking':
				this.#blocks.set(index, {type: 'thinking', text: block.thinking, signature: block.signature ?? ''});
				this.#characters += block.thinking.length;
				return block.thinking === '' ? undefined : {type: 'thinking', delta: block.thinking};
			case 'redacted_thinking':
				this.#blocks.set(index, {type: 'redacted_thinking', data: block.data});
				return undefined;
			case 'tool_use':
				this.#blocks.set(index, {type: 'tool_use', useId: block.id, name: block.name, json: ''});
				return {type: 'tool_input', name: block.name, delta: ''};
			default:
				this.#blocks.set(index, {type: 'unknown'});
				return undefined;
		}
	}

	#append(index: number, value: unknown): Seen | undefined {
		const block = this.#blocks.get(index);
		if (block === undefined) throw new MalformedReply(`a delta names block ${index}, which was never begun`);
		const delta = readDelta(value);
		if (delta === undefined || block.type === 'unknown') return undefined;
		if (delta.type === 'text_delta' && block.type === 'text') {
			block.text += delta.text;
			this.#characters += delta.text.length;
			return {type: 'text', delta: delta.text};
		}
		if (delta.type === 'thinking_delta' && block.type === 'thinking') {
			block.text += delta.thinking;
			this.#characters += delta.thinking.length;
			return {type: 'thinking', delta: delta.thinking};
		}
		if (delta.type === 'signature_delta' && block.type === 'thinking') {
			block.signature += delta.signature;
			return undefined;
		}
		if (delta.type === 'input_json_delta' && block.type === 'tool_use') {
			block.json += delta.partial_json;
			this.#characters += delta.partial_json.length;
			return {type: 'tool_input', name: block.name, delta: delta.partial_json};
		}
		throw new MalformedReply(`a ${delta.type} names block ${index}, which is ${block.type}`);
	}

	#close(block: OpenBlock, stopReason: StopReason): ReplyBlock | undefined {
		switch (block.type) {
			case 'text':
				return block.text === '' ? undefined : {type: 'text', text: block.text};
			case 'thinking':
				return {type: 'thinking', text: block.text, signature: block.signature};
			case 'redacted_thinking':
				return {type: 'redacted_thinking', data: block.data};
			case 'tool_use': {
				// A tool without parameters may come without any input.
				const parsed = parseInput(block.json === '' && stopReason === 'tool_use' ? '{}' : block.json);
				if (parsed !== undefined && isTooDeep(parsed.input))
					throw new MalformedReply(`the input of tool ${block.name} is nested more than ${depthMax} deep`);
				if (parsed !== undefined) return {type: 'tool_use', useId: block.useId, name: block.name, ...parsed};
				// A reply that ran out of room may end within a tool's input; what was whole still counts.
				if (stopReason !== 'tool_use') return undefined;
				throw new MalformedReply(`the input of tool ${block.name} is not JSON: ${block.json.slice(0, 80)}`);
			}
			case 'unknown':
				return undefined;
			default:
				return block satisfies never;
		}
	}
}
