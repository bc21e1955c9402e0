import {Agent as HttpAgent, type IncomingMessage, request as requestHttp} from 'node:http';
import {Agent as HttpsAgent, request as requestHttps} from 'node:https';

/** A way to fetch whose streamed answers are read from the connection itself. */
export type StreamFetch = {
	readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
	/** The body of an answer that is a stream of events; undefined for any other. */
	readonly streamOf: (response: Response) => IncomingMessage | undefined;
};

const readWhole = async (message: IncomingMessage): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk);
	return Buffer.concat(chunks);
};

const headersOf = (message: IncomingMessage): Headers => {
	const headers = new Headers();
	for (const [name, values] of Object.entries(message.headersDistinct))
		for (const value of values ?? []) headers.append(name, value);
	return headers;
};

/** Answers that have no body, whatever they say. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * For the SDK in place of the global `fetch`, whose web streams make several objects and promises of every piece of the
 * network; with a hundred replies coming in at once, that is half of all work. It sends what the SDK hands over and
 * follows no redirects.
 */
export const createStreamFetch = (): StreamFetch => {
	const streams = new WeakMap<Response, IncomingMessage>();
	const agents = {'http:': new HttpAgent({keepAlive: true}), 'https:': new HttpsAgent({keepAlive: true})};
	const answer = async (message: IncomingMessage): Promise<Response> => {
		const {statusCode: status = 0, statusMessage: statusText = ''} = message;
		const init = {status, statusText, headers: headersOf(message)};
		if (status === 200 && init.headers.get('content-type')?.includes('text/event-stream') === true) {
			const response = new Response(null, init);
			streams.set(response, message);
			return response;
		}
		const body = await readWhole(message);
		return new Response(bodiless.has(status) ? null : new Uint8Array(body), init);
	};
	return {
		fetch: (given, init = {}) =>
			new Promise((resolve, reject) => {
				const url = new URL(given instanceof Request ? given.url : given);
				const isPlain = url.protocol === 'http:';
				const order = {
					method: init.method ?? 'GET',
					headers: Object.fromEntries(new Headers(init.headers)),
					agent: isPlain ? agents['http:'] : agents['https:'],
					...(init.signal ? {signal: init.signal} : {}),
				};
				const request = (isPlain ? requestHttp : requestHttps)(url, order, message => {
					answer(message).then(resolve, reject);
				});
				request.on('error', reject);
				request.end(typeof init.body === 'string' ? init.body : undefined);
			}),
		streamOf: response => streams.get(response),
	};
};
