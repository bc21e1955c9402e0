import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import {setTimeout as after} from 'node:timers/promises';
import type {ServedEvent} from './message-events.ts';
import type {Disorder, Fault, Pace} from './reply.ts';

export type Sent = {
	/** Whether the client was sent the whole reply. */
	readonly complete: boolean;
	/** Characters of the model that were sent. */
	readonly characters: number;
};

const lineOf = (event: ServedEvent): string => `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;

/** Where the stream is cut: after so many deltas, or never. */
const faultAt = (fault: Fault | undefined): number => {
	if (fault === undefined) return Number.POSITIVE_INFINITY;
	if ('dropAfterDeltas' in fault) return fault.dropAfterDeltas;
	if ('stallAfterDeltas' in fault) return fault.stallAfterDeltas;
	if ('malformedAfterDeltas' in fault) return fault.malformedAfterDeltas;
	if ('endAfterDeltas' in fault) return fault.endAfterDeltas;
	if ('errorAfterDeltas' in fault) return fault.errorAfterDeltas;
	return Number.POSITIVE_INFINITY;
};

/** The events before the fault: `message_start`, then as many deltas as the fault lets pass with what is between. */
const beforeFault = (events: readonly ServedEvent[], deltas: number): readonly ServedEvent[] => {
	if (deltas === 0) return events.slice(0, 1);
	let seen = 0;
	const last = events.findIndex(event => {
		if (event.name === 'content_block_delta') seen += 1;
		return seen >= deltas;
	});
	return last === -1 ? events : events.slice(0, last + 1);
};

const disordered = (events: readonly ServedEvent[], disorder: Disorder): readonly ServedEvent[] => {
	const moved = (name: string, to: number): readonly ServedEvent[] => {
		const at = events.findIndex(event => event.name === name);
		return at === -1 ? events : events.toSpliced(at, 1).toSpliced(to, 0, ...events.slice(at, at + 1));
	};
	switch (disorder) {
		case 'no start':
			return events.slice(1);
		case 'started twice':
			return [...events.slice(0, 1), ...events];
		case 'delta before its block':
			return moved('content_block_delta', 1);
		case 'stopped first':
			return moved('message_stop', 1);
		default:
			return disorder satisfies never;
	}
};

/** Whether a lenient client can make out the whole reply all the same. */
const isReadable = (disorder: Disorder): boolean => disorder === 'no start' || disorder === 'started twice';

/** The events that go out before the fault, if there is one. */
const wantedOf = (events: readonly ServedEvent[], fault: Fault | undefined): readonly ServedEvent[] => {
	if (fault !== undefined && 'dropAfterEvents' in fault) return events.slice(0, fault.dropAfterEvents);
	if (fault !== undefined && 'disorder' in fault) return disordered(events, fault.disorder);
	return beforeFault(events, faultAt(fault));
};

/** Ends when all is written or the client has gone; waits between deltas as the pace says, without drifting. */
const write = async (response: ServerResponse, events: readonly ServedEvent[], pace: Pace | undefined) => {
	let characters = 0;
	if (pace === undefined) {
		response.write(events.map(lineOf).join(''));
		for (const event of events) characters += event.characters;
		return characters;
	}
	const {ttftMs = 0, deltasPerSecond} = pace;
	const start = performance.now() + ttftMs;
	let deltas = 0;
	response.flushHeaders();
	for (const event of events) {
		if (event.name === 'content_block_delta' && deltasPerSecond !== undefined) deltas += 1;
		const due = start + (deltas * 1000) / (deltasPerSecond ?? 1000) - performance.now();
		if (due > 1) await after(due);
		if (response.destroyed) return characters;
		response.write(lineOf(event));
		characters += event.characters;
	}
	return characters;
};

/** Streams a reply with its pace and its fault. The response is over afterwards, one way or another. */
export const sendStream = async (
	response: ServerResponse,
	events: readonly ServedEvent[],
	pace: Pace | undefined,
	fault: Fault | undefined,
): Promise<Sent> => {
	response.writeHead(200, {'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache'});
	const wanted = wantedOf(events, fault);
	const characters = await write(response, wanted, pace);
	const cut = {complete: false, characters};
	if (fault !== undefined && 'disorder' in fault) {
		response.end();
		// Where the order makes the rest unreadable, the vendor's own mistake is not charged.
		return isReadable(fault.disorder) ? {complete: true, characters} : {complete: false, characters: 0};
	}
	if (response.destroyed) return cut;
	if (fault === undefined || wanted.length === events.length) {
		response.end();
		return {complete: true, characters};
	}
	if ('dropAfterDeltas' in fault || 'dropAfterEvents' in fault) {
		// The callback comes when what was written has left, so that the client has all of it before the break.
		response.write(': the connection breaks here\n\n', () => response.destroy());
		return cut;
	}
	if ('stallAfterDeltas' in fault) {
		await once(response, 'close');
		return cut;
	}
	if ('malformedAfterDeltas' in fault) {
		response.write('event: content_block_delta\ndata: {"type":"content_block_de\n\n');
		response.end(events.slice(wanted.length).map(lineOf).join(''));
		return cut;
	}
	if ('errorAfterDeltas' in fault) {
		const data = {type: 'error', error: {type: fault.type, message: fault.message}};
		response.end(lineOf({name: 'error', data, characters: 0}));
		return cut;
	}
	response.end();
	return cut;
};
