import type {Stamped} from '../domain/event.ts';
import type {Signal} from '../domain/signal.ts';
import type {EventLog} from './event-log.ts';
import type {Cursor, Listener} from './port.ts';
import type {SaidSoFar} from './said-so-far.ts';

/** Hands events and signals to all who listen. A listener that throws is a defect and disturbs nobody else. */
export type FanOut = {
	/** Whoever comes hears first what was said in the turns under way, and that the store is in trouble while it is. */
	readonly subscribe: (from: Cursor, listener: Listener) => () => void;
	readonly publish: (batch: readonly Stamped[]) => void;
	/** To those who listen to its run; what concerns the store goes to all. */
	readonly signal: (signal: Signal) => void;
};

/** How many stored events a new listener gets at once. */
const slice = 1000;

export const createFanOut = (
	log: EventLog,
	said: Pick<SaidSoFar, 'of'>,
	onDefect: (error: unknown) => void,
): FanOut => {
	const listeners = new Set<{readonly from: Cursor; readonly listener: Listener}>();
	let trouble: Signal | undefined;
	const guarded = (call: () => void): void => {
		try {
			call();
		} catch (error) {
			onDefect(error);
		}
	};
	return {
		subscribe: (from, listener) => {
			let batch: Stamped[] = [];
			const flush = (): void => {
				const events = batch;
				batch = [];
				if (events.length > 0) guarded(() => listener.onEvents(events));
			};
			for (const stamped of log.after(from)) if (batch.push(stamped) >= slice) flush();
			flush();
			const entry = {from, listener};
			listeners.add(entry);
			const told = trouble === undefined ? [] : [trouble];
			for (const signal of [...said.of(from.runId), ...told]) guarded(() => listener.onSignal(signal));
			return () => void listeners.delete(entry);
		},
		publish: batch => {
			if (batch.length === 0) return;
			for (const {from, listener} of listeners) {
				const mine = from.runId === undefined ? batch : batch.filter(stamped => stamped.runId === from.runId);
				if (mine.length > 0) guarded(() => listener.onEvents(mine));
			}
		},
		signal: signal => {
			const forAll = signal.type === 'storage';
			if (forAll) trouble = signal.state === 'waiting' ? signal : undefined;
			for (const {from, listener} of listeners)
				if (forAll || from.runId === undefined || from.runId === signal.runId) guarded(() => listener.onSignal(signal));
		},
	};
};
