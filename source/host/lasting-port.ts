import type {RunId} from '../domain/id.ts';
import type {Cursor, Listener} from '../engine/port.ts';
import {type Connection, type Ending, Unanswered} from './connect.ts';
import type {HostPort} from './host-port.ts';

/** A port over connections that may be lost. */
export type LastingPort = {
	readonly port: HostPort;
	/** Resolves when there is no engine any more: somebody stopped it, or it could not be reached again. */
	readonly ended: Promise<{readonly why: 'stopped' | 'closed'} | {readonly why: 'lost'; readonly error: unknown}>;
	readonly close: () => void;
};

type Subscription = {
	readonly runId: Cursor['runId'];
	readonly listener: Listener;
	after: number;
	unsubscribe: () => void;
};

/** An engine that is lost so often in so short a time, ms, is not started again: what ends it would end the next one. */
const lossesMax = 4;
const lossesMs = 60_000;

const words = {
	retired: 'Another engine takes over.',
	idle: 'The engine has ended; it is started again.',
	lost: 'The engine has ended; it is started again.',
};

/**
 * Goes on over a new connection where the last one ended, unless the engine was stopped on purpose: whoever listens
 * misses no event and hears none twice, what is read waits, and runs that were carried from here stand on the same
 * grounds as before. `again` finds or starts an engine; it may take its time, and tell what for. `now` is ms of any clock.
 */
export const lastingPort = (
	first: Connection,
	again: (why: Exclude<Ending, 'stopped' | 'closed'>, tell: (words: string) => void) => Promise<Connection>,
	now: () => number,
): LastingPort => {
	const subscriptions = new Set<Subscription>();
	const carried = new Map<RunId, unknown>();
	const ended = Promise.withResolvers<Awaited<LastingPort['ended']>>();
	const losses: number[] = [];
	/** Runs that the present engine would not carry, with why. */
	const stranded = new Map<RunId, string>();
	let connection = first;
	let current = Promise.resolve(first);
	let isClosed = false;

	const listen = (subscription: Subscription): void => {
		const {runId, listener} = subscription;
		const from: Cursor = runId === undefined ? {after: subscription.after} : {after: subscription.after, runId};
		subscription.unsubscribe = connection.subscribe(from, {
			onEvents: batch => {
				const news = batch.filter(({seq}) => seq > subscription.after);
				if (news.length === 0) return;
				subscription.after = news.at(-1)?.seq ?? subscription.after;
				listener.onEvents(news);
				// Somebody has taken it up.
				for (const {runId: of, event} of news)
					if (event.type === 'run.recovered' && stranded.delete(of)) tell('well', 'The run goes on.', of);
			},
			onSignal: listener.onSignal,
		});
	};

	/** To all who listen, or to those who listen to this run. */
	const tell = (state: 'waiting' | 'well', message: string, about?: RunId): void => {
		for (const {runId, listener} of subscriptions)
			if (about === undefined || runId === undefined || runId === about)
				listener.onSignal({type: 'storage', state, message});
	};

	const reconnect = async (why: Exclude<Ending, 'stopped' | 'closed'>): Promise<Connection> => {
		losses.push(now());
		if (losses.length > lossesMax && now() - (losses.at(-1 - lossesMax) ?? 0) < lossesMs)
			throw new Error(`it ended ${losses.length} times within a minute`);
		const next = await again(why, message => tell('waiting', message));
		if (isClosed) next.close();
		else
			for (const [runId, grounds] of carried) {
				const rejection = await next.carry(runId, grounds, []);
				if (rejection === undefined) stranded.delete(runId);
				else stranded.set(runId, rejection.message);
			}
		return next;
	};

	const follow = async (): Promise<void> => {
		for (;;) {
			const why = await connection.ended;
			if (isClosed || why === 'stopped' || why === 'closed') {
				ended.resolve({why: why === 'stopped' ? why : 'closed'});
				return;
			}
			tell('waiting', words[why]);
			try {
				current = reconnect(why);
				connection = await current;
			} catch (error) {
				ended.resolve({why: 'lost', error});
				return;
			}
			for (const subscription of subscriptions) listen(subscription);
			tell('well', 'The engine is there again; the fleet goes on.');
			for (const [runId, message] of stranded)
				tell(
					'waiting',
					`The engine is there again, and nobody carries ${runId}: ${message} Take it up with: flotilla resume ${runId}`,
					runId,
				);
		}
	};
	void follow();

	/** Nothing is changed by reading, so it may be asked again of the next engine. */
	const read = async <T>(ask: (from: Connection) => Promise<T>): Promise<T> => {
		const from = await current;
		try {
			return await ask(from);
		} catch (error) {
			if (isClosed || !(error instanceof Unanswered) || (await from.ended) === 'stopped') throw error;
			return ask(await current);
		}
	};

	return {
		port: {
			send: command => connection.send(command),
			carry: async (runId, grounds, commands) => {
				if (grounds !== undefined) carried.set(runId, grounds);
				const rejection = await connection.carry(runId, grounds, commands);
				if (rejection === undefined && stranded.delete(runId)) tell('well', 'The run goes on.', runId);
				return rejection;
			},
			history: query => read(from => from.history(query)),
			runs: () => read(from => from.runs()),
			search: query => read(from => from.search(query)),
			subscribe: ({after, runId}, listener) => {
				const subscription: Subscription = {runId, listener, after, unsubscribe: () => {}};
				subscriptions.add(subscription);
				listen(subscription);
				return () => {
					subscriptions.delete(subscription);
					subscription.unsubscribe();
				};
			},
		},
		ended: ended.promise,
		close: () => {
			isClosed = true;
			connection.close();
		},
	};
};
