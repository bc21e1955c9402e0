import {createParser} from 'eventsource-parser';

/** The events of a response body, a piece of the network at a time. */
export type EventStream = {
	/** The data of the events that have come whole; none for a part of one. Undefined when the body has ended. */
	readonly next: () => Promise<readonly string[] | undefined>;
};

/**
 * Server-sent events without an object or a generator's turn for each: a reply has thousands, and many replies come in
 * at once. What the body leaves unfinished at its end was not sent.
 */
export const readEvents = (body: ReadableStream<Uint8Array>): EventStream => {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let whole: string[] = [];
	const parser = createParser({onEvent: ({data}) => void whole.push(data)});
	return {
		next: async () => {
			const {done, value} = await reader.read();
			if (done) return undefined;
			parser.feed(decoder.decode(value, {stream: true}));
			const events = whole;
			whole = [];
			return events;
		},
	};
};
