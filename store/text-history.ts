import {emptyText, type TextBuffer, textBuffer} from './text-buffer.ts';

/** What was sent before, newest last. */
export type TextHistory = readonly string[];

/** A text that is being written, and where in the history its person is. */
export type Draft = {
	readonly buffer: TextBuffer;
	/** The entry that was taken up, counted from the oldest, for newer ones may come; undefined: none was. */
	readonly at: number | undefined;
	/** What was being written when the person began to look back. */
	readonly before: string;
	/** What became of entries that were changed, by their place. */
	readonly changed: Readonly<Record<number, string>>;
};

export const emptyDraft: Draft = {buffer: emptyText, at: undefined, before: '', changed: {}};

export const remember = (history: TextHistory, text: string): TextHistory =>
	text.trim() === '' || history.at(-1) === text ? history : [...history, text];

/** One entry older (1) or newer (-1). At either end nothing moves. What was changed is there again on the way back. */
export const recall = (history: TextHistory, draft: Draft, step: 1 | -1): Draft => {
	const {buffer, at} = draft;
	const next = (at ?? history.length) - step;
	if (next < 0 || next > history.length) return draft;
	const before = at === undefined ? buffer.text : draft.before;
	const changed =
		at === undefined || buffer.text === history[at] ? draft.changed : {...draft.changed, [at]: buffer.text};
	const entry = changed[next] ?? history[next];
	return entry === undefined
		? {buffer: textBuffer(before), at: undefined, before: '', changed}
		: {buffer: textBuffer(entry), at: next, before, changed};
};

/** What a person wrote and nobody has got: not an entry that was only looked at. */
export const unsentIn = (history: TextHistory, {buffer, at, before}: Draft): string =>
	at !== undefined && buffer.text === history[at] ? before : buffer.text;
