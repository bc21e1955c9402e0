import type {Signal} from '../domain/signal.ts';
import type {Clock} from './clock.ts';
import type {Hands} from './hands.ts';

/** A signal that is one piece of a longer text. */
type Piece = Extract<Signal, {type: 'turn.delta' | 'call.output'}>;

/** Nobody sees more than so many pictures a second, and each signal costs everyone who listens. */
const paceMs = 33;

const goesOn = (last: Piece, next: Piece): boolean =>
	last.type === next.type && !(last.type === 'turn.delta' && next.type === 'turn.delta' && last.kind !== next.kind);

/** Hands whose signals come at the pace of a screen: what arrived in between comes as one. Nothing is left out. */
export const pacedHands = (hands: Hands, clock: Clock): Hands => ({
	perform: async (work, bench) => {
		let held: Piece[] = [];
		let callOff: (() => void) | undefined;
		const flush = (): void => {
			callOff?.();
			callOff = undefined;
			const pieces = held;
			held = [];
			for (const piece of pieces) bench.signal(piece);
		};
		const signal = (next: Signal): void => {
			if (next.type !== 'turn.delta' && next.type !== 'call.output') {
				bench.signal(next);
				return;
			}
			const last = held.at(-1);
			if (last !== undefined && goesOn(last, next)) held[held.length - 1] = {...last, text: last.text + next.text};
			else held.push(next);
			callOff ??= clock.after(paceMs, flush);
		};
		try {
			return await hands.perform(work, {...bench, signal});
		} finally {
			flush();
		}
	},
});
