import type {Command} from '../domain/command.ts';
import type {Cursor, Listener} from '../engine/port.ts';
import type {Connection} from './connect.ts';
import type {HostPort} from './host-port.ts';

/** A port over connections that may be lost. */
export type LastingPort = {
	readonly port: HostPort;
	/** Resolves when there is no engine any more: somebody stopped it, or it could not be reached again. */
	readonly ended: Promise<
		{readonly why: 'stopped' | 'idle' | 'closed'} | {readonly why: 'lost'; readonly error: unknown}
	>;
	readonly close: () => void;
};

type Subscription = {
	readonly runId: Cursor['runId'];
	readonly listener: Listener;
	after: number;
	unsubscribe: () => void;
};

/**
 * Goes on over a new connection where the last one ended, unless the engine was stopped on purpose: whoever listens
 * misses no event and hears none twice. `again` finds or starts an engine; it may take its time.
 */
export const lastingPort = (first: Connection, again: () => Promise<Connection>): LastingPort => {
	const subscriptions = new Set<Subscription>();
	const ended = Promise.withResolvers<Awaited<LastingPort['ended']>>();
	let connection = first;

	const listen = (subscription: Subscription): void => {
		const {runId, listener} = subscription;
		const from: Cursor = runId === undefined ? {after: subscription.after} : {after: subscription.after, runId};
		subscription.unsubscribe = connection.subscribe(from, {
			onEvents: batch => {
				const news = batch.filter(({seq}) => seq > subscription.after);
				if (news.length === 0) return;
				subscription.after = news.at(-1)?.seq ?? subscription.after;
				listener.onEvents(news);
			},
			onSignal: listener.onSignal,
		});
	};

	const tell = (state: 'waiting' | 'well', message: string): void => {
		for (const {listener} of subscriptions) listener.onSignal({type: 'storage', state, message});
	};

	const follow = async (): Promise<void> => {
		for (;;) {
			const why = await connection.ended;
			if (why === 'stopped' || why === 'idle' || why === 'closed') {
				ended.resolve({why});
				return;
			}
			tell('waiting', why === 'retired' ? 'Another engine takes over.' : 'The engine has ended; it is started again.');
			try {
				connection = await again();
			} catch (error) {
				ended.resolve({why: 'lost', error});
				return;
			}
			for (const subscription of subscriptions) listen(subscription);
			tell('well', 'The engine is there again; the fleet goes on.');
		}
	};
	void follow();

	return {
		port: {
			send: (command: Command) => connection.send(command),
			carry: (runId, grounds, commands) => connection.carry(runId, grounds, commands),
			history: query => connection.history(query),
			runs: () => connection.runs(),
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
		close: () => connection.close(),
	};
};
