import type {Readable} from 'node:stream';
import {createParser} from 'eventsource-parser';

/** The events of a response body. */
export type EventStream = {
	/** The data of the events that have come since; none for a part of one. Undefined when the body has ended. */
	readonly next: () => Promise<readonly string[] | undefined>;
};

/**
 * Server-sent events as they come in, without an object or a generator's turn for each: a reply has thousands, and many
 * replies come in at once. What the body leaves unfinished at its end was not sent.
 *
 * `rest` calls back after a moment: until then what comes in is gathered, so that whoever reads takes it in one go. The
 * first piece and the end are never held back.
 */
export const readEvents = (body: Readable, rest?: (over: () => void) => void): EventStream => {
	const decoder = new TextDecoder();
	let whole: string[] = [];
	let hasNews = false;
	let isResting = false;
	let end: {readonly error: Error | undefined} | undefined;
	let wake = (): void => {};
	const parser = createParser({onEvent: ({data}) => void whole.push(data)});
	const stop = (error: Error | undefined): void => {
		end ??= {error};
		wake();
	};
	body.on('data', (chunk: Buffer) => {
		parser.feed(decoder.decode(chunk, {stream: true}));
		hasNews = true;
		if (!isResting) wake();
	});
	body.on('end', () => stop(undefined));
	body.on('error', (error: Error) => stop(error));
	body.on('close', () => stop(new Error('closed before its end')));
	return {
		next: () =>
			new Promise((resolve, reject) => {
				wake = () => {
					wake = () => {};
					if (hasNews) {
						const events = whole;
						whole = [];
						hasNews = false;
						isResting = rest !== undefined;
						rest?.(() => {
							isResting = false;
							if (hasNews) wake();
						});
						resolve(events);
					} else if (end?.error !== undefined) reject(end.error);
					else resolve(undefined);
				};
				if ((hasNews && !isResting) || end !== undefined) wake();
			}),
	};
};
