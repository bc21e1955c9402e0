import type {EventType} from '../source/domain/event.ts';

/** The fields of an event as they were stored, without its type. */
export type Body = Readonly<Record<string, unknown>>;

/** From one version to the next. */
export type Upcast = (body: Body) => Body;

/** By event type, then by the version that is lifted to the one above it. */
export type Upcasts = Readonly<Partial<Record<EventType, Readonly<Record<number, Upcast>>>>>;

/** Every event is still in its first form. */
export const eventUpcasts: Upcasts = {};

/** Lifts a body step by step. Throws when a step is missing: then a version was raised without its upcast. */
export const lift = (upcasts: Upcasts, type: EventType, body: Body, from: number, to: number): Body => {
	let lifted = body;
	for (let version = from; version < to; version++) {
		const upcast = upcasts[type]?.[version];
		if (upcast === undefined) throw new Error(`There is no upcast of ${type} from version ${version}.`);
		lifted = upcast(lifted);
	}
	return lifted;
};
