import {Anthropic} from '@anthropic-ai/sdk';
import type {MessageCreateParamsStreaming} from '@anthropic-ai/sdk/resources/messages/messages';
import type {Failure} from '../domain/failure.ts';
import {MalformedReply} from './anthropic-events.ts';
import {abortedFailure, cutShortFailure, failureOf, stalledFailure, unsentFailure} from './anthropic-failure.ts';
import {ReplyReader} from './anthropic-reply.ts';
import {requestOnWire} from './anthropic-request.ts';
import {type EventStream, readEvents} from './event-stream.ts';
import {mergeDeltas} from './merge-deltas.ts';
import type {ModelRequest, Provider, ProviderItem} from './provider.ts';
import {createStreamFetch} from './stream-fetch.ts';

/** Calls `fire` once after `ms` milliseconds, unless the returned function is called before. */
export type Timer = (ms: number, fire: () => void) => () => void;

export type AnthropicOptions = {
	readonly apiKey: string;
	/** The environment variable that holds the key, for words. */
	readonly keyName?: string;
	/** The vendor's own address when absent. */
	readonly baseUrl?: string | undefined;
	readonly timer: Timer;
	/** How long the provider may stay silent, before or within a reply. */
	readonly stallMs?: number;
	/** How long pieces of a reply are gathered while so many replies come in, ms; without it they are passed on at once. */
	readonly paceOf?: (replies: number) => number;
};

const vendorUrl = 'https://api.anthropic.com';
const usualStallMs = 90_000;
const drainMs = 5000;

type Watch = {readonly timer: Timer; readonly ms: number; readonly fire: () => void};

/** Waits for a promise while a timer watches. Only waiting counts: a slow reader of the reply is no stall. */
const watched = <T>(wait: Promise<T>, watch: Watch): Promise<T> => {
	const cancel = watch.timer(watch.ms, watch.fire);
	// Not an async function: this is done for every piece of every reply.
	return wait.finally(cancel);
};

/**
 * Reads on until the body ends, which is a moment after the reply: only then can the connection be used again. A
 * server that keeps it open is left.
 */
const drain = async (events: EventStream, watch: Watch) => {
	try {
		while ((await watched(events.next(), watch)) !== undefined);
	} catch {
		// The reply is complete: how its connection ends is of no interest.
	}
};

/**
 * The Messages API through the official SDK. The SDK does authentication, headers and errors; it is told not to retry,
 * not to read the environment for address or key, and not to print.
 *
 * The events are read below the SDK's stream, because that one hides pings (by which a thinking model shows that it
 * lives), prints what it cannot parse, and costs several times as much per event.
 */
export const anthropicProvider = (options: AnthropicOptions): Provider => {
	const {apiKey, keyName = 'ANTHROPIC_API_KEY or CLAUDE_API_KEY', timer} = options;
	const {baseUrl = vendorUrl, stallMs = usualStallMs, paceOf} = options;
	/** How many replies are awaited or come in. */
	let replies = 0;
	const {fetch, streamOf} = createStreamFetch();
	const client = new Anthropic({apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: 'off', fetch});

	/** A server may repeat the key in its words; those are stored and shown. */
	const withoutKey = (failure: Failure): Failure =>
		apiKey === '' ? failure : {...failure, message: failure.message.replaceAll(apiKey, '[key]')};

	const open = async (body: MessageCreateParamsStreaming, signal: AbortSignal): Promise<EventStream> => {
		const response = await client.messages.create(body, {signal}).asResponse();
		const events = streamOf(response);
		if (events !== undefined) return readEvents(events, paceOf && (over => void timer(paceOf(replies), over)));
		const type = response.headers.get('content-type') ?? 'nothing';
		throw new MalformedReply(`the answer is ${type} instead of an event stream`);
	};

	const stream = async function* (request: ModelRequest, abort: AbortSignal): AsyncGenerator<ProviderItem> {
		const asked = {model: request.model, baseUrl, keyName};
		const reply = new ReplyReader();
		const cut = new AbortController();
		const signal = AbortSignal.any([abort, cut.signal]);
		let stalled = false;
		const watch: Watch = {
			timer,
			ms: stallMs,
			fire: () => {
				stalled = true;
				cut.abort();
			},
		};
		const failed = (failure: Failure): ProviderItem => ({
			type: 'failed',
			failure: withoutKey(failure),
			partial: reply.partial(),
			usage: reply.usage(),
		});
		let body: MessageCreateParamsStreaming;
		try {
			body = requestOnWire(request);
		} catch (error) {
			yield failed(unsentFailure(asked, error));
			return;
		}
		replies++;
		try {
			const events = await watched(open(body, signal), watch);
			for (;;) {
				const next = await watched(events.next(), watch);
				abort.throwIfAborted();
				if (next === undefined) {
					yield failed(cutShortFailure(asked));
					return;
				}
				const deltas = [];
				for (const data of next) {
					const item = reply.take(data);
					if (item !== undefined) deltas.push(item);
					if (reply.stopped) break;
				}
				yield* mergeDeltas(deltas);
				if (reply.stopped) {
					void drain(events, {...watch, ms: drainMs});
					yield reply.finish();
					return;
				}
			}
		} catch (error) {
			if (abort.aborted) yield failed(abortedFailure(asked));
			else if (stalled) yield failed(stalledFailure(asked, stallMs));
			else yield failed(failureOf(error, asked));
		} finally {
			replies--;
			// Closes the connection when the reader left early or the reply broke.
			if (!reply.stopped) cut.abort();
		}
	};

	return {name: 'anthropic', stream};
};
