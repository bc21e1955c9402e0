import {createHash} from 'node:crypto';
import {countTokens} from './count-tokens.ts';
import {blocksOf, type MessagesBody} from './parsed-request.ts';

type Lifetime = '5m' | '1h';
/** A place in the prompt where a prefix may end. */
type Boundary = {readonly hash: string; readonly tokens: number; readonly mark: Lifetime | undefined};

export type PromptUsage = {
	readonly input: number;
	readonly write5m: number;
	readonly write1h: number;
	readonly read: number;
};

/** How many blocks before a mark the vendor looks for a prefix that it knows. */
const lookBack = 20;

const withoutMark = (value: Readonly<Record<string, unknown>>) => {
	const {cache_control: _, ...rest} = value;
	return JSON.stringify(rest);
};

/** The prompt in the vendor's order: tools, system, messages. */
const boundariesOf = (body: MessagesBody): readonly Boundary[] => {
	const format = JSON.stringify(body.output_config?.format ?? null);
	const hash = createHash('sha256').update(`${body.model}\n${format}\n`);
	let tokens = 0;
	const boundaries: Boundary[] = [];
	const add = (value: Readonly<Record<string, unknown>>, mark: {ttl?: Lifetime | undefined} | null | undefined) => {
		const text = withoutMark(value);
		hash.update(text).update('\n');
		tokens += countTokens(text.length);
		boundaries.push({hash: hash.copy().digest('hex'), tokens, mark: mark ? (mark.ttl ?? '5m') : undefined});
	};
	for (const tool of body.tools ?? []) add(tool, tool.cache_control);
	for (const block of blocksOf(body.system)) add(block, block.cache_control);
	for (const message of body.messages)
		for (const block of blocksOf(message.content)) add({role: message.role, ...block}, block.cache_control);
	return boundaries;
};

export const promptTokensOf = (body: MessagesBody): number => boundariesOf(body).at(-1)?.tokens ?? 0;

/**
 * The vendor's prompt cache: a prefix that ends at a mark is written, and read by a later request that begins with
 * the same content and has a mark on it or at most 20 blocks behind it. Nothing expires.
 */
export class PromptCache {
	readonly #known = new Set<string>();

	charge(body: MessagesBody): PromptUsage {
		const boundaries = boundariesOf(body);
		const marks = boundaries.flatMap((boundary, at) => (boundary.mark === undefined ? [] : [at]));
		let read = 0;
		for (const mark of marks)
			for (const boundary of boundaries.slice(Math.max(0, mark - lookBack), mark + 1))
				if (this.#known.has(boundary.hash)) read = Math.max(read, boundary.tokens);
		let covered = read;
		const written = {'5m': 0, '1h': 0};
		for (const mark of marks) {
			const boundary = boundaries[mark];
			if (boundary?.mark === undefined) continue;
			written[boundary.mark] += Math.max(0, boundary.tokens - covered);
			covered = Math.max(covered, boundary.tokens);
			this.#known.add(boundary.hash);
		}
		const total = boundaries.at(-1)?.tokens ?? 0;
		return {input: total - covered, write5m: written['5m'], write1h: written['1h'], read};
	}
}
