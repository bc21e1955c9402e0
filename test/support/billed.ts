import {costOf} from '../../source/domain/model.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import {findModel} from '../../source/providers/catalog.ts';
import type {LedgerEntry} from './stand-in/server.ts';

/** What a server says it served, priced by the table: whole replies, or those that broke off. */
export const billed = (ledger: readonly LedgerEntry[], complete: boolean): NanoUsd =>
	ledger.reduce((sum, entry) => {
		if (entry.usage === undefined || entry.complete !== complete) return sum;
		const {usage} = entry;
		const cost = costOf(
			{
				input: usage.input_tokens,
				output: usage.output_tokens,
				cacheWrite5m: usage.cache_creation.ephemeral_5m_input_tokens,
				cacheWrite1h: usage.cache_creation.ephemeral_1h_input_tokens,
				cacheRead: usage.cache_read_input_tokens,
				thinking: usage.output_tokens_details.thinking_tokens,
			},
			findModel(entry.model).price,
		);
		return sum + (cost ?? 0);
	}, 0);
