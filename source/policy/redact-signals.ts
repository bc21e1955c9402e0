import type {CallId, TurnId} from '../domain/id.ts';
import type {Signal} from '../domain/signal.ts';
import type {Redactor} from './redact.ts';
import type {RedactStream} from './redact-stream.ts';

export type RedactedSignals = {
	readonly signal: (signal: Signal) => void;
	/** The turn or call is over: what was held back of it is passed on, and it is forgotten. */
	readonly end: (id: TurnId | CallId) => void;
};

/** A signal that is one piece of a longer text. */
type Piece = Extract<Signal, {type: 'turn.delta' | 'call.output'}>;
type Held = {readonly stream: RedactStream; readonly last: Piece};

/** Signals as they come, without secrets, also without such as are cut in two by them. Their text may come later. */
export const redactingSignals =
	({value, stream}: Redactor) =>
	(listener: (signal: Signal) => void): RedactedSignals => {
		/** By turn or call, and by kind within it. */
		const held = new Map<TurnId | CallId, Map<string, Held>>();
		const pass = (piece: Piece, text: string): void => {
			if (text !== '') listener({...piece, text});
		};
		const take = (piece: Piece, id: TurnId | CallId, kind: string): void => {
			const kinds = held.get(id) ?? new Map<string, Held>();
			held.set(id, kinds);
			const own = kinds.get(kind)?.stream ?? stream();
			kinds.set(kind, {stream: own, last: piece});
			pass(piece, own.push(piece.text));
		};
		return {
			signal: signal => {
				switch (signal.type) {
					case 'turn.delta':
						take(signal, signal.turnId, signal.kind);
						break;
					case 'call.output':
						take(signal, signal.callId, 'output');
						break;
					default:
						listener(value(signal));
				}
			},
			end: id => {
				for (const {stream: own, last} of held.get(id)?.values() ?? []) pass(last, own.flush());
				held.delete(id);
			},
		};
	};
