import type {Usage} from '../domain/usage.ts';
import type {WireUsage} from './anthropic-events.ts';

/**
 * Usage after a further word of the vendor. Its figures are totals so far, and null or absence means unchanged. Only
 * the first word of a stream splits cache writes by lifetime: a later total moves the five-minute part, because that
 * is the only lifetime that is asked for.
 */
export const withWireUsage = (known: Usage, wire: WireUsage): Usage => {
	const cacheWrite1h = wire.cache_creation?.ephemeral_1h_input_tokens ?? known.cacheWrite1h;
	const written = wire.cache_creation_input_tokens;
	const rest = typeof written === 'number' ? Math.max(0, written - cacheWrite1h) : known.cacheWrite5m;
	return {
		input: wire.input_tokens ?? known.input,
		output: wire.output_tokens ?? known.output,
		cacheWrite5m: wire.cache_creation?.ephemeral_5m_input_tokens ?? rest,
		cacheWrite1h,
		cacheRead: wire.cache_read_input_tokens ?? known.cacheRead,
		thinking: wire.output_tokens_details?.thinking_tokens ?? known.thinking,
	};
};
