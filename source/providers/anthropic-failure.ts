import {APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError} from '@anthropic-ai/sdk/core/error';
import type {Failure, FailureKind} from '../domain/failure.ts';
import {MalformedReply} from './anthropic-events.ts';
import {ErrorEvent} from './anthropic-reply.ts';

/** What was asked, for the words of a failure. */
export type Asked = {
	readonly model: string;
	readonly baseUrl: string;
	/** The environment variable that holds the key. */
	readonly keyName: string;
};

const quotaWords = /spend_limit|billing|credit balance|quota/i;

/** The vendor's own word for an error wins over the status, which a proxy may have changed. */
const kindOfType: Readonly<Record<string, FailureKind>> = {
	authentication_error: 'unauthorized',
	permission_error: 'unauthorized',
	billing_error: 'quota',
	rate_limit_error: 'throttled',
	overloaded_error: 'overloaded',
	api_error: 'server',
	timeout_error: 'server',
};

const kindOfStatus = (status: number): FailureKind => {
	if (status === 401 || status === 403) return 'unauthorized';
	if (status === 402) return 'quota';
	if (status === 429) return 'throttled';
	if (status === 503 || status === 529) return 'overloaded';
	// A timeout on the server's side says nothing about the request: it may be sent again.
	if (status === 408 || status >= 500) return 'server';
	return 'refused';
};

const kindOf = (status: number | undefined, type: string | null, words: string): FailureKind => {
	const byType = type === null ? undefined : kindOfType[type];
	const mayBeQuota = status === 400 || status === 403 || status === 429 || type === 'rate_limit_error';
	if (mayBeQuota && quotaWords.test(words)) return 'quota';
	// The only path that is asked for exists, so what is not found is the model, or the address is another server's.
	if (type === 'not_found_error' || status === 404) return 'unknown_model';
	return byType ?? (status === undefined ? 'server' : kindOfStatus(status));
};

const advice = (kind: FailureKind, asked: Asked): string => {
	switch (kind) {
		case 'unauthorized':
			return `Check the key in ${asked.keyName} and that it may use this model.`;
		case 'unknown_model':
			return `Choose another model with --model, or check that ${asked.baseUrl} is the right address.`;
		case 'quota':
			return 'Add credit or raise the spending limit of the account that the key belongs to.';
		case 'throttled':
			return 'Ask again later, or run fewer agents at once (--max-parallel).';
		case 'overloaded':
		case 'server':
			return 'This is on the side of the provider: ask again later.';
		case 'dropped':
			return 'Check the network and ask again.';
		case 'stalled':
			return 'Ask again.';
		case 'malformed':
			return `Ask again; if it stays, check what answers at ${asked.baseUrl}.`;
		case 'refused':
			return 'The same request would be refused again: change it.';
		default:
			return '';
	}
};

/** What makes a page of words: nobody reads it in one line. */
const markup = /<(script|style)\b[\s\S]*?<\/\1>|<[/!]?[a-z][^>]*>/gi;

/** One line of bounded length: a proxy may answer with a whole page. */
const brief = (words: string): string => {
	const line = words.replace(markup, ' ').replace(/\s+/g, ' ').trim().replace(/\.$/, '');
	// Cut between words: half a key looks like none, and would be stored.
	return line.length > 400 ? `${line.slice(0, 400).replace(/\S+$/, '')}…` : line;
};

const failure = (kind: FailureKind, happened: string, asked: Asked, retryAfterMs?: number): Failure => ({
	kind,
	message: `Asked ${asked.model}: ${brief(happened)}. ${advice(kind, asked)}`.trimEnd(),
	...(retryAfterMs === undefined ? {} : {retryAfterMs}),
});

/** Both headers are in use; the one in milliseconds is the more exact. A date would need to know the time of day. */
const retryAfterMsOf = (headers: Headers | undefined): number | undefined => {
	const read = (name: string, unitMs: number) => {
		const text = headers?.get(name);
		const value = text ? Number(text) * unitMs : Number.NaN;
		return Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
	};
	return read('retry-after-ms', 1) ?? read('retry-after', 1000);
};

/** The innermost cause has the words that help, such as `connect ECONNREFUSED 127.0.0.1:1`. */
const rootWords = (error: unknown): string => {
	let inner = error;
	while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
	if (inner instanceof AggregateError && inner.errors[0] instanceof Error) return inner.errors[0].message;
	return inner instanceof Error ? inner.message : String(inner);
};

export const abortedFailure = (asked: Asked): Failure => failure('aborted', 'the request was cut off by us', asked);

export const stalledFailure = (asked: Asked, stallMs: number): Failure =>
	failure('stalled', `nothing arrived for ${Math.round(stallMs / 1000)} s`, asked);

export const cutShortFailure = (asked: Asked): Failure =>
	failure('dropped', 'the stream ended before the reply was complete', asked);

export const unsentFailure = (asked: Asked, error: unknown): Failure =>
	failure('defect', `the request could not be put into the provider's form (${rootWords(error)})`, asked);

/** Sorts whatever the SDK, the connection or the reading of the reply threw. */
export const failureOf = (error: unknown, asked: Asked): Failure => {
	if (error instanceof APIUserAbortError) return abortedFailure(asked);
	if (error instanceof APIConnectionTimeoutError) return failure('stalled', 'the provider did not answer', asked);
	if (error instanceof APIConnectionError)
		return failure('dropped', `no connection to ${asked.baseUrl} (${rootWords(error)})`, asked);
	if (error instanceof APIError) {
		const words = error.apiMessage ?? error.message;
		const kind = kindOf(error.status, error.type, `${error.errorCode ?? ''} ${words}`);
		return failure(kind, `the provider answered ${error.status}: ${words}`, asked, retryAfterMsOf(error.headers));
	}
	if (error instanceof ErrorEvent)
		return failure(
			kindOf(undefined, error.type, error.message),
			`the provider broke off the reply (${error.type}: ${error.message})`,
			asked,
		);
	if (error instanceof MalformedReply) return failure('malformed', error.message, asked);
	// Reading the body of a broken connection throws a plain TypeError; there is no class to know it by.
	return failure('dropped', `the connection broke (${rootWords(error)})`, asked);
};
