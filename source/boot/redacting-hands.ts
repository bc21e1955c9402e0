import type {Hands, Work} from '../engine/hands.ts';
import type {Redactor} from '../policy/redact.ts';
import {redactingSignals} from '../policy/redact-signals.ts';

/** What a piece of work streams under. */
const streamOf = (work: Work) => {
	switch (work.type) {
		case 'plan.draft':
		case 'turn.ask':
			return work.turnId;
		case 'call.weigh':
		case 'call.run':
			return work.callId;
		case 'rule.keep':
			return undefined;
		default:
			return work satisfies never;
	}
};

/** Hands whose signals hold no secrets. What they report is redacted by the engine, before it is stored. */
export const redactingHands = (hands: Hands, redactor: Redactor): Hands => {
	const redacting = redactingSignals(redactor);
	return {
		perform: async (work, bench) => {
			const signals = redacting(bench.signal);
			try {
				return await hands.perform(work, {...bench, signal: signals.signal});
			} finally {
				const stream = streamOf(work);
				if (stream !== undefined) signals.end(stream);
			}
		},
	};
};
