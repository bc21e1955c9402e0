import type {EventType} from '../domain/event.ts';
import {eventWords} from '../domain/event-words.ts';

/** What a person wants to hear of, whichever event it comes from. */
const moments = ['needs_you', 'done', 'failed', 'budget'] as const;
export type Moment = (typeof moments)[number];

/** What a hook can wait for: a moment, or every event of a type. */
export type HookOn = Moment | EventType;

const isEventType = (name: string): name is EventType => Object.hasOwn(eventWords, name);

export const hookOns: readonly HookOn[] = [...moments, ...Object.keys(eventWords).filter(isEventType)];

/** A command that a person's own configuration wants to have run. */
export type Hook = {
	readonly on: HookOn;
	/** A line for `sh`. */
	readonly command: string;
	readonly timeoutMs: number;
};
