import type {Signal} from '../domain/signal.ts';
import type {Clock} from './clock.ts';
import type {Hands} from './hands.ts';

type Output = Extract<Signal, {type: 'call.output'}>;

/** Nobody sees more than so many pictures a second, and each signal costs everyone who listens. */
const paceMs = 33;

/** Hands whose commands are heard at the pace of a screen: what they print in between comes as one. Nothing is left out. */
export const pacedOutput = (hands: Hands, clock: Clock): Hands => ({
	perform: async (work, bench) => {
		let held: Output | undefined;
		let callOff: (() => void) | undefined;
		const flush = (): void => {
			callOff?.();
			callOff = undefined;
			const output = held;
			held = undefined;
			if (output !== undefined) bench.signal(output);
		};
		const signal = (next: Signal): void => {
			if (next.type !== 'call.output') {
				bench.signal(next);
				return;
			}
			held = held === undefined ? next : {...held, text: held.text + next.text};
			callOff ??= clock.after(paceMs, flush);
		};
		try {
			return await hands.perform(work, {...bench, signal});
		} finally {
			flush();
		}
	},
});
