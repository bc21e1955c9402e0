import type {AnthropicOptions, Timer} from '../../source/providers/anthropic.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import type {ModelRequest, ProviderItem} from '../../source/providers/provider.ts';
import type {StandIn} from '../support/stand-in/server.ts';

export const model = 'claude-haiku-5-5';

export const never: Timer = () => () => undefined;

/** A timer that fires when the test says so. */
export const handTimer = () => {
	const waiting = new Set<() => void>();
	const timer: Timer = (_, fire) => {
		waiting.add(fire);
		return () => waiting.delete(fire);
	};
	const ring = () => {
		for (const fire of waiting) fire();
	};
	return {timer, ring, waiting};
};

export const provider = (server: StandIn, options: Partial<AnthropicOptions> = {}) =>
	anthropicProvider({apiKey: 'sk-test', baseUrl: server.url, timer: never, ...options});

export const asking = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
	model,
	role: 'scout',
	system: 'You are the scout.',
	tools: [],
	messages: [{role: 'user', blocks: [{type: 'text', text: 'Look around.'}]}],
	maxOutputTokens: 1000,
	...rest,
});

export type Answer = {
	readonly items: readonly ProviderItem[];
	readonly last: Extract<ProviderItem, {type: 'done' | 'failed'}>;
};

/** Reads a stream to its end and insists on the contract: exactly one last item, and it is the last. */
export const readAll = async (
	stream: AsyncIterable<ProviderItem>,
	onItem: (item: ProviderItem) => void = () => undefined,
): Promise<Answer> => {
	const items: ProviderItem[] = [];
	for await (const item of stream) {
		items.push(item);
		onItem(item);
	}
	const ends = items.filter(item => item.type === 'done' || item.type === 'failed');
	const last = items.at(-1);
	if (ends.length !== 1 || (last?.type !== 'done' && last?.type !== 'failed'))
		throw new Error(`The stream has ${ends.length} ends and its last item is ${last?.type}.`);
	return {items, last};
};

export const done = (answer: Answer) => {
	if (answer.last.type === 'done') return answer.last;
	throw new Error(`The request failed: ${answer.last.failure.kind}: ${answer.last.failure.message}`);
};

export const failed = (answer: Answer) => {
	if (answer.last.type === 'failed') return answer.last;
	throw new Error('The request did not fail.');
};
