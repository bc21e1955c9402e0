import type {Database} from 'better-sqlite3';
import type {EventType, Stamped} from '../source/domain/event.ts';
import type {RunId} from '../source/domain/id.ts';
import {createCodec} from './codec.ts';
import {eventColumns, type Row} from './event-row.ts';
import {inWords} from './storage-problem.ts';
import {textPattern} from './text-pattern.ts';

export type EventFilter = {
	readonly types: readonly EventType[];
	/** Of all runs, when undefined. */
	readonly runId?: RunId | undefined;
	/** A text that the fields contain somewhere, whatever the case of its letters from a to z. */
	readonly text?: string | undefined;
	readonly newestFirst?: boolean;
};

/** The events that pass a filter, one at a time, in order. Throws a StorageProblem. */
export const findEvents = function* (
	database: Database,
	{types, runId, text, newestFirst}: EventFilter,
): Iterable<Stamped> {
	const codec = createCodec();
	const conditions = [
		'type IN (SELECT value FROM json_each(@types))',
		...(runId === undefined ? [] : ['run_id = @runId']),
		...(text === undefined ? [] : [`body LIKE @pattern ESCAPE '\\'`]),
	];
	try {
		const rows = database
			.prepare<[Readonly<Record<string, unknown>>], Row>(
				`SELECT ${eventColumns} FROM events
				WHERE ${conditions.join(' AND ')} ORDER BY seq ${newestFirst === true ? 'DESC' : 'ASC'}`,
			)
			.iterate({
				types: JSON.stringify(types),
				...(runId === undefined ? {} : {runId}),
				...(text === undefined ? {} : {pattern: textPattern(text)}),
			});
		for (const row of rows) yield codec.decode(row);
	} catch (error) {
		throw inWords('look through the history', error);
	}
};
