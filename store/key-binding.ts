import type {Context} from './context.ts';

/**
 * `panes`: whenever no overlay or text has the keys. `views`: in panes and full-size views, where nothing is typed or
 * to be confirmed. `past`: in the same places while the past is looked at, before the keys of panes and behind those
 * of views. `anywhere`: always, after all others.
 */
export type Where = Context | 'panes' | 'views' | 'past' | 'anywhere';

export type KeyGroup =
	| 'Everywhere'
	| 'Panes'
	| 'Moving'
	| 'Plan'
	| 'Agents'
	| 'Log'
	| 'Transcript'
	| 'Files'
	| 'Requests'
	| 'Cost'
	| 'Time'
	| 'Dialogs'
	| 'Home';

export type KeyBinding = {
	/** A few words in the footer. */
	readonly title: string;
	/** A sentence in the help and in docs/keys.md. */
	readonly text: string;
	readonly group: KeyGroup;
	/** Its place among the footer's hints, lowest first; 0: not in the footer. */
	readonly hint: number;
	/** In the footer it is never left out for want of room: the ways to learn more and to leave. */
	readonly pinned?: true;
	/** Each of its keys does another thing, such as digits that name an answer. */
	readonly byKey?: true;
	/** A text is typed after it. When it is refused, what is typed all the same is not taken as keys. */
	readonly opensText?: true;
	/** It is done to the fleet, or depends on how it is now: of the past one can only look. */
	readonly presentOnly?: true;
	/** It answers the request on screen, or begins to. */
	readonly answers?: true;
	readonly binds: readonly {readonly where: readonly Where[]; readonly keys: readonly string[]}[];
};

export type KeyTable = Readonly<Record<string, KeyBinding>>;

/** Wherever the fleet is looked at. */
export const fleet: readonly Where[] = ['panes', 'transcript', 'peek'];
