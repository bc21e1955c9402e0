import {type TextBuffer, textBuffer} from './text-buffer.ts';

/** What was sent before, newest last, and where in it the person is. */
export type TextHistory = {
	readonly entries: readonly string[];
	/** Counted from the newest, 1 being it; 0 is the text that is being written. */
	readonly back: number;
	/** What was being written when the person began to look back. */
	readonly draft: string;
};

export const emptyHistory: TextHistory = {entries: [], back: 0, draft: ''};

const entriesMax = 100;

export const remember = (history: TextHistory, text: string): TextHistory => ({
	entries:
		text.trim() === '' || history.entries.at(-1) === text
			? history.entries
			: [...history.entries, text].slice(-entriesMax),
	back: 0,
	draft: '',
});

/** One entry older (1) or newer (-1). At either end nothing moves. */
export const recall = (
	history: TextHistory,
	current: TextBuffer,
	step: 1 | -1,
): {readonly history: TextHistory; readonly buffer: TextBuffer} => {
	const back = history.back + step;
	if (back < 0 || back > history.entries.length) return {history, buffer: current};
	const draft = history.back === 0 ? current.text : history.draft;
	return {
		history: {...history, back, draft},
		buffer: textBuffer(back === 0 ? draft : (history.entries.at(-back) ?? '')),
	};
};
