import {StorageProblem} from '../../db/storage-problem.ts';
import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Clock} from '../engine/clock.ts';
import type {EventLog} from '../engine/event-log.ts';
import type {Listener} from '../engine/port.ts';
import type {HostPort} from '../host/host-port.ts';

/** How many stored events are taken in at a time, and for how long, ms, before keys and screens have their turn. */
const sliceLength = 200;
const turnMs = 10;

export type StoredPort = {
	readonly port: HostPort;
	/** Lets go of the database. */
	readonly close: () => void;
};

/**
 * The port of an engine, but for what is stored: that is read here, in slices. All that an engine publishes is in the
 * database before, so this is the same, and nobody is kept from keys and fleets by a long history. `open` is called when
 * something is read first; where there is nothing to read, the engine is asked.
 */
export const storedPort = (port: HostPort, open: () => EventLog | undefined, clock: Clock): StoredPort => {
	let opened: {readonly log: EventLog | undefined} | undefined;
	const stored = (): EventLog | undefined => {
		opened ??= {log: open()};
		return opened.log;
	};

	/** What cannot be read here is left out: the engine has it, too. */
	const readHere = <T>(read: (log: EventLog) => T): T | undefined => {
		try {
			const log = stored();
			return log === undefined ? undefined : read(log);
		} catch (error) {
			if (error instanceof StorageProblem) return undefined;
			throw error;
		}
	};

	const sliceAfter = (runId: RunId, after: number): readonly Stamped[] =>
		readHere(log => log.page({runId, after, limit: sliceLength})) ?? [];

	/** Takes in what is stored, and then listens to what comes. */
	const catchUp = (runId: RunId, from: number, listener: Listener): (() => void) => {
		let after = from;
		let stop: () => void;
		let isOver = false;
		const readOn = (): void => {
			const until = clock.now() + turnMs;
			do {
				if (isOver) return;
				const slice = sliceAfter(runId, after);
				after = slice.at(-1)?.seq ?? after;
				if (slice.length > 0) listener.onEvents(slice);
				if (slice.length < sliceLength) {
					if (!isOver) stop = port.subscribe({after, runId}, listener);
					return;
				}
			} while (clock.now() < until);
			clock.soon(readOn);
		};
		stop = () => {};
		readOn();
		return () => {
			isOver = true;
			stop();
		};
	};

	return {
		port: {
			send: port.send,
			carry: port.carry,
			subscribe: ({after, runId}, listener) =>
				runId === undefined ? port.subscribe({after}, listener) : catchUp(runId, after, listener),
			history: async query => readHere(log => log.page(query)) ?? port.history(query),
			runs: async () => readHere(log => log.runs()) ?? port.runs(),
			search: async query => readHere(log => log.search(query)) ?? port.search(query),
		},
		close: () => opened?.log?.close(),
	};
};
