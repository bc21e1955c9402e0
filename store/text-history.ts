import {type TextBuffer, textBuffer} from './text-buffer.ts';

/** What was sent before, newest last. */
export type TextHistory = readonly string[];

/** A text that is being written, and where in the history its person is. */
export type Draft = {
	readonly buffer: TextBuffer;
	/** The entry that was taken up, counted from the oldest, for newer ones may come; undefined: none was. */
	readonly at: number | undefined;
	/** What was being written when the person began to look back. */
	readonly before: string;
};

const draftWith = (text: string): Draft => ({buffer: textBuffer(text), at: undefined, before: ''});

export const emptyDraft: Draft = draftWith('');

export const remember = (history: TextHistory, text: string): TextHistory =>
	text.trim() === '' || history.at(-1) === text ? history : [...history, text];

/**
 * One entry older (1) or newer (-1). At either end nothing moves. An entry that was changed is what is being written from
 * then on.
 */
export const recall = (history: TextHistory, draft: Draft, step: 1 | -1): Draft => {
	const {buffer, at} = draft;
	const next = (at ?? history.length) - step;
	if (next < 0 || next > history.length) return draft;
	const isWritten = at === undefined || (buffer.text !== history[at] && buffer.text.trim() !== '');
	const before = isWritten ? buffer.text : draft.before;
	const entry = history[next];
	return entry === undefined ? draftWith(before) : {buffer: textBuffer(entry), at: next, before};
};
