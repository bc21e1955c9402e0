import {agentOf, type EventType, type RunEvent, type Stamped} from '../source/domain/event.ts';
import type {NewEvent} from '../source/engine/event-log.ts';
import type {NewRow, Row} from './event-row.ts';
import {damageRemedy, StorageProblem} from './storage-problem.ts';
import {type Body, eventUpcasts, lift, type Upcasts} from './upcast.ts';
import {eventVersions} from './versions.ts';

/**
 * Between events and rows. JSON has no `undefined`: a field that holds it is left out and reads as undefined again.
 * The log hands out what `decode` made of a row also right after storing it, so that the live fold and the fold of a
 * replay start from equal values, whatever JSON does to them.
 */
export type Codec = {
	readonly encode: (event: NewEvent) => NewRow;
	/** Throws a StorageProblem for what a newer program has written. */
	readonly decode: (row: Row) => Stamped;
};

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an event as they were stored. Throws a StorageProblem when they are none. */
export const fieldsOf = (row: Pick<Row, 'seq' | 'type' | 'body'>): Body => {
	try {
		const body: unknown = JSON.parse(row.body);
		if (isBody(body)) return body;
	} catch {
		// A body that is no JSON is as damaged as one that is no object.
	}
	throw new StorageProblem(
		'DAMAGED_EVENT',
		`read event ${row.seq} (${row.type})`,
		'its fields are not valid JSON',
		damageRemedy,
	);
};

const newer = (row: Row, what: string): StorageProblem =>
	new StorageProblem(
		'NEWER_EVENT',
		`read event ${row.seq} of ${row.run_id}`,
		`a newer Flotilla wrote it (${what})`,
		'Update Flotilla to open this history.',
	);

export const createCodec = (
	versions: Readonly<Record<EventType, number>> = eventVersions,
	upcasts: Upcasts = eventUpcasts,
): Codec => {
	const isEventType = (type: string): type is EventType => Object.hasOwn(versions, type);
	return {
		encode: ({at, runId, event, cause}) => {
			const {type, ...fields} = event;
			return {
				at,
				run_id: runId,
				agent_id: agentOf(event) ?? null,
				type,
				version: versions[type],
				cause,
				body: JSON.stringify(fields),
			};
		},
		decode: row => {
			const {type, version} = row;
			if (!isEventType(type)) throw newer(row, `${type} is unknown here`);
			if (version > versions[type]) throw newer(row, `${type} in version ${version}, known is ${versions[type]}`);
			const body = lift(upcasts, type, fieldsOf(row), version, versions[type]);
			// Only `encode` writes rows, so fields in the present version of a type are the fields of that type.
			const event = {type, ...body} as RunEvent;
			return {seq: row.seq, at: row.at, runId: row.run_id, cause: row.cause, event};
		},
	};
};
